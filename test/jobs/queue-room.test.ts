/** How many jobs compute at once, with real processes: as processors, memory and the user allow, first come, first served. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { limitRunsAtOnce } from '../../db/project-info.ts';
import type { Project } from '../../db/project.ts';
import { askStop, queuedBefore } from '../../db/run-lifecycle.ts';
import { getRun } from '../../db/runs.ts';
import type { RunStatus, StudioEvent } from '../../src-main/api/contract.ts';
import type { Machine } from '../../src-main/jobs/machine.ts';
import { createQueue, type Queue } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { findKind } from './fixture-kinds.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
let queues: Queue[];
let events: StudioEvent[];

function start(machine: () => Machine, on = project): Queue {
  const spawn = forkJobs(worker, kindsModule);
  const queue = createQueue({ project: on, spawn, findKind, machine, onEvent: (event) => events.push(event) });
  queues.push(queue);
  return queue;
}

const status = (id: number): RunStatus => getRun(project, id).status;
const runs = (id: number) => until(project, id, (run) => run.status === 'running');
async function stop(id: number): Promise<void> {
  askStop(project, id, 'cancelled');
  await until(project, id, hasEnded);
}

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

it('starts what processors bear; a small run does not overtake the large one that waits', async () => {
  const [first, wide, small] = [add(project, 'one-thread'), add(project, 'two-threads'), add(project, 'one-thread')];
  const queue = start(machineOf(2));
  await runs(first);
  queue.wake();
  expect([status(wide), status(small)]).toEqual(['queued', 'queued']);
  expect([queue.waits(wide), queue.waits(small)]).toEqual(['waits for 2 processors, 1 free', null]);
  expect([queuedBefore(project, wide), queuedBefore(project, small)]).toEqual([null, wide]);
  await stop(first);
  await runs(wide);
  queue.wake();
  expect(status(small)).toBe('queued');
  expect(queue.waits(small)).toBe('waits for 1 processor, none free');
  await stop(wide);
  await runs(small);
  expect(queue.waits(small)).toBeNull();
  const told = events.filter((event) => event.type === 'run' && event.status === 'queued');
  expect(told.map((event) => 'progress' in event && [event.id, event.progress?.message])).toEqual([
    [wide, 'waits for 2 processors, 1 free'],
    [small, 'waits for 1 processor, none free'],
  ]);
});

it('a run that takes all processors computes alone, and on any machine', async () => {
  const [first, second] = [add(project, 'all-threads'), add(project, 'all-threads')];
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
  const [first, second, third] = [add(project, 'large'), add(project, 'large'), add(project, 'large')];
  await runs(second);
  queue.wake();
  // Two of 3 GB are promised, though their processes hold next to nothing.
  expect(queue.waits(third)).toBe('waits for 3.0 GB of memory, 2.0 GB free');
  await stop(first);
  await runs(third);
  // Other programs have taken what was there.
  free = 1e9;
  const fourth = add(project, 'large');
  await stop(second);
  queue.wake();
  expect(queue.waits(fourth)).toBe('waits for 3.0 GB of memory, 1.0 GB free');
  await stop(third);
  await runs(fourth);
});

it('computes no more at once than the user allows, from the next turn on', async () => {
  limitRunsAtOnce(project, 1);
  const ids = Array.from({ length: 4 }, () => add(project, 'one-thread'));
  const queue = start(machineOf(8));
  await runs(ids[0]!);
  queue.wake();
  expect(queue.waits(ids[1]!)).toBe(`waits for run ${ids[0]}; Settings allow 1 at once`);
  limitRunsAtOnce(project, 2);
  queue.wake();
  await runs(ids[1]!);
  expect(queue.waits(ids[2]!)).toBe('waits for one of the 2 runs that compute; Settings allow 2 at once');
  limitRunsAtOnce(project, null);
  queue.wake();
  expect(ids.map(status)).toEqual(ids.map(() => 'running'));
});

it('counts what other studios compute on this machine, and a run computed on request waits for none', async () => {
  const [first, second, asked] = [add(project, 'two-threads'), add(project, 'two-threads'), add(project, 'quick')];
  start(machineOf(2));
  await runs(first);
  const other = open(place.folder);
  const elsewhere = start(machineOf(2), other);
  expect(status(second)).toBe('queued');
  expect(elsewhere.waits(second)).toBe('waits for 2 processors, none free');
  queues.push(
    createQueue({ project: other, spawn: forkJobs(worker, kindsModule), findKind, machine: machineOf(1), only: asked }),
  );
  expect((await until(project, asked, hasEnded)).status).toBe('done');
  expect(status(second)).toBe('queued');
  await Promise.all(queues.map((queue) => queue.close()));
  other.close();
});
