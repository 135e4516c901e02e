/**
 * Two groups of classes along one variable (imbalance ratio, decay or depth), squared loss: lengths, fits and the objective, with
 * the thresholds at which the groups vanish. Minority counts n_A/R are not rounded.
 */
import { optimalDirections, solveSquaredLoss } from './closed-form.ts';
import { targetDirections } from './directions.ts';
import { capacity } from './prices.ts';
import { aliveRatios, vanishingDecayFactor } from './thresholds.ts';
import type { ClassOptimum, DeepLinearProblem } from './types.ts';

export interface TwoGroups {
  readonly majorityCount: number;
  readonly majorityClasses: number;
  readonly minorityClasses: number;
  /** R = n_A/n_B. */
  readonly ratio: number;
  /** λ of every weight layer. */
  readonly decay: number;
  readonly featureDecay: number;
  readonly depth: number;
  readonly width: number | null;
  readonly bias: boolean;
}

export type SweepVariable = 'ratio' | 'decay' | 'depth';

export interface SweepPoint {
  readonly x: number;
  readonly objective: number;
  readonly majority: ClassOptimum;
  readonly minority: ClassOptimum;
}

/** The setting with the variable at x; `decay` sets λ_W = λ_H = x. */
export function settingAt(setting: TwoGroups, variable: SweepVariable, x: number): TwoGroups {
  if (variable === 'decay') return { ...setting, decay: x, featureDecay: x };
  return { ...setting, [variable]: x };
}

export function twoGroupProblem(setting: TwoGroups): DeepLinearProblem {
  const { majorityCount, majorityClasses, minorityClasses, ratio, decay, featureDecay, depth, width, bias } = setting;
  return {
    counts: [
      ...new Array<number>(majorityClasses).fill(majorityCount),
      ...new Array<number>(minorityClasses).fill(majorityCount / ratio),
    ],
    loss: 'mse',
    bias,
    decays: new Array<number>(depth).fill(decay),
    featureDecay,
    widths: width === null ? null : new Array<number>(depth).fill(width),
  };
}

/** The optimum at x; groups by their first class, which survives longest where widths cut inside a group. */
export function sweepPoint(setting: TwoGroups, variable: SweepVariable, x: number): SweepPoint {
  const { objective, classes } = solveSquaredLoss(twoGroupProblem(settingAt(setting, variable, x)));
  return { x, objective, majority: classes[0]!, minority: classes[setting.majorityClasses]! };
}

/** ‖w_k‖² = Σ_i U_ki² s̄_i^{2M} of some classes: all that a curve of lengths needs of an optimum. */
export function classifierSquares(problem: DeepLinearProblem, classes: readonly number[]): number[] {
  const K = problem.counts.length;
  const { weights, left } = targetDirections(problem.counts, problem.bias);
  const directions = optimalDirections(problem, weights).slice(0, capacity(problem));
  const power = 2 * problem.decays.length;
  return classes.map((k) =>
    directions.reduce((sum, { singularValue }, i) => sum + left[k * K + i]! ** 2 * singularValue ** power, 0),
  );
}

export interface SweepThresholds {
  /** Where contrasts of τ² = n_B become zero as x grows: without bias the minority vanishes, with bias its rows coincide. */
  readonly minority: number | null;
  readonly majority: number | null;
  /** Ratio below which the minority (then the larger part) is zero; null where there is none above R = 0. */
  readonly minorityFrom: number | null;
}

/** Thresholds along the variable; null: none (for depth they are no single number). Widths are left out of account. */
export function sweepThresholds(setting: TwoGroups, variable: SweepVariable): SweepThresholds {
  const none = { minority: null, majority: null, minorityFrom: null };
  if (variable === 'depth') return none;
  const problem = twoGroupProblem(settingAt(setting, variable, 1));
  if (variable === 'decay') {
    const counts = twoGroupProblem(setting).counts;
    const N = counts.reduce((sum, n) => sum + n, 0);
    // At λ = 1 the factor is the threshold itself.
    return {
      ...none,
      minority: vanishingDecayFactor(problem, N, counts.at(-1)!),
      majority: vanishingDecayFactor(problem, N, counts[0]!),
    };
  }
  const alive = aliveRatios({
    ...problem,
    majorityCount: setting.majorityCount,
    otherSamples: setting.majorityCount * setting.majorityClasses,
    minorityClasses: setting.minorityClasses,
  });
  return { ...none, minority: alive?.to ?? null, minorityFrom: alive?.from ?? null };
}
