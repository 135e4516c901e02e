/** What goes wrong around a job: a full disk, reports that cannot be kept, a process that cannot start, lost claims. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLog } from '../../db/logs.ts';
import { askStop, claimNextRun } from '../../db/run-lifecycle.ts';
import type { StudioEvent } from '../../src-main/api/contract.ts';
import { newOwner, ownerState } from '../../src-main/jobs/owner.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();

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
  studio.project.connection.pragma('max_page_count = 1000');
  studio.start();
  const id = studio.add('flood');
  const waiting = (event: StudioEvent): boolean =>
    event.type === 'run' && (event.progress?.message.startsWith('waiting: the disk') ?? false);
  const run = await studio.until(id, () => studio.events.some(waiting));
  expect(run).toMatchObject({ status: 'running', error: null });
  studio.project.connection.pragma('max_page_count = 1000000');
  const ended = await studio.ended(id);
  expect(ended.status).toBe('done');
  expect(ended.metrics['wave']).toMatchObject({ n: 1_000_000, lastX: 999_999 });
});

it('closes while the disk is full, and the run is interrupted at the next opening', async () => {
  studio.project.connection.pragma('max_page_count = 1000');
  const queue = studio.start({ report: () => undefined });
  const id = studio.add('flood');
  await studio.until(id, () => studio.events.some((event) => event.type === 'run' && event.progress !== null));
  await queue.close();
  studio.project.connection.pragma('max_page_count = 1000000');
  studio.start({ renewMilliseconds: 50 });
  expect((await studio.ended(id)).status).toBe('interrupted');
});

describe('a report that cannot be kept fails the job and keeps the others:', () => {
  it.each([
    ['no-x', /x of metric value is NaN/, 1],
    ['bad-file', /a file name has/, undefined],
    ['cycle', /circular/i, undefined],
  ])('%s', async (kind, message, points) => {
    studio.start();
    const run = await studio.ended(studio.add(kind));
    expect(run).toMatchObject({ status: 'failed', error: expect.stringMatching(message) });
    expect(run.metrics['value']?.n).toBe(points);
  });
});

it('a process that cannot be started fails its run and not the queue', async () => {
  const broken = studio.start({
    spawn: () => {
      throw new Error('no more processes');
    },
  });
  const run = await studio.ended(studio.add('quick'));
  expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('no more processes') });
  await broken.close();
  studio.start({ spawn: forkJobs(join(studio.folder, 'no-such-worker.js')) });
  const id = studio.add('quick');
  expect(await studio.ended(id)).toMatchObject({ status: 'failed' });
  expect(readLog(studio.project, id).at(-1)!.text).toContain('no-such-worker');
});

it('computes the one run it was asked for, and no other', async () => {
  const [other, id] = [studio.add('quick'), studio.add('quick')];
  studio.start({ only: id });
  expect((await studio.ended(id)).status).toBe('done');
  expect((await studio.until(other, () => true)).status).toBe('queued');
});

it('kills a job that computes without letting messages in', async () => {
  studio.start();
  const id = studio.add('busy');
  await studio.until(id, () => readLog(studio.project, id).length > 0);
  askStop(studio.project, id, 'cancelled');
  expect((await studio.ended(id)).status).toBe('cancelled');
  expect(await ends(Number(readLog(studio.project, id)[0]!.text))).toBe(true);
});

it('leaves no process behind when the studio is killed, even one that computes without a pause', async () => {
  const [busy, steady] = [studio.add('busy'), studio.add('steady')];
  const host = spawn(process.execPath, [join(import.meta.dirname, 'host.ts'), studio.folder], { stdio: 'ignore' });
  await studio.until(busy, () => readLog(studio.project, busy).length > 0);
  await studio.until(steady, (run) => (run.metrics['step']?.n ?? 0) > 0);
  host.kill('SIGKILL');
  expect(await ends(Number(readLog(studio.project, busy)[0]!.text))).toBe(true);
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
    const [expired, held] = [studio.add('quick'), studio.add('quick')];
    claimNextRun(studio.project, { owner: 'elsewhere:1:5-1', leaseUntil: Date.now() - 1 }, { only: expired });
    claimNextRun(studio.project, { owner: 'elsewhere:1:5-2', leaseUntil: Date.now() + 60_000 }, { only: held });
    studio.start({ renewMilliseconds: 100 });
    const run = await studio.ended(expired);
    expect(run).toMatchObject({ status: 'interrupted', error: expect.stringContaining('run it again') });
    expect((await studio.until(held, () => true)).status).toBe('running');
  });

  it('that were taken away stop the job here and leave the run to its new owner', async () => {
    studio.start({ renewMilliseconds: 100 });
    const id = studio.add('steady');
    await studio.until(id, (run) => (run.metrics['step']?.n ?? 0) > 0);
    studio.project.connection
      .prepare("UPDATE run SET owner = 'elsewhere:1:5-1', lease_until = 9e15 WHERE id = ?")
      .run(id);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { n } = (await studio.until(id, () => true)).metrics['step']!;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const run = await studio.until(id, () => true);
    expect(run.status).toBe('running');
    expect(run.metrics['step']!.n).toBe(n);
  });
});
