/** Pausing with real processes: the run goes on as itself, and nobody takes it up before it is resumed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../db/project.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import { getRun } from '../../db/runs.ts';
import { readSeries } from '../../db/series-read.ts';
import { NotPausable, pauseRun } from '../../src-main/jobs/pause.ts';
import { createQueue, type Queue } from '../../src-main/jobs/queue.ts';
import { resumeRun } from '../../src-main/jobs/resume.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { findKind } from './fixture-kinds.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
let queue: Queue;
const start = (): Queue => createQueue({ project, spawn: forkJobs(worker, kindsModule), machine: machineOf(1) });
const pause = (id: number): void => pauseRun(project, id, findKind);

beforeEach(() => {
  place = freshFolder();
  project = open(place.folder);
  queue = start();
});
afterEach(async () => {
  await queue.close();
  project.close();
  place.remove();
});

const underWay = (id: number) => until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 30);

it('goes on after a restart of the studio, with every point once', async () => {
  const id = add(project, 'resumable');
  await underWay(id);
  pause(id);
  expect(await until(project, id, hasEnded)).toMatchObject({ status: 'paused', error: null });
  await queue.close();
  project.close();
  project = open(place.folder);
  queue = start();
  // Runs queued after it are computed; it is not.
  await until(project, add(project, 'quick'), (run) => run.status === 'done');
  expect(getRun(project, id).status).toBe('paused');
  resumeRun(project, id);
  const run = await until(project, id, hasEnded);
  expect(run.status).toBe('done');
  expect((run.result as { first: number }).first).toBeGreaterThan(0);
  const steps = readSeries(project, id, 'step', { maxPoints: Infinity });
  expect(steps.layout === 'raw' && [...steps.x]).toEqual(Array.from({ length: 400 }, (_, step) => step));
});

it('a run that waits is held, whatever its kind, and begins at the beginning when resumed', async () => {
  const first = add(project, 'resumable');
  await underWay(first);
  const held = add(project, 'quick');
  pause(held);
  expect(getRun(project, held).status).toBe('paused');
  await until(project, first, hasEnded);
  await until(project, add(project, 'quick'), hasEnded);
  expect(getRun(project, held).status).toBe('paused');
  resumeRun(project, held);
  expect((await until(project, held, hasEnded)).metrics['value']!.n).toBe(3);
});

it('refuses what keeps no checkpoint, and what neither waits nor runs', async () => {
  const steady = add(project, 'steady');
  await until(project, steady, (run) => run.status === 'running');
  expect(() => pause(steady)).toThrow(/run 1 keeps no checkpoint .*kind steady/);
  askStop(project, steady, 'cancelled');
  await until(project, steady, hasEnded);
  expect(() => pause(steady)).toThrow(NotPausable);
  expect(() => pause(99)).toThrow(/no run 99/);
});

it('a studio that closes while a job pauses leaves its run paused', async () => {
  const id = add(project, 'resumable');
  await underWay(id);
  pause(id);
  queue.wake();
  await queue.close();
  expect(getRun(project, id).status).toBe('paused');
});
