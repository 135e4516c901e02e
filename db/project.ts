/**
 * An open project: one SQLite connection, its statements prepared once, and its transactions.
 * Says nothing about tables; those are the files beside this one. Everything is synchronous: never await in a transaction.
 */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { asStorageError } from './storage-error.ts';

export interface Project {
  readonly folder: string;
  /** folder/artifacts: one folder per run in it. */
  readonly artifactsFolder: string;
  readonly connection: Database.Database;
  /** The prepared statement of a fixed SQL text, made once. Not for texts put together per request. */
  prepare<P extends unknown[], R>(sql: string): Database.Statement<P, R>;
  /**
   * Runs the function in one write transaction (BEGIN IMMEDIATE): all of it is on disk when this returns, or none after
   * a throw. Within another write it joins that one. @throws StorageError disk-full, busy, damaged, read-only, io
   */
  write<T>(body: () => T): T;
  /** Runs the function in one read transaction: every statement sees the same state. @throws StorageError */
  read<T>(body: () => T): T;
  /** Changes whenever another process (never this connection) has committed a change. Costs microseconds. */
  dataVersion(): number;
  close(): void;
}

/** Wraps an opened and migrated connection. */
export function projectOn(connection: Database.Database, folder: string): Project {
  const statements = new Map<string, Database.Statement>();
  const call = connection.transaction((body: () => unknown) => body());
  const run = <T>(mode: 'immediate' | 'deferred', body: () => T): T => {
    try {
      return (connection.inTransaction ? body() : call[mode](body)) as T;
    } catch (error) {
      throw asStorageError(error);
    }
  };
  const prepare = <P extends unknown[], R>(sql: string): Database.Statement<P, R> => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      statements.set(sql, statement);
    }
    return statement as unknown as Database.Statement<P, R>;
  };
  return {
    folder,
    artifactsFolder: join(folder, 'artifacts'),
    connection,
    prepare,
    write: (body) => run('immediate', body),
    read: (body) => run('deferred', body),
    dataVersion: () => prepare<[], number>('PRAGMA data_version').pluck().get() ?? 0,
    close: () => {
      connection.close();
    },
  };
}
