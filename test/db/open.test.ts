/** Opening: databases that are newer, foreign, damaged or full are refused with a clear error, and not a byte changes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, truncateSync, writeFileSync, openSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProject } from '../../db/open.ts';
import { appendPoints } from '../../db/series-append.ts';
import { getRun } from '../../db/runs.ts';
import { StorageError } from '../../db/storage-error.ts';
import { add, freshFolder, migrationsFolder, open } from '../jobs/studio.ts';

let place: ReturnType<typeof freshFolder>;
let file: string;

beforeEach(() => {
  place = freshFolder();
  file = join(place.folder, 'peel.db');
});
afterEach(() => place.remove());

const digest = (): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function refusal(): StorageError {
  const before = digest();
  try {
    openProject(place.folder, { create: true, migrationsFolder }).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError);
    expect(digest()).toBe(before);
    return error as StorageError;
  }
  throw new Error('it was opened');
}

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

it('opens again what it made, with its data', () => {
  const id = makeProject(10_000);
  const project = open(place.folder);
  expect(getRun(project, id).metrics['loss']).toMatchObject({ n: 10_000, first: 1, max: 1, maxX: 0 });
  project.close();
});

describe('refuses, and touches nothing', () => {
  it('a project of a newer version', () => {
    makeProject(10);
    const database = new Database(file);
    database.pragma('user_version = 999');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    expect(refusal().code).toBe('newer');
  });

  it('a database that is not Peel’s', () => {
    const database = new Database(file);
    database.exec('CREATE TABLE mine (x)');
    database.close();
    expect(refusal().code).toBe('foreign');
  });

  it('a file that is no database', () => {
    writeFileSync(file, 'this is a text of no interest whatever, long enough to look like something'.repeat(50));
    expect(refusal().code).toBe('damaged');
  });

  it('a truncated database', () => {
    makeProject(50_000);
    truncateSync(file, 20_000);
    expect(refusal().code).toBe('damaged');
  });

  it('pages overwritten with rubbish', () => {
    makeProject(50_000);
    const handle = openSync(file, 'r+');
    for (let page = 1; page < 12; page++) writeSync(handle, Buffer.alloc(2048, 0xa5), 0, 2048, page * 4096);
    closeSync(handle);
    expect(refusal().code).toBe('damaged');
  });
});

it('says so where the project is missing or the folder is a file', () => {
  expect(() => openProject(join(place.folder, 'nowhere'), { migrationsFolder })).toThrow(/no Peel project/);
  writeFileSync(join(place.folder, 'plain'), '');
  expect(() => openProject(join(place.folder, 'plain', 'in'), { create: true, migrationsFolder })).toThrow(
    StorageError,
  );
});

it('migrates an older project with its data, and keeps a copy of it', () => {
  const id = makeProject(100);
  const folder = join(place.folder, 'migrations');
  mkdirSync(folder);
  writeFileSync(join(folder, '0001_foundation.sql'), readFileSync(join(migrationsFolder, '0001_foundation.sql')));
  writeFileSync(join(folder, '0002_more.sql'), 'ALTER TABLE run ADD COLUMN more TEXT;');
  const project = openProject(place.folder, { migrationsFolder: folder });
  expect(getRun(project, id).metrics['loss']!.n).toBe(100);
  expect(project.connection.pragma('user_version', { simple: true })).toBe(2);
  project.close();
  expect(refusal().code).toBe('newer');
});

it('a full disk is said as such, and everything before it is kept', () => {
  const id = makeProject(1000);
  const project = open(place.folder);
  const pages = project.connection.pragma('page_count', { simple: true }) as number;
  project.connection.pragma(`max_page_count = ${pages + 4}`);
  const x = Float64Array.from({ length: 200_000 }, (_, i) => i);
  try {
    appendPoints(project, id, 'loss', x, x);
    expect.unreachable('the disk was not full');
  } catch (error) {
    expect((error as StorageError).code).toBe('disk-full');
  }
  expect(getRun(project, id).metrics['loss']!.n).toBe(1000);
  expect(project.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  project.close();
});
