/**
 * Opens a project folder: creates, checks, migrates, and sets the connection up. Everything else receives the Project.
 * Refuses, unharmed, what is damaged, foreign or newer.
 *
 * Durability. Write-ahead logging lets readers and one writer of any number of processes go on at once. With
 * synchronous = FULL each commit waits for the disk: what a write() has returned from survives kill -9 and, on disks
 * that honour flushes, a power loss. (NORMAL would survive kill -9 too, but lose commits since the last checkpoint with
 * the power.) A job's points are committed in batches, so the flush costs little.
 */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { createDatabase } from './create.ts';
import { inspectDatabase } from './inspect.ts';
import { migrate, readMigrations } from './migrations.ts';
import { projectOn, type Project } from './project.ts';
import { asStorageError, StorageError } from './storage-error.ts';

export interface OpenOptions {
  /** Make the project, and its folder, where there is none. */
  readonly create?: boolean;
  /** The folder of the *.sql files; bundles pass their own. */
  readonly migrationsFolder: string;
}

const busyTimeoutMs = 10_000;

/**
 * Opens the project in a folder. @throws StorageError newer, damaged, foreign, not-found, read-only, busy, disk-full
 * @example const project = openProject('runs', { create: true, migrationsFolder: 'db/migrations' });
 */
export function openProject(folder: string, options: OpenOptions): Project {
  const absolute = resolve(folder);
  const path = join(absolute, 'peel.db');
  const migrations = readMigrations(options.migrationsFolder);
  try {
    if (!existsSync(path)) {
      if (options.create !== true) throw noFolder(`there is no Peel project in ${absolute}`);
      makeFolder(absolute);
      createDatabase(path, migrations);
    }
    accessSync(absolute, constants.R_OK | constants.W_OK);
    accessSync(path, constants.R_OK | constants.W_OK);
    inspectDatabase(path, migrations.length);
    const connection = new Database(path, { fileMustExist: true, timeout: busyTimeoutMs });
    try {
      setUp(connection);
      migrate(connection, path, migrations);
      mkdirSync(join(absolute, 'artifacts'), { recursive: true });
    } catch (error) {
      connection.close();
      throw error;
    }
    return projectOn(connection, absolute);
  } catch (error) {
    throw asStorageError(error);
  }
}

const noFolder = (what: string, cause?: unknown): StorageError =>
  new StorageError('not-found', `${what}; check the path, or create a new project there`, { cause });

/** Folder by folder: Node's recursive way never ends where the system says that a folder which is there is not (/proc). */
function makeFolder(folder: string): void {
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw noFolder(`${folder} is, or lies in, a file rather than a folder`, error);
    if (code === 'ENOENT') throw noFolder(`${folder} cannot be made`, error);
    throw error;
  }
}

function setUp(connection: Database.Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cache_size = -65536');
  // The log is cut back after a checkpoint, so that one large import does not leave a large file behind.
  connection.pragma('journal_size_limit = 67108864');
}
