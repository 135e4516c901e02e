/**
 * How a run passes from queued to its end. Each change checks in SQL that the caller still owns the run, so that of
 * several studio processes exactly one computes it. Does not know processes: who is alive is the jobs' question.
 */
import type { RunStatus } from '../src-main/api/contract.ts';
import type { ParameterValues } from '../src-main/parameters/specification.ts';
import type { Project } from './project.ts';
import { storageError } from './storage-error.ts';

export interface ClaimedRun {
  readonly id: number;
  readonly kind: string;
  readonly parameters: ParameterValues;
  readonly seed: number;
}

export interface Claim {
  /** Who computes it: host:pid:start. */
  readonly owner: string;
  /** Until when the claim holds without a renewal, in ms since 1970. */
  readonly leaseUntil: number;
  /** What computes it, in place of what the run was created with. */
  readonly versions?: Readonly<Record<string, string>>;
}

export interface Choice {
  /** The run to take; the oldest that is queued unless given. */
  readonly only?: number | undefined;
  /** Whether it may start now. Asked again within the write, so that two processes do not both find room for theirs. */
  readonly admits?: (run: ClaimedRun) => boolean;
}

/** Takes the oldest queued run if it may start, or null: no younger one overtakes it. Two processes never get the same one. */
export function claimNextRun(project: Project, claim: Claim, { only, admits }: Choice = {}): ClaimedRun | null {
  const next = (): ClaimedRun | null => {
    const row = project
      .prepare<[{ only: number | null }], Omit<ClaimedRun, 'parameters'> & { parameters: string }>(
        `SELECT id, kind, parameters, seed FROM run
         WHERE status = 'queued' AND trashed_at IS NULL AND (@only IS NULL OR id = @only) ORDER BY id LIMIT 1`,
      )
      .get({ only: only ?? null });
    const run = row && { ...row, parameters: JSON.parse(row.parameters) as ParameterValues };
    return run && admits?.(run) !== false ? run : null;
  };
  // Looked for before a write lock is taken: a studio that is idle, or whose runs wait, does not disturb others.
  if (next() === null) return null;
  return project.write(() => {
    const run = next();
    if (run === null) return null;
    project
      .prepare(
        `UPDATE run SET status = 'running', started_at = ?, owner = ?, lease_until = ?, stop_asked = NULL,
           fraction = NULL, message = NULL, remaining = NULL, versions = coalesce(?, versions)
         WHERE id = ?`,
      )
      .run(Date.now(), claim.owner, claim.leaseUntil, claim.versions ? JSON.stringify(claim.versions) : null, run.id);
    return run;
  });
}

/** The queued run that is taken next before this one; null: this one is next. */
export function queuedBefore(project: Project, id: number): number | null {
  return project
    .prepare<[number], number | null>(
      "SELECT max(id) FROM run WHERE status = 'queued' AND id < ? AND trashed_at IS NULL",
    )
    .pluck()
    .get(id)!;
}

/** Renews all claims of an owner. @returns the runs it still owns; a run that is missing was taken away */
export function renewClaims(project: Project, owner: string, leaseUntil: number): readonly number[] {
  return project.write(() =>
    project
      .prepare<[number, string], number>(
        "UPDATE run SET lease_until = ? WHERE owner = ? AND status = 'running' RETURNING id",
      )
      .pluck()
      .all(leaseUntil, owner),
  );
}

/** Whether the owner still holds the run. Ask within the write that depends on it. */
export function ownsRun(project: Project, id: number, owner: string): boolean {
  return (
    project
      .prepare<[number, string], number>("SELECT 1 FROM run WHERE id = ? AND owner = ? AND status = 'running'")
      .pluck()
      .get(id, owner) !== undefined
  );
}

export function saveProgress(
  project: Project,
  id: number,
  progress: { readonly fraction: number; readonly message: string; readonly remaining: number | null },
): void {
  project.write(() =>
    project
      .prepare('UPDATE run SET fraction = ?, message = ?, remaining = ? WHERE id = ?')
      .run(progress.fraction, progress.message, progress.remaining, id),
  );
}

