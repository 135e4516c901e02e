/** The queue with real processes: what is kept, what is said, and what stops, whichever way a job ends. */
import { beforeEach, describe, expect, it } from 'vitest';
import { readArtifact } from '../../db/artifacts.ts';
import { readLog } from '../../db/logs.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import type { Queue } from '../../src-main/jobs/queue.ts';
import { open } from './studio.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();
let queue: Queue;
beforeEach(() => {
  queue = studio.start();
});

describe('a job that ends well', () => {
  it('keeps result, points (NaN and ∞ too), log and files', async () => {
    const id = studio.add('quick');
    const run = await studio.ended(id);
    expect(run.status).toBe('done');
    expect(run.result).toEqual({ seed: 5 });
    expect(run.metrics['value']).toMatchObject({ n: 3, nonFinite: 2, min: 1, max: 1, last: 'Infinity' });
    expect(readLog(studio.project, id).map((line) => line.text)).toEqual(['done']);
    expect(readArtifact(studio.project, id, 'note.txt').toString()).toBe('kept');
    expect(
      studio.events.filter((event) => event.type === 'run').map((event) => 'status' in event && event.status),
    ).toEqual(['running', 'done']);
  });

  it('stores a million points without holding the job back for long', async () => {
    const id = studio.add('flood');
    const run = await studio.ended(id, 60);
    expect(run.status).toBe('done');
    expect(run.metrics['wave']).toMatchObject({ n: 1_000_000, lastX: 999_999 });
  });
});

describe('a job that ends badly', () => {
  it('that throws fails with its message and keeps its points', async () => {
    const run = await studio.ended(studio.add('throws'));
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('the matrix is not square') });
    expect(run.metrics['value']!.last).toBe(7);
  });

  it('whose process dies fails, with the signal and its last words in the log', async () => {
    const id = studio.add('aborts');
    const run = await studio.ended(id);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('SIGABRT') });
    expect(run.metrics['value']!.last).toBe(7);
    expect(readLog(studio.project, id).at(-1)!.text).toContain('about to abort');
  });

  it('of a kind that this version does not have says so', async () => {
    const run = await studio.ended(studio.add('of-the-future'));
    expect(run.error).toContain('no run kind of-the-future');
  });
});

describe('stopping', () => {
  it('a running job ends it as cancelled and keeps its points; the next one follows', async () => {
    const id = studio.add('steady');
    await studio.until(id, (run) => (run.metrics['step']?.n ?? 0) > 5);
    askStop(studio.project, id, 'cancelled');
    const run = await studio.ended(id);
    expect(run.status).toBe('cancelled');
    expect(run.metrics['step']!.n).toBeGreaterThan(5);
    expect((await studio.ended(studio.add('quick'))).status).toBe('done');
  });

  it('a job that does not listen is killed', async () => {
    const id = studio.add('deaf');
    await studio.until(id, (run) => run.status === 'running');
    askStop(studio.project, id, 'cancelled');
    expect((await studio.ended(id)).status).toBe('cancelled');
  });

  it('the studio marks its runs interrupted and frees the processes', async () => {
    const id = studio.add('steady');
    await studio.until(id, (run) => (run.metrics['step']?.n ?? 0) > 5);
    await queue.close();
    const run = await studio.ended(id);
    expect(run).toMatchObject({ status: 'interrupted', error: expect.stringContaining('kept') });
  });
});

it('reports progress with an estimate of the time left', async () => {
  const id = studio.add('steady');
  const run = await studio.until(id, (one) => (one.progress?.remaining ?? null) !== null);
  expect(run.progress!.fraction).toBeGreaterThan(0);
  expect(run.progress!.remaining).toBeGreaterThan(0);
});

it('two queues on one project compute each run once', async () => {
  const other = open(studio.folder);
  const second = studio.start({ project: other });
  const ids = Array.from({ length: 8 }, () => studio.add('quick'));
  for (const id of ids) {
    const run = await studio.ended(id, 40);
    expect(run.status).toBe('done');
    expect(run.metrics['value']!.n).toBe(3);
  }
  await second.close();
  other.close();
});
