/**
 * Reads the migration files of a folder and applies them. Append-only: 0001_name.sql, 0002_name.sql, … without a gap;
 * the number of the last one applied is the database's user_version. Knows nothing of what they contain.
 */
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { refuseNewer } from './inspect.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** The migrations in order. @throws Error where the folder is missing or the numbers have a gap: a broken installation */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(name))
    .sort();
  if (names.length === 0) throw new Error(`no migrations in ${folder}: the installation is incomplete`);
  return names.map((name, index) => {
    if (Number(name.slice(0, 4)) !== index + 1) throw new Error(`migration ${name} in ${folder} is out of sequence`);
    return { version: index + 1, sql: readFileSync(join(folder, name), 'utf8') };
  });
}

export function schemaVersion(connection: Database.Database): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

/**
 * Brings the database to the latest version in one transaction; a copy of the older state stays beside it as
 * peel.db.version-N. Safe while other processes do the same: the second finds nothing left to do.
 * @throws what SQLite throws; the database is then as it was
 */
export function migrate(connection: Database.Database, path: string, migrations: readonly Migration[]): void {
  if (schemaVersion(connection) === migrations.length) return;
  // Tables are rebuilt freely while foreign keys are off; they are checked before the commit.
  connection.pragma('foreign_keys = OFF');
  connection
    .transaction(() => {
      const version = schemaVersion(connection);
      refuseNewer(path, version, migrations.length);
      if (version === migrations.length) return;
      keepCopy(path, version);
      applyMigrations(connection, migrations.slice(version));
      const broken = connection.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0)
        throw new Error(`the migration of ${path} left ${String(broken.length)} broken references`);
    })
    .immediate();
  connection.pragma('foreign_keys = ON');
}

/** Runs the files and records the version reached. Belongs inside a transaction. */
export function applyMigrations(connection: Database.Database, migrations: readonly Migration[]): void {
  for (const { version, sql } of migrations) {
    connection.exec(sql);
    connection.pragma(`user_version = ${String(version)}`);
  }
}

/** The write lock is held by the caller, so this second connection copies a state that nobody changes meanwhile. */
function keepCopy(path: string, version: number): void {
  const target = `${path}.version-${String(version)}`;
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const reader = new Database(path, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    reader.prepare('VACUUM INTO ?').run(partial);
  } finally {
    reader.close();
  }
  renameSync(partial, target);
}
