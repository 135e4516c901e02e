/**
 * Makes the database of a new project. It is built under another name and linked into place when complete, so that no
 * process ever sees half a project and, of two that create at once, one wins and the other opens what it made.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { applicationId } from './header.ts';
import { applyMigrations, type Migration } from './migrations.ts';

/** Creates the database at path unless it is there by now. @throws the error of SQLite or the file system; nothing stays */
export function createDatabase(path: string, migrations: readonly Migration[]): void {
  const partial = `${path}.new-${randomBytes(6).toString('hex')}`;
  try {
    const connection = new Database(partial);
    try {
      // Both must be set before the first table: purging gives pages back to the file system step by step.
      connection.pragma('auto_vacuum = INCREMENTAL');
      connection.pragma(`application_id = ${String(applicationId)}`);
      connection.transaction(() => {
        applyMigrations(connection, migrations);
        connection
          .prepare('INSERT INTO project(one, id, name, created_at) VALUES (1, ?, ?, ?)')
          .run(randomUUID(), basename(dirname(path)), Date.now());
      })();
      connection.pragma('journal_mode = WAL');
    } finally {
      connection.close();
    }
    publish(partial, path);
    syncFolder(dirname(path));
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(partial + suffix, { force: true });
  }
}

function publish(partial: string, path: string): void {
  try {
    linkSync(partial, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return;
    // File systems without hard links (exFAT, some network shares): a window of microseconds remains there.
    if (code !== 'ENOSPC' && !existsSync(path)) renameSync(partial, path);
    else throw error;
  }
}

/** Makes the new name itself survive a power loss; where folders cannot be opened (Windows) that is not needed. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
