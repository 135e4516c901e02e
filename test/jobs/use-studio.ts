/** For each test of a file a project in a fresh folder, with queues of real processes on it; all is closed and removed after it. */
import { afterEach, beforeEach } from 'vitest';
import type { Project } from '../../db/project.ts';
import { readSeries } from '../../db/series-read.ts';
import type { RunDetail, StudioEvent } from '../../src-main/api/contract.ts';
import { createQueue, type Queue, type QueueOptions } from '../../src-main/jobs/queue.ts';
import { forkJobs } from '../../src-main/jobs/spawn.ts';
import { add, freshFolder, hasEnded, kindsModule, machineOf, open, until, worker } from './studio.ts';

export interface TestStudio {
  readonly folder: string;
  readonly project: Project;
  /** What the queues told their listeners. */
  readonly events: StudioEvent[];
  /** A queue for two processors that computes the kinds of fixture-kinds.ts, unless said otherwise. */
  start(options?: Partial<QueueOptions>): Queue;
  /** A run of that kind, queued. */
  add(kind: string): number;
  /** Waits for a condition of a run. */
  until(id: number, holds: (run: RunDetail) => boolean, seconds?: number): Promise<RunDetail>;
  /** Waits until a run has ended. */
  ended(id: number, seconds?: number): Promise<RunDetail>;
  /** All points of a metric. */
  series(id: number, metric: string): { readonly x: readonly number[]; readonly y: readonly number[] };
  /** Closes queues and project, as a studio does that is closed. */
  close(): Promise<void>;
  /** Opens the project again. */
  reopen(): void;
}

export function useStudio(): TestStudio {
  let place: ReturnType<typeof freshFolder>;
  let project: Project;
  let queues: Queue[];
  let events: StudioEvent[];
  const close = async (): Promise<void> => {
    await Promise.all(queues.map((queue) => queue.close()));
    queues = [];
    if (project.connection.open) project.close();
  };
  beforeEach(() => {
    place = freshFolder();
    project = open(place.folder);
    queues = [];
    events = [];
  });
  afterEach(async () => {
    await close();
    place.remove();
  });
  return {
    get folder() {
      return place.folder;
    },
    get project() {
      return project;
    },
    get events() {
      return events;
    },
    start(options = {}) {
      const queue = createQueue({
        project,
        spawn: forkJobs(worker, kindsModule),
        machine: machineOf(2),
        onEvent: (event) => events.push(event),
        ...options,
      });
      queues.push(queue);
      return queue;
    },
    add: (kind) => add(project, kind),
    until: (id, holds, seconds) => until(project, id, holds, seconds),
    ended: (id, seconds) => until(project, id, hasEnded, seconds),
    series(id, metric) {
      const read = readSeries(project, id, metric, { maxPoints: Infinity });
      if (read.layout !== 'raw') throw new Error('all points were asked for');
      return { x: [...read.x], y: [...read.y] };
    },
    close,
    reopen() {
      project = open(place.folder);
    },
  };
}
