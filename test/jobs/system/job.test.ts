/** Samples of the machine from real job processes, through the queue into a real project. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../../db/project.ts';
import { askStop } from '../../../db/run-lifecycle.ts';
import { readSeries } from '../../../db/series-read.ts';
import { pauseRun } from '../../../src-main/jobs/pause.ts';
import { createQueue, type Queue } from '../../../src-main/jobs/queue.ts';
import { resumeRun } from '../../../src-main/jobs/resume.ts';
import { forkJobs } from '../../../src-main/jobs/spawn.ts';
import { add, freshFolder, hasEnded, open, until, worker } from '../studio.ts';
import { findKind } from './kinds.ts';

/** A timer may fire a little early by the clock that the samples are read from. */
const EARLY = 0.01;
let place: ReturnType<typeof freshFolder>;
let project: Project;
let queue: Queue;

const start = (): Queue => createQueue({ project, spawn: forkJobs(worker, join(import.meta.dirname, 'kinds.ts')) });

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

function points(id: number, metric: string): { readonly x: Float64Array; readonly y: Float64Array } {
  const read = readSeries(project, id, metric, { maxPoints: Infinity });
  if (read.layout !== 'raw') throw new Error('all points were asked for');
  return read;
}

const sampled = (id: number, samples: number) =>
  until(project, id, (run) => (run.system['system/cpu']?.n ?? 0) >= samples, 60);

it('samples a job that lets nothing in while it computes', async () => {
  const id = add(project, 'blocks');
  const run = await until(project, id, hasEnded, 60);
  expect(run.status).toBe('done');
  const { x, y } = points(id, 'system/cpu');
  expect(x[0]).toBeGreaterThan(2 - EARLY);
  for (let i = 1; i < x.length; i++) expect(x[i]! - x[i - 1]!).toBeGreaterThan(2 - EARLY);
  // It computes all the time, however small its share of the machine is.
  for (const value of y) expect(value).toBeGreaterThan(0);
  const resident = Number(run.metrics['resident']!.last) / 1e6;
  const memory = Number(run.system['system/memory']!.last);
  expect(memory / resident).toBeGreaterThan(0.5);
  expect(memory / resident).toBeLessThan(2);
  expect(Number(run.system['system/machine-memory']!.last)).toBeGreaterThan(memory);
  expect(Object.keys(run.metrics)).toEqual(['resident']);
});

it('goes on along the same axis after a pause and a restart of the studio', async () => {
  const id = add(project, 'waits');
  await sampled(id, 2);
  pauseRun(project, id, findKind);
  await until(project, id, hasEnded);
  const before = points(id, 'system/memory').x;
  await queue.close();
  project.close();
  project = open(place.folder);
  queue = start();
  resumeRun(project, id);
  await sampled(id, before.length + 2);
  askStop(project, id, 'cancelled');
  await until(project, id, hasEnded);
  const { x } = points(id, 'system/memory');
  expect([...x.slice(0, before.length)]).toEqual([...before]);
  for (let i = 1; i < x.length; i++) expect(x[i]! - x[i - 1]!).toBeGreaterThan(2 - EARLY);
});

it('a run that is over before the first sample has none', async () => {
  expect((await until(project, add(project, 'quick'), hasEnded)).system).toEqual({});
});

it('a kind cannot report under names of the studio', async () => {
  const run = await until(project, add(project, 'pretends'), hasEnded);
  expect(run).toMatchObject({ status: 'failed', system: {} });
  expect(run.error).toMatch(/system\/cpu.*studio's own/);
});
