/** Opening: what is newer, foreign or damaged is refused with a clear error, and not a byte of the folder changes. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationId } from '../../db/header.ts';
import { openProject } from '../../db/open.ts';
import { limitRunsAtOnce, runsAtOnce } from '../../db/project-info.ts';
import { getRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import { StorageError, type StorageCode } from '../../db/storage-error.ts';
import { add, freshFolder, migrationsFolder, open } from '../jobs/studio.ts';

let place: ReturnType<typeof freshFolder>;
let file: string;

beforeEach(() => {
  place = freshFolder();
  file = join(place.folder, 'peel.db');
});
afterEach(() => place.remove());

/** Names and digests of all files but SQLite's shared memory, which holds no data. */
function state(): Record<string, string> {
  const names = readdirSync(place.folder).filter((name) => statSync(join(place.folder, name)).isFile());
  const digest = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(place.folder, name)))
      .digest('hex');
  return Object.fromEntries(names.filter((name) => !name.endsWith('-shm')).map((name) => [name, digest(name)]));
}

function refusal(migrations = migrationsFolder): StorageError {
  const before = state();
  try {
    openProject(place.folder, { create: true, migrationsFolder: migrations }).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError);
    expect(state()).toEqual(before);
    return error as StorageError;
  }
  throw new Error('it was opened');
}

/** A project with one run of so many points. @returns the run */
function makeProject(points: number): number {
  const project = open(place.folder);
  const id = add(project, 'quick');
  const x = Float64Array.from({ length: points }, (_, i) => i);
  appendPoints(
    project,
    id,
    'loss',
    x,
    x.map((value) => Math.exp(-value / points)),
  );
  project.close();
  return id;
}

