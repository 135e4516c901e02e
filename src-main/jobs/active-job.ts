/**
 * One running job as the studio sees it: feeds its process, stores its batches and then acknowledges them, and ends its
 * run whichever way the process ends. While the disk is full it waits, and the job with it; nothing reported is dropped.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { appendLog } from '../../db/logs.ts';
import type { Project } from '../../db/project.ts';
import { finishRun, type ClaimedRun, type Outcome, type StopStatus } from '../../db/run-lifecycle.ts';
import { systemSoFar } from '../../db/system-series.ts';
import type { StudioEvent } from '../api/contract.ts';
import { createInbox } from './inbox.ts';
import { isPassing, LostRun, storeBatches } from './job-store.ts';
import type { FromJob } from './protocol.ts';
import { resumePoint } from './resume.ts';
import type { SpawnJob } from './spawn.ts';
import { createTimeLeft } from './time-left.ts';

/** How long a job may take to stop by itself, and then to obey SIGTERM. */
const CANCEL_GRACE_MILLISECONDS = 2000;
/** A job that is to go on later may finish a long step: what it does not keep has to be computed again. */
const PAUSE_GRACE_MILLISECONDS = 60_000;
/** How long a job may take to hand over its last points when the studio closes. */
const CLOSE_GRACE_MILLISECONDS = 500;
const RETRY_MILLISECONDS = 1000;

export interface ActiveJob {
  readonly id: number;
  /** Asks the job to stop; ends its process if it does not. The run then has this status. */
  stop(as: StopStatus): void;
  /** Ends the job because the studio closes: the run is interrupted. */
  interrupt(error: string): void;
  /** Ends the process at once and leaves the run alone: it belongs to somebody else now. */
  abandon(): void;
  /** Resolves when the process has ended and the run has its status. */
  readonly ended: Promise<void>;
}

export interface ActiveJobOptions {
  readonly project: Project;
  readonly owner: string;
  readonly run: ClaimedRun;
  readonly spawn: SpawnJob;
  readonly onEvent: (event: StudioEvent) => void;
  readonly report: (error: unknown) => void;
}

type Exit = { readonly type: 'exit'; readonly how: string; readonly stderr: string };

