/** Problems, flows and small measures that the claims about the unconstrained model share. */
import { momentGrid } from '../../models/flow/integrate.ts';
import { flowMeter, type FlowMeasurement } from '../../models/flow/measure.ts';
import type { FlowProblem } from '../../models/flow/problem.ts';
import { flowStart } from '../../models/flow/start.ts';
import { flowTrajectory, type Trajectory } from '../../models/flow/trajectory.ts';

export const JI = 'Ji, Lu, Zhang, Deng, Su 2022 (arXiv 2110.02796)';

export const sizes = (classes: number, perClass: number, dimension: number): FlowProblem => ({
  classes,
  perClass,
  dimension,
});

export const nameOf = ({ classes, perClass, dimension }: FlowProblem): string =>
  `K = ${classes}, n = ${perClass}, p = ${dimension}`;

/** A flow from a random start of unit scale, at the given powers of ten of time. */
export function randomFlow(
  problem: FlowProblem,
  seed: number,
  powers: readonly number[],
  tolerance: number,
): Trajectory & { readonly measurements: readonly FlowMeasurement[] } {
  const x = flowStart(problem, { kind: 'random', scale: 1, perturbation: 0, seed });
  const moments = powers.flatMap((power) => momentGrid(power, power, 1));
  const trajectory = flowTrajectory(problem, x, { moments, tolerance });
  return { ...trajectory, measurements: trajectory.moments.map(flowMeter(problem, x)) };
}

/** Powers of ten of time, even in their own logarithm: log t is the field's axis here. */
export function powersBetween(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
}

/** Slope of log y against log log t between two moments. */
export function slopeInLogTime(tau: readonly [number, number], y: readonly [number, number]): number {
  return Math.log(y[1] / y[0]) / Math.log(tau[1] / tau[0]);
}

/** The largest; NaN if any is NaN, so that what could not be measured fails. */
export function worst(errors: readonly number[]): number {
  return errors.some(Number.isNaN) ? NaN : Math.max(...errors);
}
