/** Runs that go on from their checkpoint: after kill -9 of the studio at random moments no point is missing or there twice. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../db/project.ts';
import { readSeries } from '../../db/series-read.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import { createQueue } from '../../src-main/jobs/queue.ts';
import { NotResumable, resumeRun } from '../../src-main/jobs/resume.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { createTimeLeft } from '../../src-main/jobs/time-left.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

let place: ReturnType<typeof freshFolder>;
beforeEach(() => {
  place = freshFolder();
});
afterEach(() => place.remove());

const queueOn = (project: Project) =>
  createQueue({ project, spawn: forkJobs(worker, kindsModule), machine: machineOf(1) });

function steps(project: Project, id: number): readonly number[] {
  const read = readSeries(project, id, 'step', { maxPoints: Infinity });
  if (read.layout !== 'raw') throw new Error('all points were asked for');
  return [...read.x];
}

/** A studio in its own process, killed so many milliseconds after the first points arrived. */
function killedStudio(folder: string, after: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'host.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
    child.stdout.resume();
    child.on('exit', () => resolve());
  });
}

it('after three kills the series is that of a run that was never killed', async () => {
  const random = randomSource(11);
  let project = open(place.folder);
  const id = add(project, 'resumable');
  project.close();
  for (let round = 0; round < 3; round++) {
    await killedStudio(place.folder, 150 + 100 * random.uniform());
    project = open(place.folder);
    // Another studio finds the run without an owner.
    const queue = queueOn(project);
    expect((await until(project, id, hasEnded)).status).toBe('interrupted');
    await queue.close();
    resumeRun(project, id);
    project.close();
  }
  project = open(place.folder);
  const queue = queueOn(project);
  const run = await until(project, id, hasEnded);
  expect(run).toMatchObject({ status: 'done', error: null });
  expect((run.result as { first: number }).first).toBeGreaterThan(0);
  expect(steps(project, id)).toEqual(Array.from({ length: 400 }, (_, step) => step));
  await queue.close();
  project.close();
});

it('a stopped run goes on; one that is done, in the trash, or without a checkpoint does not', async () => {
  const project = open(place.folder);
  const queue = queueOn(project);
  const id = add(project, 'resumable');
  await until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 0);
  expect(() => resumeRun(project, id)).toThrow(/running already/);
  askStop(project, id, 'cancelled');
  expect((await until(project, id, hasEnded)).status).toBe('cancelled');
  resumeRun(project, id);
  expect((await until(project, id, hasEnded)).status).toBe('done');
  expect(steps(project, id)).toHaveLength(400);
  expect(() => resumeRun(project, id)).toThrow(NotResumable);
  const failed = add(project, 'throws');
  await until(project, failed, hasEnded);
  expect(() => resumeRun(project, failed)).toThrow(/kept no checkpoint/);
  await queue.close();
  project.close();
});

it('the time left counts what this job did, not what an earlier one had done', () => {
  const left = createTimeLeft(true);
  expect(left(0.5, 1000)).toBeNull();
  expect(left(0.6, 2000)).toBeCloseTo(8000, 6);
});
