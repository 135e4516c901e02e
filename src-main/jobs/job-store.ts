/**
 * Stores what a job reported, in the name of the queue that holds the run. After it returns the batches are on disk and
 * may be acknowledged; after a throw nothing of them counts and they may be stored again.
 */
import { writeArtifact } from '../../db/artifacts.ts';
import { appendLog } from '../../db/logs.ts';
import type { Project } from '../../db/project.ts';
import { ownsRun, saveProgress } from '../../db/run-lifecycle.ts';
import { appendPoints } from '../../db/series-append.ts';
import { StorageError } from '../../db/storage-error.ts';
import type { LogLine, RunProgress } from '../api/contract.ts';
import type { BatchMessage } from './protocol.ts';

/** The lease ran out and another studio took the run away. */
export class LostRun extends Error {}

export interface Stored {
  readonly lines: readonly LogLine[];
  readonly metrics: readonly string[];
  readonly progress: RunProgress | null;
}

/**
 * @param timeLeft the estimate for a fraction done, in milliseconds
 * @throws LostRun, StorageError, InvalidInput
 */
export function storeBatches(
  project: Project,
  run: { readonly id: number; readonly owner: string },
  batches: readonly BatchMessage[],
  timeLeft: (fraction: number) => number | null,
): Stored {
  const { id, owner } = run;
  if (!ownsRun(project, id, owner)) throw new LostRun();
  // Files first and each by itself: the lock is not held while they are written, and storing one again changes nothing.
  for (const { name, mediaType, bytes } of batches.flatMap((batch) => batch.artifacts)) {
    writeArtifact(project, id, name, mediaType, bytes);
  }
  const points = batches.flatMap((batch) => batch.points);
  const reported = batches.findLast((batch) => batch.progress !== null)?.progress ?? null;
  const progress = reported && { ...reported, remaining: timeLeft(reported.fraction) };
  const lines = project.write(() => {
    if (!ownsRun(project, id, owner)) throw new LostRun();
    for (const { metric, x, y } of points) appendPoints(project, id, metric, x, y);
    if (progress) saveProgress(project, id, progress);
    return appendLog(
      project,
      id,
      batches.flatMap((batch) => batch.lines),
    );
  });
  return { lines, metrics: [...new Set(points.map((each) => each.metric))], progress };
}

/** Whether a write that failed may succeed later by itself: the disk may get room, another program may let go. */
export function isPassing(error: unknown): error is StorageError {
  return error instanceof StorageError && (error.code === 'disk-full' || error.code === 'busy');
}
