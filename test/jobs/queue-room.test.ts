/** How many jobs compute at once, with real processes: as processors, memory and the user allow, first come, first served. */
import { expect, it } from 'vitest';
import { limitRunsAtOnce } from '../../db/project-info.ts';
import { askStop, queuedBefore } from '../../db/run-lifecycle.ts';
import { getRun } from '../../db/runs.ts';
import type { RunStatus } from '../../src-main/api/contract.ts';
import type { Machine } from '../../src-main/jobs/machine.ts';
import type { Queue, QueueOptions } from '../../src-main/jobs/queue.ts';
import { findKind } from './fixture-kinds.ts';
import { machineOf, open } from './studio.ts';
import { useStudio } from './use-studio.ts';

const studio = useStudio();

const start = (machine: () => Machine, options: Partial<QueueOptions> = {}): Queue =>
  studio.start({ findKind, machine, ...options });

const status = (id: number): RunStatus => getRun(studio.project, id).status;
const runs = (id: number) => studio.until(id, (run) => run.status === 'running');
async function stop(id: number): Promise<void> {
  askStop(studio.project, id, 'cancelled');
  await studio.ended(id);
}

it('starts what processors bear; a small run does not overtake the large one that waits', async () => {
  const [first, wide, small] = [studio.add('one-thread'), studio.add('two-threads'), studio.add('one-thread')];
  const queue = start(machineOf(2));
  await runs(first);
  queue.wake();
  expect([status(wide), status(small)]).toEqual(['queued', 'queued']);
  expect([queue.waits(wide), queue.waits(small)]).toEqual(['waits for 2 processors, 1 free', null]);
  expect([queuedBefore(studio.project, wide), queuedBefore(studio.project, small)]).toEqual([null, wide]);
  await stop(first);
  await runs(wide);
  queue.wake();
  expect(status(small)).toBe('queued');
  expect(queue.waits(small)).toBe('waits for 1 processor, none free');
  await stop(wide);
  await runs(small);
  expect(queue.waits(small)).toBeNull();
  const told = studio.events.filter((event) => event.type === 'run' && event.status === 'queued');
  expect(told.map((event) => 'progress' in event && [event.id, event.progress?.message])).toEqual([
    [wide, 'waits for 2 processors, 1 free'],
    [small, 'waits for 1 processor, none free'],
  ]);
});

it('a run that takes all processors computes alone, and on any machine', async () => {
  const [first, second] = [studio.add('all-threads'), studio.add('all-threads')];
  const queue = start(machineOf(7));
  await runs(first);
  queue.wake();
  expect(queue.waits(second)).toBe('waits for 7 processors, none free');
  await stop(first);
  await runs(second);
});

it('counts the memory that jobs will take, and what is free now; one job runs in any case', async () => {
  let free = 8e9;
  const queue = start(() => ({ processors: 8, memory: 8e9, free }));
  const [first, second, third] = [studio.add('large'), studio.add('large'), studio.add('large')];
  await runs(second);
  queue.wake();
  // Two of 3 GB are promised, though their processes hold next to nothing.
  expect(queue.waits(third)).toBe('waits for 3.0 GB of memory, 2.0 GB free');
  await stop(first);
  await runs(third);
  // Other programs have taken what was there.
  free = 1e9;
  const fourth = studio.add('large');
  await stop(second);
  queue.wake();
  expect(queue.waits(fourth)).toBe('waits for 3.0 GB of memory, 1.0 GB free');
  await stop(third);
  await runs(fourth);
});

it('computes no more at once than the user allows, from the next turn on', async () => {
  limitRunsAtOnce(studio.project, 1);
  const ids = Array.from({ length: 4 }, () => studio.add('one-thread'));
  const queue = start(machineOf(8));
  await runs(ids[0]!);
  queue.wake();
  expect(queue.waits(ids[1]!)).toBe(`waits for run ${ids[0]}; Settings allow 1 at once`);
  limitRunsAtOnce(studio.project, 2);
  queue.wake();
  await runs(ids[1]!);
  expect(queue.waits(ids[2]!)).toBe('waits for one of the 2 runs that compute; Settings allow 2 at once');
  limitRunsAtOnce(studio.project, null);
  queue.wake();
  expect(ids.map(status)).toEqual(ids.map(() => 'running'));
});

it('counts what other studios compute on this machine, and a run computed on request waits for none', async () => {
  const [first, second, asked] = [studio.add('two-threads'), studio.add('two-threads'), studio.add('quick')];
  start(machineOf(2));
  await runs(first);
  const other = open(studio.folder);
  const elsewhere = start(machineOf(2), { project: other });
  expect(status(second)).toBe('queued');
  expect(elsewhere.waits(second)).toBe('waits for 2 processors, none free');
  start(machineOf(1), { project: other, only: asked });
  expect((await studio.ended(asked)).status).toBe('done');
  expect(status(second)).toBe('queued');
  await studio.close();
  other.close();
});
