/**
 * The two thresholds of Minority Collapse, as fixed points rather than read off a curve (docs/lpm.md;
 * threshold-curves.ts).
 *
 * R0: minority classifiers coincide for every R ≥ R0 = 1/(1 − p_own + p_other), the fixed point at the optimum over β = 0.
 * R1: beyond it minority classifiers and features are zero.
 */
import { radiusOf } from './shares.ts';
import { collapseLogRatio, vanishLogRatio } from './threshold-curves.ts';
import type { TwoGroupSetting } from './two-group-problem.ts';

export interface Thresholds {
  /** Imbalance ratio R0 ≥ 1 at which the minority collapses; null: never, or beyond the largest double. */
  readonly r0: number | null;
  /** Imbalance ratio R1 ≥ R0 at which the minority vanishes; null: never, or beyond the largest double. */
  readonly r1: number | null;
  /** log R0 and log R1, natural: null means never, so a number here beside a null there is a ratio above 1.8e308. */
  readonly logR0: number | null;
  readonly logR1: number | null;
}

/**
 * Thresholds in terms of R = n_A/n_B for minority weight w_r (default 1; both scale with it).
 * Absolute accuracy of the logarithms about 1e-15 (1 + log R).
 */
export function thresholds(setting: TwoGroupSetting): Thresholds {
  const { majorityClasses: KA, minorityClasses: KB, featureBudget, classifierBudget } = setting;
  const radius = radiusOf(KA + KB, featureBudget, classifierBudget);
  const shift = Math.log(setting.minorityWeight ?? 1);
  const shifted = (value: number | null): number | null => (value === null ? null : value + shift);
  const logR0 = shifted(collapseLogRatio(KA, KB, radius));
  const logR1 = shifted(vanishLogRatio(KA, KB, radius));
  return { r0: ratioOf(logR0), r1: ratioOf(logR1), logR0, logR1 };
}

function ratioOf(logRatio: number | null): number | null {
  const ratio = logRatio === null ? Infinity : Math.exp(logRatio);
  return Number.isFinite(ratio) ? ratio : null;
}
