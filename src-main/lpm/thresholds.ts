/**
 * The two thresholds of Minority Collapse, as fixed points rather than read off a curve (derivation: docs/lpm.md).
 *
 * R0: minority classifiers coincide for every R ≥ R0. At the optimum over β = 0 the minority's within-group singular
 *     value is exactly c_B, so collapse holds iff c_B ≤ λ(R); R0 is the root of log c_B − log λ.
 * R1: beyond it minority classifiers and features are zero. With α = ρ/(K_A − 1), p the softmax of a majority column,
 *     σ = 1 − p_own + p_other, q the total probability of the minority classes:
 *     R1² = (K_A/K) / (σ² − (K/K_B) q²) if the bracket is positive, else never.
 */
import { findRoot } from '../numerics/roots.ts';
import { radiusOf } from './shares.ts';
import { createTwoGroupSolution, solveOverCollapsed } from './two-group.ts';
import { ratioInstance, type TwoGroupSetting } from './two-group-problem.ts';

export interface Thresholds {
  /** Imbalance ratio R0 ≥ 1 at which the minority collapses; null: never. */
  readonly r0: number | null;
  /** Imbalance ratio R1 ≥ R0 at which the minority vanishes; null: never. */
  readonly r1: number | null;
}

/** log R beyond which a threshold counts as never: the shares underflow there. */
const LARGEST_LOG_RATIO = 690;

/**
 * Thresholds in terms of R = n_A/n_B for minority weight w_r (default 1; both scale with it).
 * Relative accuracy 1e-12 (R0: root of a function evaluated to rounding).
 */
export function thresholds(setting: TwoGroupSetting): Thresholds {
  const weight = setting.minorityWeight ?? 1;
  const scaled = (value: number | null): number | null => (value === null ? null : value * weight);
  return { r0: scaled(collapseRatio(setting)), r1: scaled(vanishRatio(setting)) };
}

function collapseRatio(setting: TwoGroupSetting): number | null {
  if (setting.minorityClasses === 1) return null;
  const rho = radius(setting);
  const z = createTwoGroupSolution();
  /** log c_B − log λ at the optimum over β = 0, at R = e^t, for weight 1. */
  const excess = (t: number): number => {
    const { instance } = ratioInstance({ ...setting, minorityWeight: 1 }, Math.exp(t), rho);
    return Math.log(instance.minorityShare) - Math.log(solveOverCollapsed(instance, z));
  };
  let low = 0;
  let high = 1;
  while (excess(high) > 0) {
    low = high;
    high *= 2;
    if (high > LARGEST_LOG_RATIO) return null;
  }
  return Math.exp(findRoot(excess, low, high, { tolerance: 1e-14 }));
}

function vanishRatio(setting: TwoGroupSetting): number | null {
  const { majorityClasses: KA, minorityClasses: KB } = setting;
  if (KA === 1) return null;
  const K = KA + KB;
  const alpha = radius(setting) / (KA - 1);
  const own = (KA - 1) * Math.exp(-alpha);
  const other = KB * Math.exp(-alpha * (1 - 1 / KA));
  const denominator = 1 + own + other;
  const sigma = ((own * KA) / (KA - 1) + other) / denominator;
  const q = other / denominator;
  const root = Math.sqrt(K / KB) * q;
  // Difference of squares as a product: the bracket may be small against either.
  const bracket = (sigma - root) * (sigma + root);
  return bracket > 0 ? Math.sqrt(KA / K / bracket) : null;
}

function radius({ majorityClasses, minorityClasses, featureBudget, classifierBudget }: TwoGroupSetting): number {
  return radiusOf(majorityClasses + minorityClasses, featureBudget, classifierBudget);
}