function overwrite(at: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** A copy of the migrations with one more. */
function migrationsWith(sql: string): string {
  const folder = join(place.folder, 'migrations');
  cpSync(migrationsFolder, folder, { recursive: true });
  const next = readdirSync(folder).length + 1;
  writeFileSync(join(folder, `${String(next).padStart(4, '0')}_more.sql`), sql);
  return folder;
}

it('opens again what it made, with its data', () => {
  const id = makeProject(10_000);
  const project = open(place.folder);
  expect(getRun(project, id).metrics['loss']).toMatchObject({ n: 10_000, first: 1, max: 1, maxX: 0 });
  expect(project.connection.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(project.connection.pragma('synchronous', { simple: true })).toBe(2);
  project.close();
});

describe('refuses, and touches nothing:', () => {
  it.each<[what: string, code: StorageCode, message: RegExp, spoil: () => void]>([
    ['an empty file', 'damaged', /0 bytes.*restore peel.db from a backup/, () => writeFileSync(file, '')],
    ['a text', 'damaged', /does not begin as a SQLite database/, () => writeFileSync(file, 'some text\n'.repeat(500))],
    ['zeros', 'damaged', /does not begin/, () => writeFileSync(file, Buffer.alloc(40_960))],
    ['a header alone', 'damaged', /cut short: 100 bytes/, () => truncateSync(file, 100)],
    ['half a database', 'damaged', /cut short/, () => truncateSync(file, statSync(file).size / 2)],
    ['a broken magic', 'damaged', /does not begin/, () => overwrite(0, Buffer.from('SQLIte'))],
    ['a page of rubbish', 'damaged', /damaged/, () => overwrite(4096, Buffer.alloc(4096, 0xa5))],
    [
      'rubbish in many pages',
      'damaged',
      /damaged/,
      () => {
        for (let page = 1; page < 12; page++) overwrite(page * 4096, Buffer.alloc(2048, 0xa5));
      },
    ],
    [
      'the database of another program',
      'foreign',
      /not a Peel project.*choose another folder/,
      () => {
        truncateSync(file, 0);
        const database = new Database(file);
        database.exec('CREATE TABLE mine (x)');
        database.close();
      },
    ],
    [
      'a project of a newer version',
      'newer',
      /newer Peel \(its schema is 999.*update Peel/,
      () => {
        const database = new Database(file);
        database.pragma('user_version = 999');
        database.close();
      },
    ],
  ])('%s', (_what, code, message, spoil) => {
    makeProject(50_000);
    spoil();
    const error = refusal();
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
  });

  it('a newer version that stands only in the write-ahead log', () => {
    makeProject(10);
    const database = new Database(file);
    database.pragma('user_version = 999');
    // As after a kill: the log is there, nobody holds it.
    const kept = ['', '-wal'].map((suffix) => [file + suffix, readFileSync(file + suffix)] as const);
    database.close();
    for (const [path, bytes] of kept) writeFileSync(path, bytes);
    expect(refusal().code).toBe('newer');
  });

  it('a damaged database with a write-ahead log beside it', () => {
    makeProject(50_000);
    const project = open(place.folder);
    add(project, 'quick');
    copyFileSync(`${file}-wal`, `${file}-kept`);
    project.close();
    copyFileSync(`${file}-kept`, `${file}-wal`);
    for (let page = 4; page < 40; page++) overwrite(page * 4096, Buffer.alloc(4096, 0x5a));
    expect(refusal().code).toBe('damaged');
  });
});

it('says so where there is no project, or the folder is a file', () => {
  const code = (folder: string, create: boolean): StorageCode => {
    try {
      openProject(folder, { create, migrationsFolder }).close();
    } catch (error) {
      return (error as StorageError).code;
    }
    throw new Error('it was opened');
  };
  expect(code(join(place.folder, 'nowhere'), false)).toBe('not-found');
  expect(readdirSync(place.folder)).toEqual([]);
  writeFileSync(join(place.folder, 'plain'), '');
  expect(code(join(place.folder, 'plain'), true)).toBe('not-found');
  expect(code(join(place.folder, 'plain', 'in'), true)).toBe('not-found');
  // A folder that takes none, though it is there and may be written to: it is told, not tried for ever.
  if (process.platform === 'linux') expect(code('/proc/peel/project', true)).toBe('not-found');
});

// The superuser may write everywhere.
it.skipIf(process.getuid?.() === 0)('says so where the folder cannot be written', () => {
  makeProject(10);
  chmodSync(file, 0o444);
  expect(refusal().code).toBe('read-only');
  mkdirSync(join(place.folder, 'closed'), { mode: 0o555 });
  expect(() => open(join(place.folder, 'closed', 'in'))).toThrow(/write permission/);
});

it('migrates an older project with its data, and keeps a copy of it', () => {
  const id = makeProject(100);
  const folder = migrationsWith('ALTER TABLE run ADD COLUMN more TEXT;');
  const project = openProject(place.folder, { migrationsFolder: folder });
  const version = Number(project.connection.pragma('user_version', { simple: true }));
  expect(version).toBe(readdirSync(folder).length);
  expect(getRun(project, id).metrics['loss']!.n).toBe(100);
  project.close();
  expect(refusal().code).toBe('newer');
  copyFileSync(`${file}.version-${version - 1}`, file);
  const older = open(place.folder);
  expect(getRun(older, id).metrics['loss']!.n).toBe(100);
  older.close();
});

it('takes a project from before pausing, with its data, its requests and its counter', () => {
  const first = readFileSync(join(migrationsFolder, '0001_foundation.sql'), 'utf8');
  const old = new Database(file);
  old.exec(first);
  old.exec(`INSERT INTO project VALUES (1, 'id', 'Old', 1); INSERT INTO experiment VALUES (1, 'Default', '', 1);`);
  const insert = old.prepare(
    `INSERT INTO run(id, experiment_id, kind, name, status, seed, created_at, cancel_asked, parameters, versions)
     VALUES (?, 1, 'quick', 'old', ?, 5, 1, ?, '{"a":1}', '{}')`,
  );
  insert.run(1, 'running', 1);
  insert.run(2, 'done', 0);
  insert.run(9, 'failed', 0);
  old.exec("INSERT INTO run_tag VALUES (2, 'kept'); DELETE FROM run WHERE id = 9;");
  old.pragma('user_version = 1');
  old.pragma(`application_id = ${applicationId}`);
  old.close();
  const project = open(place.folder);
  expect(getRun(project, 2)).toMatchObject({ status: 'done', tags: ['kept'], parameters: { a: 1 }, seed: 5 });
  const asked = project.prepare<[], string | null>('SELECT stop_asked FROM run ORDER BY id').pluck().all();
  expect(asked).toEqual(['cancelled', null]);
  expect(add(project, 'quick')).toBe(10);
  expect(runsAtOnce(project)).toBeNull();
  limitRunsAtOnce(project, 4);
  expect(runsAtOnce(project)).toBe(4);
  project.close();
});

it.each([
  ['fails half way', "UPDATE run SET name = 'changed'; SELECT no_such_function();"],
  ['breaks a reference', 'UPDATE run SET experiment_id = 77;'],
])('leaves an older project as it was where the migration %s', (_what, sql) => {
  const id = makeProject(100);
  const folder = migrationsWith(sql);
  expect(() => openProject(place.folder, { migrationsFolder: folder })).toThrow();
  const project = open(place.folder);
  expect(getRun(project, id)).toMatchObject({ name: 'quick 1', experimentId: 1 });
  project.close();
});
