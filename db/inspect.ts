/**
 * Decides whether an existing peel.db may be opened, before anything can write to it. Refuses what is damaged, foreign
 * or newer, leaving its bytes as they are. Does not repair: that is for the user to decide, on a copy.
 */
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { applicationId, readHeader } from './header.ts';
import { asStorageError, storageError } from './storage-error.ts';

/** Up to this size every page is checked at opening (about 0.1 s); beyond it all tables but the points. */
const fullCheckBytes = 256 * 1024 * 1024;

/** @throws StorageError damaged, foreign, newer, read-only; the file is unchanged. */
export function inspectDatabase(path: string, latestVersion: number): void {
  const header = readHeader(path);
  if (!header) {
    const bytes = statSync(path).size;
    throw storageError('damaged', `${path} (${String(bytes)} bytes) does not begin as a SQLite database`);
  }
  if (header.applicationId !== applicationId) {
    throw storageError('foreign', `${path} is a SQLite database, but not a Peel project`);
  }
  refuseNewer(path, header.userVersion, latestVersion);
  // While a write-ahead log exists pages may be in it only: then SQLite alone can tell what is missing.
  const hasLog = existsSync(`${path}-wal`);
  if (!hasLog && header.expectedBytes !== null && header.bytes < header.expectedBytes) {
    throw storageError(
      'damaged',
      `${path} is cut short: ${String(header.bytes)} bytes of ${String(header.expectedBytes)} are there`,
    );
  }
  checkPages(path, hasLog, header.bytes, latestVersion);
}

/** @throws StorageError newer */
export function refuseNewer(path: string, version: number, latestVersion: number): void {
  if (version <= latestVersion) return;
  throw storageError(
    'newer',
    `${path} was written by a newer Peel (its schema is ${String(version)}, this Peel knows ${String(latestVersion)})`,
  );
}

function checkPages(path: string, hasLog: boolean, bytes: number, latestVersion: number): void {
  let problem: string | null;
  try {
    // A read-only connection cannot tidy up the log it would create, a writing one does so on closing; with a log
    // present it is the other way round: a writing connection would copy the log into the file on closing.
    const connection = new Database(path, { readonly: hasLog, fileMustExist: true, timeout: 10_000 });
    try {
      connection.pragma('query_only = ON');
      refuseNewer(path, Number(connection.pragma('user_version', { simple: true })), latestVersion);
      problem = firstProblem(connection, bytes);
    } finally {
      connection.close();
    }
  } catch (error) {
    throw asStorageError(error);
  }
  if (problem !== null) throw storageError('damaged', `${path} is damaged (${problem})`);
}

function firstProblem(connection: Database.Database, bytes: number): string | null {
  const check = (table: string | null): string | null => {
    const answer = String(
      connection.pragma(table === null ? 'quick_check(1)' : `quick_check("${table}")`, { simple: true }),
    );
    return answer === 'ok' ? null : answer.replace(/\s+/g, ' ');
  };
  if (bytes <= fullCheckBytes) return check(null);
  const tables = connection
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'series_chunk'")
    .pluck()
    .all();
  return tables.map(check).find((answer) => answer !== null) ?? null;
}
