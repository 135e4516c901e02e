/** Samples of the machine from real job processes, through the queue into a real project. */
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { askStop } from '../../../db/run-lifecycle.ts';
import { pauseRun } from '../../../src-main/jobs/pause.ts';
import { thisMachine } from '../../../src-main/jobs/machine.ts';
import type { Queue } from '../../../src-main/jobs/queue.ts';
import { resumeRun } from '../../../src-main/jobs/resume.ts';
import { forkJobs } from '../../../src-main/jobs/spawn.ts';
import { worker } from '../studio.ts';
import { useStudio } from '../use-studio.ts';
import { findKind } from './kinds.ts';

/** A timer may fire a little early by the clock that the samples are read from. */
const EARLY = 0.01;
const studio = useStudio();
const start = (): Queue =>
  studio.start({ spawn: forkJobs(worker, join(import.meta.dirname, 'kinds.ts')), machine: thisMachine });

beforeEach(() => {
  start();
});

const sampled = (id: number, samples: number) =>
  studio.until(id, (run) => (run.system['system/cpu']?.n ?? 0) >= samples, 60);

it('samples a job that lets nothing in while it computes', async () => {
  const id = studio.add('blocks');
  const run = await studio.ended(id, 60);
  expect(run.status).toBe('done');
  const { x, y } = studio.series(id, 'system/cpu');
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
  const id = studio.add('waits');
  await sampled(id, 2);
  pauseRun(studio.project, id, findKind);
  await studio.ended(id);
  const before = studio.series(id, 'system/memory').x;
  await studio.close();
  studio.reopen();
  start();
  resumeRun(studio.project, id);
  await sampled(id, before.length + 2);
  askStop(studio.project, id, 'cancelled');
  await studio.ended(id);
  const { x } = studio.series(id, 'system/memory');
  expect(x.slice(0, before.length)).toEqual(before);
  for (let i = 1; i < x.length; i++) expect(x[i]! - x[i - 1]!).toBeGreaterThan(2 - EARLY);
});

it('a run that is over before the first sample has none', async () => {
  expect((await studio.ended(studio.add('quick'))).system).toEqual({});
});

it('a kind cannot report under names of the studio', async () => {
  const run = await studio.ended(studio.add('pretends'));
  expect(run).toMatchObject({ status: 'failed', system: {} });
  expect(run.error).toMatch(/system\/cpu.*studio's own/);
});
