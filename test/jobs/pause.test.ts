/** Pausing with real processes: the run goes on as itself, and nobody takes it up before it is resumed. */
import { beforeEach, expect, it } from 'vitest';
import { askStop } from '../../db/run-lifecycle.ts';
import { getRun } from '../../db/runs.ts';
import { NotPausable, pauseRun } from '../../src-main/jobs/pause.ts';
import type { Queue } from '../../src-main/jobs/queue.ts';
import { resumeRun } from '../../src-main/jobs/resume.ts';
import { findKind } from './fixture-kinds.ts';
import { machineOf } from './studio.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();
let queue: Queue;
const start = (): Queue => studio.start({ machine: machineOf(1) });
const pause = (id: number): void => pauseRun(studio.project, id, findKind);

beforeEach(() => {
  queue = start();
});

const underWay = (id: number) => studio.until(id, (run) => (run.metrics['step']?.n ?? 0) > 30);

it('goes on after a restart of the studio, with every point once', async () => {
  const id = studio.add('resumable');
  await underWay(id);
  pause(id);
  expect(await studio.ended(id)).toMatchObject({ status: 'paused', error: null });
  await studio.close();
  studio.reopen();
  start();
  // Runs queued after it are computed; it is not.
  await studio.until(studio.add('quick'), (run) => run.status === 'done');
  expect(getRun(studio.project, id).status).toBe('paused');
  resumeRun(studio.project, id);
  const run = await studio.ended(id);
  expect(run.status).toBe('done');
  expect((run.result as { first: number }).first).toBeGreaterThan(0);
  expect(studio.series(id, 'step').x).toEqual(Array.from({ length: 400 }, (_, step) => step));
});

it('a run that waits is held, whatever its kind, and begins at the beginning when resumed', async () => {
  const first = studio.add('resumable');
  await underWay(first);
  const held = studio.add('quick');
  pause(held);
  expect(getRun(studio.project, held).status).toBe('paused');
  await studio.ended(first);
  await studio.ended(studio.add('quick'));
  expect(getRun(studio.project, held).status).toBe('paused');
  resumeRun(studio.project, held);
  expect((await studio.ended(held)).metrics['value']!.n).toBe(3);
});

it('refuses what keeps no checkpoint, and what neither waits nor runs', async () => {
  const steady = studio.add('steady');
  await studio.until(steady, (run) => run.status === 'running');
  expect(() => pause(steady)).toThrow(/run 1 keeps no checkpoint .*kind steady/);
  askStop(studio.project, steady, 'cancelled');
  await studio.ended(steady);
  expect(() => pause(steady)).toThrow(NotPausable);
  expect(() => pause(99)).toThrow(/no run 99/);
});

it('a studio that closes while a job pauses leaves its run paused', async () => {
  const id = studio.add('resumable');
  await underWay(id);
  pause(id);
  queue.wake();
  await queue.close();
  expect(getRun(studio.project, id).status).toBe('paused');
});
