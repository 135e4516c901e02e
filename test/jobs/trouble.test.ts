/** What goes wrong around a job: a full disk, reports that cannot be kept, a process that cannot start, lost claims. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLog } from '../../db/logs.ts';
import type { Project } from '../../db/project.ts';
import { askStop, claimNextRun } from '../../db/run-lifecycle.ts';
import type { StudioEvent } from '../../src-main/api/contract.ts';
import { newOwner, ownerState } from '../../src-main/jobs/owner.ts';
import { createQueue, type Queue, type QueueOptions } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
let queues: Queue[];
let events: StudioEvent[];

const start = (options: Partial<QueueOptions> = {}): Queue => {
  const queue = createQueue({
    project,
    spawn: forkJobs(worker, kindsModule),
    machine: machineOf(2),
    onEvent: (event) => events.push(event),
    ...options,
  });
  queues.push(queue);
  return queue;
};

beforeEach(() => {
  place = freshFolder();
  project = open(place.folder);
  queues = [];
  events = [];
});
afterEach(async () => {
  await Promise.all(queues.map((queue) => queue.close()));
  project.close();
  place.remove();
});

/** True once the process is gone. */
async function ends(pid: number, seconds = 10): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

it('waits while the disk is full, says so, and loses nothing', async () => {
  project.connection.pragma('max_page_count = 1000');
  start();
  const id = add(project, 'flood');
  const waiting = (event: StudioEvent): boolean =>
    event.type === 'run' && (event.progress?.message.startsWith('waiting: the disk') ?? false);
  const run = await until(project, id, () => events.some(waiting));
  expect(run).toMatchObject({ status: 'running', error: null });
  project.connection.pragma('max_page_count = 1000000');
  const ended = await until(project, id, hasEnded);
  expect(ended.status).toBe('done');
  expect(ended.metrics['wave']).toMatchObject({ n: 1_000_000, lastX: 999_999 });
});

it('closes while the disk is full, and the run is interrupted at the next opening', async () => {
  project.connection.pragma('max_page_count = 1000');
  const queue = start({ report: () => undefined });
  const id = add(project, 'flood');
  await until(project, id, () => events.some((event) => event.type === 'run' && event.progress !== null));
  await queue.close();
  project.connection.pragma('max_page_count = 1000000');
  start({ renewMilliseconds: 50 });
  expect((await until(project, id, hasEnded)).status).toBe('interrupted');
});

describe('a report that cannot be kept fails the job and keeps the others:', () => {
  it.each([
    ['no-x', /x of metric value is NaN/, 1],
    ['bad-file', /a file name has/, undefined],
    ['cycle', /circular/i, undefined],
  ])('%s', async (kind, message, points) => {
    start();
    const run = await until(project, add(project, kind), hasEnded);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringMatching(message) });
    expect(run.metrics['value']?.n).toBe(points);
  });
});

it('a process that cannot be started fails its run and not the queue', async () => {
  const broken = createQueue({
    project,
    spawn: () => {
      throw new Error('no more processes');
    },
    onEvent: (event) => events.push(event),
  });
  queues.push(broken);
  const run = await until(project, add(project, 'quick'), hasEnded);
  expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('no more processes') });
  await broken.close();
  start({ spawn: forkJobs(join(place.folder, 'no-such-worker.js')) });
  const id = add(project, 'quick');
  expect(await until(project, id, hasEnded)).toMatchObject({ status: 'failed' });
  expect(readLog(project, id).at(-1)!.text).toContain('no-such-worker');
});

it('computes the one run it was asked for, and no other', async () => {
  const [other, id] = [add(project, 'quick'), add(project, 'quick')];
  start({ only: id });
  expect((await until(project, id, hasEnded)).status).toBe('done');
  expect((await until(project, other, () => true)).status).toBe('queued');
});

it('kills a job that computes without letting messages in', async () => {
  start();
  const id = add(project, 'busy');
  await until(project, id, () => readLog(project, id).length > 0);
  askStop(project, id, 'cancelled');
  expect((await until(project, id, hasEnded)).status).toBe('cancelled');
  expect(await ends(Number(readLog(project, id)[0]!.text))).toBe(true);
});

it('leaves no process behind when the studio is killed, even one that computes without a pause', async () => {
  const [busy, steady] = [add(project, 'busy'), add(project, 'steady')];
  const host = spawn(process.execPath, [join(import.meta.dirname, 'host.ts'), place.folder], { stdio: 'ignore' });
  await until(project, busy, () => readLog(project, busy).length > 0);
  await until(project, steady, (run) => (run.metrics['step']?.n ?? 0) > 0);
  host.kill('SIGKILL');
  expect(await ends(Number(readLog(project, busy)[0]!.text))).toBe(true);
});

describe('claims', () => {
  it('tell a dead process from a silent one', () => {
    const owner = newOwner();
    const gone = owner.replace(`:${process.pid}:`, ':99999999:');
    expect(ownerState({ owner, leaseUntil: 100 }, 50)).toBe('alive');
    expect(ownerState({ owner, leaseUntil: 100 }, 150)).toBe('silent');
    expect(ownerState({ owner: gone, leaseUntil: 100 }, 50)).toBe('gone');
    expect(ownerState({ owner: 'elsewhere:1:5-1', leaseUntil: 100 }, 50)).toBe('alive');
    expect(ownerState({ owner: 'elsewhere:99999999:5-1', leaseUntil: 100 }, 150)).toBe('silent');
    expect(ownerState({ owner: '', leaseUntil: 0 })).toBe('gone');
  });

  it('of another host end when they have run out, not before', async () => {
    const [expired, held] = [add(project, 'quick'), add(project, 'quick')];
    claimNextRun(project, { owner: 'elsewhere:1:5-1', leaseUntil: Date.now() - 1 }, { only: expired });
    claimNextRun(project, { owner: 'elsewhere:1:5-2', leaseUntil: Date.now() + 60_000 }, { only: held });
    start({ renewMilliseconds: 100 });
    const run = await until(project, expired, hasEnded);
    expect(run).toMatchObject({ status: 'interrupted', error: expect.stringContaining('run it again') });
    expect((await until(project, held, () => true)).status).toBe('running');
  });

  it('that were taken away stop the job here and leave the run to its new owner', async () => {
    start({ renewMilliseconds: 100 });
    const id = add(project, 'steady');
    await until(project, id, (run) => (run.metrics['step']?.n ?? 0) > 0);
    project.connection.prepare("UPDATE run SET owner = 'elsewhere:1:5-1', lease_until = 9e15 WHERE id = ?").run(id);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { n } = (await until(project, id, () => true)).metrics['step']!;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const run = await until(project, id, () => true);
    expect(run.status).toBe('running');
    expect(run.metrics['step']!.n).toBe(n);
  });
});