/** Starts the process of a claimed run. @throws what spawn throws, or StorageError; the run is then still the caller's to end */
export function startJob({ project, owner, run, spawn, onEvent, report }: ActiveJobOptions): ActiveJob {
  const { id } = run;
  const resume = resumePoint(project, id);
  const system = systemSoFar(project, id);
  const child = spawn();
  const started = performance.now();
  const estimate = createTimeLeft(resume !== null);
  const timeLeft = (fraction: number): number | null => estimate(fraction, performance.now() - started);
  const inbox = createInbox<FromJob | Exit>();
  let stopping: StopStatus | 'lost' | { readonly interrupted: string } | null = null;
  /** Done so far, as last stored. */
  let fraction = 0;
  /** The studio closes, or the run is somebody else's: whatever cannot be written now stays unwritten. */
  let closing = false;

  const gone = new Promise<void>((resolve) => {
    child.onExit((detail) => {
      inbox.put({ type: 'exit', ...detail });
      resolve();
    });
  });
  child.onMessage((message) => {
    if (message.type === 'ready')
      child.send({ type: 'start', kind: run.kind, values: run.parameters, seed: run.seed, resume, system });
    else inbox.put(message);
  });

  /** Ends the process: politely after so many milliseconds, by force once the grace has passed too. */
  function end(after: number, grace: number): void {
    const timers = [
      setTimeout(() => child.kill('SIGTERM'), after),
      setTimeout(() => child.kill('SIGKILL'), after + grace),
    ];
    void gone.then(() => timers.forEach(clearTimeout));
  }

  /** Repeats a write while the disk is full or locked; gives up only when the studio closes. */
  async function patiently<T>(write: () => T): Promise<T> {
    for (;;) {
      try {
        return write();
      } catch (error) {
        if (!isPassing(error) || closing) throw error;
        onEvent({
          type: 'run',
          id,
          status: 'running',
          progress: { fraction, message: `waiting: ${error.message}`, remaining: null },
        });
        await sleep(RETRY_MILLISECONDS);
      }
    }
  }

  async function store(messages: readonly (FromJob | Exit)[]): Promise<void> {
    const batches = messages.filter((message) => message.type === 'batch');
    const last = batches.at(-1);
    if (!last) return;
    const { lines, metrics, progress } = await patiently(() => {
      if (stopping === 'lost') throw new LostRun();
      return storeBatches(project, { id, owner }, batches, timeLeft);
    });
    child.send({ type: 'acknowledged', batch: last.batch });
    if (progress) {
      fraction = progress.fraction;
      onEvent({ type: 'run', id, status: 'running', progress });
    }
    if (metrics.length > 0) onEvent({ type: 'points', id, metrics });
    if (lines.length > 0) onEvent({ type: 'log', id, lines });
  }

  /** Listens until the job says how it ended, or is gone without a word. */
  async function listen(): Promise<Outcome> {
    for (;;) {
      const messages = await inbox.take();
      await store(messages);
      for (const message of messages) {
        if (message.type === 'end') return message.outcome;
        if (message.type === 'exit') {
          if (stopping !== null) return { status: 'cancelled' };
          await noteLastWords(message.stderr);
          return crashed(message.how);
        }
      }
    }
  }

  async function noteLastWords(stderr: string): Promise<void> {
    const text = stderr.trim();
    if (text === '') return;
    const lines = await patiently(() => appendLog(project, id, [{ at: Date.now(), level: 'error', text }]));
    onEvent({ type: 'log', id, lines });
  }

  async function follow(): Promise<void> {
    const reached = await listen().catch((error: unknown) => (error instanceof LostRun ? null : notStored(error)));
    // It has said its last word, or what it says cannot be kept.
    end(0, CLOSE_GRACE_MILLISECONDS);
    const outcome = verdict(reached);
    if (outcome && (await patiently(() => finishRun(project, id, owner, outcome)))) {
      onEvent({ type: 'run', id, status: outcome.status, progress: null });
    }
    await gone;
  }

  /** A run that was done before the request to stop reached it is done. */
  function verdict(reached: Outcome | null): Outcome | null {
    if (stopping === 'lost') return null;
    if (stopping !== null && typeof stopping !== 'string' && reached?.status !== 'done')
      return { status: 'interrupted', error: stopping.interrupted };
    return stopping === 'paused' && reached?.status === 'cancelled' ? { status: 'paused' } : reached;
  }

  return {
    id,
    // Where even this fails the claim runs out, and the run becomes `interrupted` when somebody can write again.
    ended: follow().catch(report),
    stop(as) {
      if (stopping !== null && (stopping !== 'paused' || as === 'paused')) return;
      stopping = as;
      child.send({ type: 'cancel' });
      end(as === 'paused' ? PAUSE_GRACE_MILLISECONDS : CANCEL_GRACE_MILLISECONDS, CANCEL_GRACE_MILLISECONDS);
    },
    interrupt(error) {
      closing = true;
      // Who asked for a pause finds the run paused.
      if (stopping !== 'paused') stopping = { interrupted: error };
      child.send({ type: 'cancel' });
      end(CLOSE_GRACE_MILLISECONDS, CLOSE_GRACE_MILLISECONDS);
    },
    abandon() {
      closing = true;
      stopping = 'lost';
      child.kill('SIGKILL');
    },
  };
}

function crashed(how: string): Outcome {
  return {
    status: 'failed',
    error: `the job's process ended unexpectedly (${how}). What it had reported was kept; run it again, and see the log.`,
  };
}

function notStored(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 'failed',
    error: `what the job reported could not be stored: ${message}. All earlier points were kept.`,
  };
}
