/**
 * The symmetric reduction of a Layer-Peeled problem: groups with equal share c_g merged, the radius, nothing solved.
 *
 * c_g = w_g n_g / Σ_k w_k n_k per class; ρ = K √(E_H E_W). Only c and ρ enter, so n and w act through their product.
 */

import { nuclearRadius } from '../shares.ts';
import type { LpmProblem } from '../types.ts';

export interface ReducedProblem {
  /** Number of merged groups G. */
  readonly count: number;
  /** K_g, descending in c. Real numbers ≥ 1: aggregated problems (grid.ts) use averages over classes. */
  readonly sizes: Float64Array;
  /** c_g, descending, Σ K_g c_g = 1. */
  readonly shares: Float64Array;
  /** ρ, the bound on ‖Z‖_*. */
  readonly radius: number;
}

/** How the groups a user listed map onto the merged ones. */
export interface Merging {
  readonly reduced: ReducedProblem;
  /** Merged index of each listed group. */
  readonly target: readonly number[];
  /** K_g of each listed group. */
  readonly sizes: readonly number[];
}

/** Relative difference below which two shares count as equal: products w·n that differ by rounding only. */
const EQUAL_SHARES = 1e-13;

/**
 * Merges equal shares. Throws a RangeError for a problem outside the contract of LpmProblem (no class, a negative or
 * non-finite count, weight or budget, or no positive w·n).
 */
export function mergeGroups(problem: LpmProblem): Merging {
  const { groups, featureBudget, classifierBudget } = problem;
  if (!(featureBudget > 0 && Number.isFinite(featureBudget))) {
    throw new RangeError(`feature budget must be positive: ${featureBudget}`);
  }
  if (!(classifierBudget > 0 && Number.isFinite(classifierBudget))) {
    throw new RangeError(`classifier budget must be positive: ${classifierBudget}`);
  }
  for (const { samples, classes, weight } of groups) {
    if (!(samples >= 0 && Number.isFinite(samples))) throw new RangeError(`samples must not be negative: ${samples}`);
    if (!(Number.isInteger(classes) && classes >= 1)) throw new RangeError(`classes must be at least 1: ${classes}`);
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`weight must not be negative: ${weight}`);
  }
  const mass = groups.map(({ samples, weight }) => samples * weight);
  const total = groups.reduce((sum, { classes }, g) => sum + classes * mass[g]!, 0);
  if (!(total > 0)) throw new RangeError(`total weighted samples must be positive: ${total}`);
  const order = mass.map((_, g) => g).sort((i, j) => mass[j]! - mass[i]!);
  const target = new Array<number>(groups.length).fill(0);
  const sizes: number[] = [];
  const weighted: number[] = [];
  let first = NaN;
  for (const g of order) {
    const size = groups[g]!.classes;
    const last = sizes.length - 1;
    if (last >= 0 && first - mass[g]! <= EQUAL_SHARES * first) {
      sizes[last] = sizes[last]! + size;
      weighted[last] = weighted[last]! + size * mass[g]!;
      target[g] = last;
    } else {
      first = mass[g]!;
      sizes.push(size);
      weighted.push(size * first);
      target[g] = last + 1;
    }
  }
  return {
    reduced: {
      count: sizes.length,
      sizes: Float64Array.from(sizes),
      shares: Float64Array.from(sizes, (size, g) => weighted[g]! / size / total),
      radius: nuclearRadius(problem),
    },
    target,
    sizes: groups.map(({ classes }) => classes),
  };
}
