/** Trash, restore, purge: undo brings everything back; a purge takes files along and makes peel.db smaller. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readArtifact, writeArtifact } from '../../db/artifacts.ts';
import type { Project } from '../../db/project.ts';
import { claimNextRun, finishRun } from '../../db/run-lifecycle.ts';
import { getRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import { readSeries } from '../../db/series-read.ts';
import { purgeRuns, restoreRuns, trashRuns } from '../../db/trash.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
beforeEach(() => {
  place = freshFolder();
  project = open(place.folder);
});
afterEach(() => {
  project.close();
  place.remove();
});

/** A run with 300,000 points and a file. */
function addLarge(): number {
  const id = add(project, 'solve');
  const x = Float64Array.from({ length: 300_000 }, (_, i) => i);
  appendPoints(project, id, 'loss', x, x.map(Math.sin));
  writeArtifact(project, id, 'a.bin', 'application/octet-stream', Buffer.alloc(1000));
  return id;
}

const folderOf = (id: number): string => join(project.artifactsFolder, String(id));

it('restores a run whole', () => {
  const id = addLarge();
  trashRuns(project, [id, 99]);
  expect(getRun(project, id)).toMatchObject({ trashed: true, status: 'cancelled' });
  restoreRuns(project, [id]);
  expect(getRun(project, id).trashed).toBe(false);
  expect(readSeries(project, id, 'loss', { maxPoints: 10 }).total).toBe(300_000);
  expect(readArtifact(project, id, 'a.bin')).toHaveLength(1000);
});

it('purges what is in the trash, and only that, and gives the space back', async () => {
  const [kept, gone] = [addLarge(), addLarge()];
  project.connection.pragma('wal_checkpoint(TRUNCATE)');
  const before = statSync(join(place.folder, 'peel.db')).size;
  trashRuns(project, [gone]);
  mkdirSync(join(project.artifactsFolder, '12345'));
  expect(await purgeRuns(project, [kept, gone])).toEqual([gone]);
  expect(statSync(join(place.folder, 'peel.db')).size).toBeLessThan(0.6 * before);
  expect([existsSync(folderOf(kept)), existsSync(folderOf(gone)), existsSync(folderOf(12345))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(() => getRun(project, gone)).toThrow(/no run/);
  expect(readSeries(project, kept, 'loss', { maxPoints: 10 }).total).toBe(300_000);
  expect(project.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  // Its number is not given to another run, whose files would then be taken for its own.
  expect(add(project, 'solve')).toBe(gone + 1);
});

it('leaves a running run until it has ended', async () => {
  const id = addLarge();
  claimNextRun(project, { owner: 'me', leaseUntil: 1 });
  trashRuns(project, [id]);
  expect(await purgeRuns(project)).toEqual([]);
  finishRun(project, id, 'me', { status: 'cancelled' });
  expect(await purgeRuns(project)).toEqual([id]);
});
