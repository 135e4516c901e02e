/**
 * A whole flow at once: its moments, and how far they are from those of a more careful integration. For claims, the
 * Explorer and tests; a job steps through integrate.ts itself, so that it can be stopped.
 */
import { norm } from '../../numerics/vector.ts';
import { integrateFlow, type FlowEnd, type FlowOptions, type Moment } from './integrate.ts';
import type { FlowProblem, FlowState } from './problem.ts';

export interface Trajectory {
  readonly moments: readonly Moment[];
  readonly end: FlowEnd;
}

export function flowTrajectory(problem: FlowProblem, start: FlowState, options: FlowOptions): Trajectory {
  const moments: Moment[] = [];
  const steps = integrateFlow(problem, start, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { moments, end: step.value };
    moments.push(...step.value.moments);
  }
}

/** ‖x − y‖/‖y‖ over the moments that both reached, the largest; 0 where there is none. */
export function largestDifference(moments: readonly Moment[], reference: readonly Moment[]): number {
  let largest = 0;
  reference.slice(0, moments.length).forEach(({ state }, m) => {
    const size = norm(state);
    const difference = norm(state.map((value, i) => value - moments[m]!.state[i]!));
    if (difference > 0) largest = Math.max(largest, size > 0 ? difference / size : Infinity);
  });
  return largest;
}
