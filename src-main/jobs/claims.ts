/**
 * Keeps the claims of one queue alive, and finds runs whose owner is dead. A claim that ran out is believed only when
 * it has stayed so while this process itself was awake: after a laptop's sleep every claim has run out.
 */
import { finishRun, listRunning, renewClaims, type RunningRun } from '../../db/run-lifecycle.ts';
import type { Project } from '../../db/project.ts';
import { ownerState } from './owner.ts';

export const RENEW_MILLISECONDS = 5000;
/** A claim outlives this many missed renewals. */
const RENEWALS = 6;

export interface Claims {
  /** Until when a claim made or renewed now holds, in ms since 1970. */
  lease(): number;
  /** Renews when it is time. @returns the runs still held, or null where nothing was due */
  renew(): ReadonlySet<number> | null;
  /** Ends the runs of dead owners as interrupted. @param own the runs computed here @returns the runs ended */
  interruptOrphans(own: { has(id: number): boolean }): readonly number[];
}

export function createClaims(project: Project, owner: string, renewMilliseconds = RENEW_MILLISECONDS): Claims {
  const lease = (): number => Date.now() + RENEWALS * renewMilliseconds;
  const silentSince = new Map<number, { readonly leaseUntil: number; readonly since: number }>();
  let renewed = -Infinity;

  function isDead(run: RunningRun): boolean {
    const state = ownerState(run);
    if (state === 'silent') {
      const seen = silentSince.get(run.id);
      // The monotonic clock: it stands still while the machine sleeps.
      if (seen?.leaseUntil === run.leaseUntil) return performance.now() - seen.since > 2 * renewMilliseconds;
      silentSince.set(run.id, { leaseUntil: run.leaseUntil, since: performance.now() });
    }
    return state === 'gone';
  }

  return {
    lease,
    renew() {
      if (performance.now() - renewed < renewMilliseconds) return null;
      renewed = performance.now();
      return new Set(renewClaims(project, owner, lease()));
    },
    interruptOrphans(own) {
      const orphans = listRunning(project).filter((run) => !own.has(run.id) && isDead(run));
      for (const { id } of orphans) silentSince.delete(id);
      return interrupted(project, orphans);
    },
  };
}

/** For whoever opens the project without a queue: ends the runs whose owner is certainly gone. @returns the runs ended */
export function interruptGone(project: Project): readonly number[] {
  return interrupted(
    project,
    listRunning(project).filter((run) => ownerState(run) === 'gone'),
  );
}

function interrupted(project: Project, orphans: readonly RunningRun[]): readonly number[] {
  const error =
    'the studio that computed it ended before it was done. What it had reported was kept; run it again, or resume it if it kept a checkpoint.';
  return orphans
    .filter((run) => finishRun(project, run.id, run.owner, { status: 'interrupted', error }))
    .map((run) => run.id);
}
