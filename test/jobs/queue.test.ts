/** The queue with real processes: what is kept, what is said, and what stops, whichever way a job ends. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArtifact } from '../../db/artifacts.ts';
import { readLog } from '../../db/logs.ts';
import type { Project } from '../../db/project.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import type { StudioEvent } from '../../src-main/api/contract.ts';
import { createQueue, type Queue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
let queue: Queue;
let events: StudioEvent[];

const start = (processors = 2): Queue =>
  createQueue({
    project,
    spawn: forkJobs(worker, kindsModule),
    machine: machineOf(processors),
    onEvent: (event) => events.push(event),
  });

beforeEach(() => {
  place = freshFolder();
  project = open(place.folder);
  events = [];
  queue = start();
});

afterEach(async () => {
  await queue.close();
  project.close();
  place.remove();
});

describe('a job that ends well', () => {
  it('keeps result, points (NaN and ∞ too), log and files', async () => {
    const id = add(project, 'quick');
    const run = await until(project, id, hasEnded);
    expect(run.status).toBe('done');
    expect(run.result).toEqual({ seed: 5 });
    expect(run.metrics['value']).toMatchObject({ n: 3, nonFinite: 2, min: 1, max: 1, last: 'Infinity' });
    expect(readLog(project, id).map((line) => line.text)).toEqual(['done']);
    expect(readArtifact(project, id, 'note.txt').toString()).toBe('kept');
    expect(events.filter((event) => event.type === 'run').map((event) => 'status' in event && event.status)).toEqual([
      'running',
      'done',
    ]);
  });

  it('stores a million points without holding the job back for long', async () => {
    const id = add(project, 'flood');
    const run = await until(project, id, hasEnded, 60);
    expect(run.status).toBe('done');
    expect(run.metrics['wave']).toMatchObject({ n: 1_000_000, lastX: 999_999 });
  });
});

describe('a job that ends badly', () => {
  it('that throws fails with its message and keeps its points', async () => {
    const run = await until(project, add(project, 'throws'), hasEnded);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('the matrix is not square') });
    expect(run.metrics['value']!.last).toBe(7);
  });

  it('whose process dies fails, with the signal and its last words in the log', async () => {
    const id = add(project, 'aborts');
    const run = await until(project, id, hasEnded);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('SIGABRT') });
    expect(run.metrics['value']!.last).toBe(7);
    expect(readLog(project, id).at(-1)!.text).toContain('about to abort');
  });

  it('of a kind that this version does not have says so', async () => {
    const run = await until(project, add(project, 'of-the-future'), hasEnded);
    expect(run.error).toContain('no run kind of-the-future');
  });
});

describe('stopping', () => {
  it('a running job ends it as cancelled and keeps its points; the next one follows', async () => {
    const id = add(project, 'steady');
    await until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 5);
    askStop(project, id, 'cancelled');
    const run = await until(project, id, hasEnded);
    expect(run.status).toBe('cancelled');
    expect(run.metrics['step']!.n).toBeGreaterThan(5);
    expect((await until(project, add(project, 'quick'), hasEnded)).status).toBe('done');
  });

  it('a job that does not listen is killed', async () => {
    const id = add(project, 'deaf');
    await until(project, id, (run) => run.status === 'running');
    askStop(project, id, 'cancelled');
    expect((await until(project, id, hasEnded)).status).toBe('cancelled');
  });

  it('the studio marks its runs interrupted and frees the processes', async () => {
    const id = add(project, 'steady');
    await until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 5);
    await queue.close();
    const run = await until(project, id, hasEnded);
    expect(run).toMatchObject({ status: 'interrupted', error: expect.stringContaining('kept') });
  });
});

it('reports progress with an estimate of the time left', async () => {
  const id = add(project, 'steady');
  const run = await until(project, id, (one) => (one.progress?.remaining ?? null) !== null);
  expect(run.progress!.fraction).toBeGreaterThan(0);
  expect(run.progress!.remaining).toBeGreaterThan(0);
});

it('two queues on one project compute each run once', async () => {
  const other = open(place.folder);
  const second = createQueue({ project: other, spawn: forkJobs(worker, kindsModule), machine: machineOf(2) });
  const ids = Array.from({ length: 8 }, () => add(project, 'quick'));
  for (const id of ids) {
    const run = await until(project, id, hasEnded, 40);
    expect(run.status).toBe('done');
    expect(run.metrics['value']!.n).toBe(3);
  }
  await second.close();
  other.close();
});
