/** Runs that go on from their checkpoint: after kill -9 of the studio at random moments no point is missing or there twice. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { askStop } from '../../db/run-lifecycle.ts';
import { NotResumable, resumeRun } from '../../src-main/jobs/resume.ts';
import { createTimeLeft } from '../../src-main/jobs/time-left.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { machineOf } from './studio.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();
const start = () => studio.start({ machine: machineOf(1) });

const steps = (id: number): readonly number[] => studio.series(id, 'step').x;

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
  const id = studio.add('resumable');
  await studio.close();
  for (let round = 0; round < 3; round++) {
    await killedStudio(studio.folder, 150 + 100 * random.uniform());
    studio.reopen();
    // Another studio finds the run without an owner.
    const queue = start();
    expect((await studio.ended(id)).status).toBe('interrupted');
    await queue.close();
    resumeRun(studio.project, id);
    await studio.close();
  }
  studio.reopen();
  start();
  const run = await studio.ended(id);
  expect(run).toMatchObject({ status: 'done', error: null });
  expect((run.result as { first: number }).first).toBeGreaterThan(0);
  expect(steps(id)).toEqual(Array.from({ length: 400 }, (_, step) => step));
});

it('a stopped run goes on; one that is done, in the trash, or without a checkpoint does not', async () => {
  start();
  const id = studio.add('resumable');
  await studio.until(id, (run) => (run.metrics['step']?.n ?? 0) > 0);
  expect(() => resumeRun(studio.project, id)).toThrow(/running already/);
  askStop(studio.project, id, 'cancelled');
  expect((await studio.ended(id)).status).toBe('cancelled');
  resumeRun(studio.project, id);
  expect((await studio.ended(id)).status).toBe('done');
  expect(steps(id)).toHaveLength(400);
  expect(() => resumeRun(studio.project, id)).toThrow(NotResumable);
  const failed = studio.add('throws');
  await studio.ended(failed);
  expect(() => resumeRun(studio.project, failed)).toThrow(/kept no checkpoint/);
});

it('the time left counts what this job did, not what an earlier one had done', () => {
  const left = createTimeLeft(true);
  expect(left(0.5, 1000)).toBeNull();
  expect(left(0.6, 2000)).toBeCloseTo(8000, 6);
});
