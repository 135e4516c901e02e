/** kill -9 of the studio and of jobs at random moments: nothing acknowledged is lost, the database stays whole. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../db/project.ts';
import { readSeries } from '../../db/series-read.ts';
import { createQueue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

let place: ReturnType<typeof freshFolder>;
beforeEach(() => {
  place = freshFolder();
});
afterEach(() => place.remove());

const random = randomSource(2026);

/** Steps are their own numbers: none may be missing in the middle or be there twice. @returns how many there are */
function steps(project: Project, id: number): number {
  const read = readSeries(project, id, 'step', { maxPoints: Infinity });
  if (read.layout !== 'raw') throw new Error('all points were asked for');
  expect(read.y.every((value, i) => value === i && read.x[i] === i)).toBe(true);
  return read.total;
}

/** Starts a studio process and kills it some time after its first acknowledgement. @returns points acknowledged by run */
async function killedStudio(folder: string, milliseconds: number): Promise<ReadonlyMap<number, number>> {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'host.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged = new Map<number, number>();
  let rest = '';
  await new Promise<void>((resolve) => {
    host.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        const [id, n] = line.split(' ').map(Number);
        if (acknowledged.size === 0) setTimeout(() => host.kill('SIGKILL'), milliseconds);
        acknowledged.set(id!, Math.max(acknowledged.get(id!) ?? 0, n!));
      }
    });
    host.on('close', () => resolve());
  });
  return acknowledged;
}

it('ten kills of the studio lose no acknowledged point', { timeout: 90_000 }, async () => {
  for (let round = 0; round < 10; round++) {
    let project = open(place.folder);
    const ids = [add(project, 'steady'), add(project, 'steady')];
    project.close();
    const acknowledged = await killedStudio(place.folder, 600 * random.uniform());
    expect(acknowledged.size).toBeGreaterThan(0);

    project = open(place.folder);
    expect(project.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const queue = createQueue({ project, spawn: forkJobs(worker, kindsModule), machine: machineOf(1) });
    for (const id of ids.filter((each) => acknowledged.has(each))) {
      const run = await until(project, id, hasEnded);
      expect(run).toMatchObject({ status: 'interrupted', error: expect.stringContaining('kept; run it again') });
      expect(steps(project, id)).toBeGreaterThanOrEqual(acknowledged.get(id)!);
    }
    await queue.close();
    project.connection.exec("UPDATE run SET status = 'cancelled' WHERE status = 'queued'");
    project.close();
  }
});

it('five kills of a job fail it, keep what it had reported, and leave the studio at work', async () => {
  const project = open(place.folder);
  const pids: number[] = [];
  const forked = forkJobs(worker, kindsModule);
  const queue = createQueue({
    project,
    machine: machineOf(1),
    spawn: () => {
      const child = forked();
      pids.push(child.pid!);
      return child;
    },
  });
  for (let round = 0; round < 5; round++) {
    const id = add(project, 'steady');
    await until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 0);
    await new Promise((resolve) => setTimeout(resolve, 300 * random.uniform()));
    const before = steps(project, id);
    process.kill(pids.at(-1)!, 'SIGKILL');
    const run = await until(project, id, hasEnded);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('signal SIGKILL') });
    expect(steps(project, id)).toBeGreaterThanOrEqual(before);
  }
  expect((await until(project, add(project, 'quick'), hasEnded)).status).toBe('done');
  await queue.close();
  project.close();
});
