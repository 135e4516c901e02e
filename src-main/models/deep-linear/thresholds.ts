/**
 * Where classes and directions vanish, as formulas or roots rather than read off a curve. A direction of weight τ² is zero iff
 *     b = M N (N Πλ_j λ_H)^{1/M}/τ² ≥ β_M
 * (scalar.ts). Solved for the weight at given N, for a common factor of all decays, and for the imbalance ratio.
 */
import { findRoot } from '../../numerics/roots.ts';
import { logPriceTimesWeight, sampleCount } from './prices.ts';
import { zeroBound } from './scalar.ts';
import type { DeepLinearProblem, DeepLinearSolution } from './types.ts';

type Decays = Pick<DeepLinearProblem, 'decays' | 'featureDecay'>;

/** n*: with N samples in all, a class of n_k ≤ n* samples (without bias; with it, a direction of τ² ≤ n*) is exactly zero. */
export function vanishingWeight(decays: Decays, N: number): number {
  return Math.exp(logPriceTimesWeight(decays, N)) / zeroBound(decays.decays.length);
}

/** f*: with all decays multiplied by f ≥ f*, a direction of weight τ² is exactly zero. */
export function vanishingDecayFactor(decays: Decays, N: number, weight: number): number {
  const M = decays.decays.length;
  // Multiplying M + 1 decays by f multiplies b by f^{(M+1)/M}.
  return Math.exp((M / (M + 1)) * (Math.log(weight) - Math.log(vanishingWeight(decays, N))));
}

/**
 * The decay factor from which on class k is exactly zero: the largest over the directions that it takes part in. 0 for a
 * class that the widths leave out. (Squared loss only.)
 */
export function classDecayFactors({ problem, directions, form, capacity }: DeepLinearSolution): number[] {
  const N = sampleCount(problem.counts);
  return problem.counts.map((_, k) => {
    let largest = 0;
    for (let i = 0; i < capacity; i++) {
      const { weight } = directions[i]!;
      if (weight > 0 && Math.abs(form.left[k * form.rank + i]!) > 1e-12)
        largest = Math.max(largest, vanishingDecayFactor(problem, N, weight));
    }
    return largest;
  });
}

export interface RatioSetting extends Decays {
  /** n_A: what the minority's count n_A/R is measured by. */
  readonly majorityCount: number;
  /** Samples of all classes but the minority; K_A n_A for two groups. */
  readonly otherSamples: number;
  /** K_B. */
  readonly minorityClasses: number;
}

/**
 * The imbalance ratios R at which classes of n_A/R samples are alive: the open interval (from, to); null if at none. The
 * logarithm of b is convex in log R (N is a sum of exponentials), so one interval is all there is.
 */
export function aliveRatios(setting: RatioSetting): { readonly from: number; readonly to: number } | null {
  const { majorityCount, otherSamples, minorityClasses } = setting;
  const M = setting.decays.length;
  const bound = Math.log(zeroBound(M)) + Math.log(majorityCount);
  /** log b − log β at R = e^u. */
  const excess = (u: number): number =>
    logPriceTimesWeight(setting, otherSamples + minorityClasses * majorityCount * Math.exp(-u)) + u - bound;
  const lowest = Math.log((minorityClasses * majorityCount) / (M * otherSamples));
  if (!(excess(lowest) < 0)) return null;
  // N exceeds each of its two parts alone, which gives a point on either side where b ≥ β; a little beyond it, for where the
  // other part does not count the two agree to rounding.
  const to = bound - logPriceTimesWeight(setting, otherSamples) + 0.01;
  const from = -M * (bound - logPriceTimesWeight(setting, minorityClasses * majorityCount) + 0.01);
  const root = (a: number, b: number): number => Math.exp(findRoot(excess, a, b, { tolerance: 1e-15 }));
  return { from: root(from, lowest), to: root(lowest, to) };
}
