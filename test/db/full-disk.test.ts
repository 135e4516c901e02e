/**
 * A disk that is full: said as such, everything acknowledged is kept, and work goes on once there is room. On a real
 * small file system where one may be mounted (Linux, superuser); by SQLite's own page limit everywhere.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeArtifact, readArtifact } from '../../db/artifacts.ts';
import { writeInput } from '../../db/inputs.ts';
import type { Project } from '../../db/project.ts';
import { getRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import { readSeries } from '../../db/series-read.ts';
import { StorageError } from '../../db/storage-error.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';
import { mountSmall } from './small-disk.ts';

let place: ReturnType<typeof freshFolder>;
beforeEach(() => {
  place = freshFolder();
});
afterEach(() => place.remove());

/** Appends blocks of 20,000 points until the disk is full. @returns points acknowledged */
function fill(project: Project, id: number): number {
  for (let n = 0; n < 10_000_000; n += 20_000) {
    const x = Float64Array.from({ length: 20_000 }, (_, i) => n + i);
    try {
      appendPoints(project, id, 'loss', x, x.map(Math.sin));
    } catch (error) {
      expect(error).toBeInstanceOf(StorageError);
      expect((error as StorageError).code).toBe('disk-full');
      expect((error as StorageError).message).toMatch(/is full.*acknowledged before is kept; free some space/);
      return n;
    }
  }
  throw new Error('the disk was never full');
}

function expectWhole(project: Project, id: number, points: number): void {
  expect(getRun(project, id).metrics['loss']!.n).toBe(points);
  const read = readSeries(project, id, 'loss', { maxPoints: Infinity });
  if (read.layout !== 'raw') throw new Error('all points were asked for');
  expect(read.y.every((value, i) => value === Math.sin(i))).toBe(true);
  expect(project.connection.pragma('integrity_check', { simple: true })).toBe('ok');
}

it('by page limit: keeps what was acknowledged and goes on when there is room', () => {
  const project = open(place.folder);
  const id = add(project, 'quick');
  project.connection.pragma('max_page_count = 500');
  const points = fill(project, id);
  expect(points).toBeGreaterThan(0);
  expectWhole(project, id, points);
  project.connection.pragma('max_page_count = 1000000');
  const x = Float64Array.from({ length: 1000 }, (_, i) => points + i);
  appendPoints(project, id, 'loss', x, x.map(Math.sin));
  expectWhole(project, id, points + 1000);
  project.close();
});

const inPieces = async function* (count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield await Promise.resolve(new Uint8Array(1_000_000));
};

it('for uploads: one that does not fit is refused before it is written, one that fills the disk leaves nothing', async (context) => {
  const folder = join(place.folder, 'small');
  const reason = mountSmall(folder);
  if (reason !== null) return context.skip(reason);
  try {
    const project = open(folder);
    const file = { upload: 'a-0123abcd', name: 'f.npz', at: 0 };
    await expect(writeInput(project, { ...file, size: 30_000_000, bytes: inPieces(30) })).rejects.toThrow(
      /30000000 bytes; only \d+ are free .* free some space/,
    );
    async function* whileAnotherWrites(): AsyncGenerator<Uint8Array> {
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(8_000_000));
      yield* inPieces(10);
    }
    const late = { ...file, size: 10_000_000, bytes: whileAnotherWrites() };
    await expect(writeInput(project, late)).rejects.toThrow(/is full.*free some space/);
    expect(readdirSync(join(folder, 'inputs'))).toEqual([]);
    project.close();
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
});

it('on a full file system: the same, after opening again and for files too', (context) => {
  const folder = join(place.folder, 'small');
  const reason = mountSmall(folder);
  if (reason !== null) return context.skip(reason);
  try {
    const ballast = join(folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(8_000_000));
    let project = open(folder);
    const id = add(project, 'quick');
    writeArtifact(project, id, 'a.bin', 'application/octet-stream', Buffer.from('first'));
    const points = fill(project, id);
    expect(points).toBeGreaterThan(0);
    expectWhole(project, id, points);
    expect(() => writeArtifact(project, id, 'a.bin', 'application/octet-stream', Buffer.alloc(8_000_000))).toThrow(
      /is full/,
    );
    expect(readArtifact(project, id, 'a.bin').toString()).toBe('first');
    project.close();

    project = open(folder);
    expectWhole(project, id, points);
    rmSync(ballast);
    add(project, 'quick');
    const x = Float64Array.from({ length: 2000 }, (_, i) => points + i);
    appendPoints(project, id, 'loss', x, x.map(Math.sin));
    expectWhole(project, id, points + 2000);
    project.close();
    writeFileSync(ballast, '');

    // A project that does not fit leaves nothing behind that looks like one.
    const other = join(folder, 'other');
    try {
      writeFileSync(ballast, Buffer.alloc(20_000_000));
    } catch {
      // Full now.
    }
    expect(() => open(other)).toThrow(/is full/);
    rmSync(ballast);
    open(other).close();
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
});
