/**
 * The queue of one studio process: claims queued runs of the project, oldest first and as many at once as the machine bears
 * and the user allows, watches for requests of other processes, keeps its claims alive, and declares the runs of dead
 * owners interrupted. Several queues may work on one project; a run is computed by exactly one.
 */
import { claimNextRun, finishRun, stopRequests, type ClaimedRun } from '../../db/run-lifecycle.ts';
import type { Project } from '../../db/project.ts';
import { getRunRow } from '../../db/runs.ts';
import type { StudioEvent } from '../api/contract.ts';
import { startJob, type ActiveJob } from './active-job.ts';
import { createClaims } from './claims.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { findKind as findAnyKind } from './kinds/index.ts';
import type { ExecutableKind } from './kinds/kind.ts';
import { thisMachine, type Machine } from './machine.ts';
import { newOwner } from './owner.ts';
import type { SpawnJob } from './spawn.ts';

/** How often changes of other processes are looked for: a few reads that cost microseconds. */
const LOOK_MILLISECONDS = 250;

export interface Queue {
  /** Looks for queued runs and for requests to stop, now rather than at its next turn. */
  wake(): void;
  /** What the run that is next waits for, as it was told to listeners; null for every other run. */
  waits(id: number): string | null;
  /** Stops the jobs, marks their runs interrupted, and resolves when the processes are gone. */
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly project: Project;
  readonly spawn: SpawnJob;
  /** What jobs may use, asked whenever one could start; this machine unless given. */
  readonly machine?: () => Machine;
  /** The kind of a run, which declares what its jobs use; Peel's own kinds unless given. */
  readonly findKind?: (id: string) => ExecutableKind | undefined;
  readonly onEvent?: (event: StudioEvent) => void;
  /** Compute this run alone and leave every other to the studios (the command line's own run). */
  readonly only?: number;
  /** Recorded with every run that this queue computes. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Told of failures of the queue itself, such as a full disk; the queue goes on. Written to stderr unless given. */
  readonly report?: (error: unknown) => void;
  /** How often claims are renewed; they hold six times as long. */
  readonly renewMilliseconds?: number;
}

export function createQueue({ project, spawn, onEvent = () => undefined, ...options }: QueueOptions): Queue {
  const { report = toStderr, machine = thisMachine, findKind = findAnyKind } = options;
  const owner = newOwner();
  const claims = createClaims(project, owner, options.renewMilliseconds);
  const active = new Map<number, ActiveJob>();
  const doorkeeper = createDoorkeeper(project, findKind, machine);
  let waiting: { readonly id: number; readonly why: string } | null = null;
  let seen = project.dataVersion();
  let looked = -Infinity;
  let closed = false;

  /** Claims are looked after once a second at most. */
  function keepClaims(): void {
    if (performance.now() - looked < Math.min(1000, options.renewMilliseconds ?? 1000)) return;
    looked = performance.now();
    const held = active.size > 0 ? claims.renew() : null;
    if (held) for (const job of active.values()) if (!held.has(job.id)) job.abandon();
    for (const id of claims.interruptOrphans(active)) {
      onEvent({ type: 'run', id, status: 'interrupted', progress: null });
    }
  }

  function claim(): void {
    const { only, versions } = options;
    for (;;) {
      let next: typeof waiting = null;
      const admits = (run: ClaimedRun): boolean => {
        // Who asks for one run, here and now, does not wait for others.
        const why = only === undefined ? doorkeeper.reasonToWait(run) : null;
        next = why === null ? null : { id: run.id, why };
        return why === null;
      };
      const terms = { owner, leaseUntil: claims.lease(), ...(versions && { versions }) };
      const run = claimNextRun(project, terms, { only, admits });
      if (run === null) return tellWaiting(next);
      start(run);
    }
  }

  function tellWaiting(next: typeof waiting): void {
    const told = waiting;
    waiting = next;
    if (next === null || (next.id === told?.id && next.why === told.why)) return;
    const fraction = getRunRow(project, next.id).progress?.fraction ?? 0;
    onEvent({ type: 'run', id: next.id, status: 'queued', progress: { fraction, message: next.why, remaining: null } });
  }

  function start(run: ClaimedRun): void {
    onEvent({ type: 'run', id: run.id, status: 'running', progress: null });
    try {
      const job = startJob({ project, owner, run, spawn, onEvent, report });
      active.set(run.id, job);
      void job.ended.then(() => {
        // A run that was paused and resumed before its first process was gone has a new job by now.
        if (active.get(run.id) === job) active.delete(run.id);
        turn();
      });
    } catch (error) {
      const message = `the job's process could not be started: ${error instanceof Error ? error.message : String(error)}`;
      finishRun(project, run.id, owner, { status: 'failed', error: message });
      onEvent({ type: 'run', id: run.id, status: 'failed', progress: null });
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
      for (const { id, as } of stopRequests(project, owner)) active.get(id)?.stop(as);
      claim();
    } catch (error) {
      report(error);
    }
  }

  const timer = setInterval(turn, LOOK_MILLISECONDS);
  turn();
  return {
    wake: turn,
    waits: (id) => (waiting?.id === id ? waiting.why : null),
    async close() {
      closed = true;
      clearInterval(timer);
      const error =
        'the studio was closed before it was done. What it had reported was kept; run it again, or resume it if it kept a checkpoint.';
      const jobs = [...active.values()];
      for (const job of jobs) job.interrupt(error);
      await Promise.all(jobs.map((job) => job.ended));
    },
  };
}

function toStderr(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
