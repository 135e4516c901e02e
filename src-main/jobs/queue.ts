/**
 * The queue of one studio process: claims queued runs of the project, as many at once as allowed, watches for requests
 * of other processes, keeps its claims alive, and declares the runs of dead owners interrupted. Several queues may work
 * on one project; a run is computed by exactly one.
 */
import { cpus } from 'node:os';
import { cancelRequests, claimNextRun, finishRun, listRunning, renewClaims } from '../../db/run-lifecycle.ts';
import type { Project } from '../../db/project.ts';
import type { StudioEvent } from '../api/contract.ts';
import { startJob, type ActiveJob } from './active-job.ts';
import { isOwnerAlive, LEASE_MILLISECONDS, newOwner, RENEW_MILLISECONDS } from './owner.ts';
import type { SpawnJob } from './spawn.ts';

/** How often changes of other processes are looked for: a PRAGMA that costs microseconds. */
const LOOK_MILLISECONDS = 250;

export interface Queue {
  /** Looks for queued runs and for requests to stop, now rather than at its next turn. */
  wake(): void;
  /** Stops the jobs, marks their runs interrupted, and resolves when the processes are gone. */
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly project: Project;
  readonly spawn: SpawnJob;
  /** Jobs at once; the number of processors less one unless given. */
  readonly concurrency?: number;
  readonly onEvent?: (event: StudioEvent) => void;
  /** Compute this run alone and leave every other to the studios (the command line's own run). */
  readonly only?: number;
  /** Recorded with every run that this queue computes. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Told of failures of the queue itself, such as a full disk; the queue goes on. */
  readonly report?: (error: unknown) => void;
}

export function createQueue({ project, spawn, onEvent = () => undefined, ...options }: QueueOptions): Queue {
  const owner = newOwner();
  const concurrency = options.concurrency ?? Math.max(1, cpus().length - 1);
  const active = new Map<number, ActiveJob>();
  let seen = project.dataVersion();
  let renewed = 0;
  let closed = false;

  const lease = (): number => Date.now() + LEASE_MILLISECONDS;

  function keepClaims(): void {
    if (Date.now() - renewed < RENEW_MILLISECONDS) return;
    renewed = Date.now();
    if (active.size > 0) {
      const held = new Set(renewClaims(project, owner, lease()));
      for (const job of active.values()) if (!held.has(job.id)) job.abandon(null);
    }
    for (const run of listRunning(project)) {
      if (active.has(run.id) || isOwnerAlive(run)) continue;
      const error =
        'the studio that computed it ended before it was done. What it had reported was kept; run it again.';
      if (finishRun(project, run.id, run.owner, { status: 'interrupted', error }))
        onEvent({ type: 'run', id: run.id, status: 'interrupted', progress: null });
    }
  }

  function claim(): void {
    while (active.size < concurrency) {
      const run = claimNextRun(project, {
        owner,
        leaseUntil: lease(),
        ...(options.versions && { versions: options.versions }),
      });
      if (run === null) return;
      const job = startJob({ project, owner, run, spawn, onEvent });
      active.set(run.id, job);
      onEvent({ type: 'run', id: run.id, status: 'running', progress: null });
      void job.ended.then(() => {
        active.delete(run.id);
        turn();
      });
    }
  }

  function turn(): void {
    if (closed) return;
    try {
      const version = project.dataVersion();
      if (version !== seen) {
        seen = version;
        onEvent({ type: 'changed' });
      }
      keepClaims();
      for (const id of cancelRequests(project, owner)) active.get(id)?.cancel();
      claim();
    } catch (error) {
      options.report?.(error);
    }
  }

  const timer = setInterval(turn, LOOK_MILLISECONDS);
  turn();
  return {
    wake: turn,
    async close() {
      closed = true;
      clearInterval(timer);
      const error = 'the studio was closed before it was done. What it had reported was kept; run it again.';
      const jobs = [...active.values()];
      for (const job of jobs) job.abandon({ status: 'interrupted', error });
      await Promise.all(jobs.map((job) => job.ended));
    },
  };
}
