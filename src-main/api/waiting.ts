/** Says of queued runs what they wait for, in the place of their progress. Runs in any other state pass unchanged. */
import { queuedBefore } from '../../db/run-lifecycle.ts';
import type { ApiContext } from './context.ts';
import type { RunRow } from './contract.ts';

export function withWaiting<Row extends RunRow>({ project, queue }: ApiContext, run: Row): Row {
  if (run.status !== 'queued' || run.trashed) return run;
  const before = queuedBefore(project, run.id);
  const message =
    before === null ? (queue.waits(run.id) ?? 'waits for its turn') : `waits for run ${before}, queued before it`;
  return { ...run, progress: { fraction: run.progress?.fraction ?? 0, message, remaining: null } };
}