/** How a run ends that was asked to stop: for good, or to go on later. */
export type StopStatus = 'cancelled' | 'paused';

export type Outcome =
  /** The result document as JSON text (encodeJson). */
  | { readonly status: 'done'; readonly json: string }
  | { readonly status: StopStatus }
  | { readonly status: 'failed' | 'interrupted'; readonly error: string };

/** Ends a run that the owner holds. @returns false where it no longer does; nothing is changed then */
export function finishRun(project: Project, id: number, owner: string, outcome: Outcome): boolean {
  const result = outcome.status === 'done' ? outcome.json : null;
  const error = 'error' in outcome ? outcome.error : null;
  return project.write(
    () =>
      project
        .prepare(
          `UPDATE run SET status = @status, result = @result, error = @error, ended_at = @now, owner = NULL,
             lease_until = NULL, stop_asked = NULL, remaining = NULL,
             fraction = CASE WHEN @status = 'done' THEN 1 ELSE fraction END
           WHERE id = @id AND owner = @owner AND status = 'running'`,
        )
        .run({ status: outcome.status, result, error, now: Date.now(), id, owner }).changes > 0,
  );
}

/**
 * Asks for a run to be stopped: a queued one is at once, a running one by the process that owns it. Who asked for a pause
 * may still ask for the end, not the other way round.
 * @returns the status after the request (a run that neither waits nor runs keeps its own) @throws StorageError not-found
 */
export function askStop(project: Project, id: number, as: StopStatus): RunStatus {
  return project.write(() => {
    const status = project.prepare<[number], RunStatus>('SELECT status FROM run WHERE id = ?').pluck().get(id);
    if (status === undefined) throw storageError('not-found', `there is no run ${String(id)}`);
    if (status === 'queued') {
      project.prepare('UPDATE run SET status = ?, ended_at = ? WHERE id = ?').run(as, Date.now(), id);
      return as;
    }
    if (status === 'running') {
      project.prepare("UPDATE run SET stop_asked = ? WHERE id = ? AND stop_asked IS NOT 'cancelled'").run(as, id);
    }
    return status;
  });
}

/** Queues a run again that is paused or ended without being done; what it reported, and the time it took, stays. @returns false where it did not end so */
export function requeueRun(project: Project, id: number): boolean {
  return project.write(
    () =>
      project
        .prepare<[number], never>(
          `UPDATE run SET status = 'queued', error = NULL, stop_asked = NULL,
             earlier_ms = earlier_ms + max(0, coalesce(ended_at - started_at, 0)), started_at = NULL, ended_at = NULL
           WHERE id = ? AND status IN ('paused', 'interrupted', 'cancelled', 'failed')`,
        )
        .run(id).changes > 0,
  );
}

export interface StopRequest {
  readonly id: number;
  readonly as: StopStatus;
}

/** The owner's runs that somebody asked to stop. */
export function stopRequests(project: Project, owner: string): readonly StopRequest[] {
  return project
    .prepare<[string], StopRequest>(
      `SELECT id, stop_asked AS "as" FROM run WHERE status = 'running' AND owner = ? AND stop_asked IS NOT NULL`,
    )
    .all(owner);
}

export interface RunningRun {
  readonly id: number;
  readonly kind: string;
  readonly parameters: ParameterValues;
  readonly owner: string;
  readonly leaseUntil: number;
}

/** All runs that are said to be running, whoever owns them. */
export function listRunning(project: Project): readonly RunningRun[] {
  return project
    .prepare<[], Omit<RunningRun, 'parameters'> & { parameters: string }>(
      `SELECT id, kind, parameters, coalesce(owner, '') AS owner, coalesce(lease_until, 0) AS leaseUntil
       FROM run WHERE status = 'running' ORDER BY id`,
    )
    .all()
    .map((row) => ({ ...row, parameters: JSON.parse(row.parameters) as ParameterValues }));
}
