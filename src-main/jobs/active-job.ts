/**
 * One running job as the studio sees it: feeds its process, stores its batches and then acknowledges them, and ends its
 * run whichever way the process ends. It never holds a transaction across a message.
 */
import { writeArtifact } from '../../db/artifacts.ts';
import { appendLog } from '../../db/logs.ts';
import type { Project } from '../../db/project.ts';
import { finishRun, ownsRun, saveProgress, type ClaimedRun, type Outcome } from '../../db/run-lifecycle.ts';
import { appendPoints } from '../../db/series-append.ts';
import type { RunProgress, StudioEvent } from '../api/contract.ts';
import type { BatchMessage } from './protocol.ts';
import type { SpawnJob } from './spawn.ts';
import { createTimeLeft } from './time-left.ts';

/** How long a job may take to stop by itself, and then to obey SIGTERM. */
const GRACE_MILLISECONDS = 2000;

export interface ActiveJob {
  readonly id: number;
  cancel(): void;
  /** Ends the process at once; the run gets this outcome, or none if it belongs to somebody else now. */
  abandon(outcome: Outcome | null): void;
  /** Resolves when the process has ended and the run has its status. */
  readonly ended: Promise<void>;
}

export interface ActiveJobOptions {
  readonly project: Project;
  readonly owner: string;
  readonly run: ClaimedRun;
  readonly spawn: SpawnJob;
  readonly onEvent: (event: StudioEvent) => void;
}

export function startJob({ project, owner, run, spawn, onEvent }: ActiveJobOptions): ActiveJob {
  const { id } = run;
  const child = spawn();
  const started = performance.now();
  const timeLeft = createTimeLeft();
  let outcome: Outcome | null | undefined;
  let cancelAsked = false;
  let resolveEnded: () => void;
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));

  const store = (batch: BatchMessage): void => {
    let progress: RunProgress | null = null;
    const lines = project.write(() => {
      if (!ownsRun(project, id, owner)) throw new LostRun();
      for (const { metric, x, y } of batch.points) appendPoints(project, id, metric, x, y);
      for (const { name, mediaType, bytes } of batch.artifacts) writeArtifact(project, id, name, mediaType, bytes);
      if (batch.progress) {
        progress = { ...batch.progress, remaining: timeLeft(batch.progress.fraction, performance.now() - started) };
        saveProgress(project, id, progress);
      }
      return appendLog(project, id, batch.lines);
    });
    child.send({ type: 'acknowledged', batch: batch.batch });
    if (progress) onEvent({ type: 'run', id, status: 'running', progress });
    if (batch.points.length > 0) onEvent({ type: 'points', id, metrics: batch.points.map((points) => points.metric) });
    if (lines.length > 0) onEvent({ type: 'log', id, lines });
  };

  child.onMessage((message) => {
    if (outcome !== undefined) return;
    switch (message.type) {
      case 'ready':
        child.send({ type: 'start', kind: run.kind, values: run.parameters, seed: run.seed });
        break;
      case 'batch':
        try {
          store(message);
        } catch (error) {
          outcome = error instanceof LostRun ? null : notStored(error);
          child.kill('SIGKILL');
        }
        break;
      case 'end':
        outcome = message.outcome;
        child.kill('SIGTERM');
        break;
    }
  });

  let exited = false;
  child.onExit(({ how, stderr }) => {
    if (exited) return;
    exited = true;
    try {
      if (outcome === undefined) outcome = cancelAsked ? { status: 'cancelled' } : crashed(how);
      if (outcome?.status === 'failed' && stderr !== '') {
        const lines = project.write(() =>
          appendLog(project, id, [{ at: Date.now(), level: 'error', text: stderr.trim() }]),
        );
        onEvent({ type: 'log', id, lines });
      }
      if (outcome && finishRun(project, id, owner, outcome))
        onEvent({ type: 'run', id, status: outcome.status, progress: null });
    } catch (error) {
      // The disk may be full: the lease runs out and the run becomes `interrupted` when somebody can write again.
      process.stderr.write(`run ${String(id)} could not be ended in the project: ${(error as Error).message}\n`);
    }
    resolveEnded();
  });

  return {
    id,
    ended,
    cancel() {
      if (cancelAsked) return;
      cancelAsked = true;
      child.send({ type: 'cancel' });
      setTimeout(() => child.kill('SIGTERM'), GRACE_MILLISECONDS).unref();
      setTimeout(() => child.kill('SIGKILL'), 2 * GRACE_MILLISECONDS).unref();
    },
    abandon(given) {
      outcome ??= given;
      child.kill('SIGKILL');
    },
  };
}

/** The lease ran out and another studio took the run away. */
class LostRun extends Error {}

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
