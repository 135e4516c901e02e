/**
 * The imbalance ratio at which the minority's class means coincide under the contrastive loss, as in collapse-ratio.ts: at the
 * optimum over coinciding means they stay together iff the gradient on their contrasts is at least −λ. A crossing is found;
 * that it is the only one is not proven.
 */
import { findRoot } from '../../numerics/roots.ts';
import { minimiseOver } from './contrastive.ts';

/** Ratios beyond e^27 ≈ 5e11 count as never. */
const LARGEST_LOG_RATIO = 27;

export interface ContrastiveSetting {
  readonly majorityClasses: number;
  readonly minorityClasses: number;
  readonly featureBudget: number;
  readonly temperature: number;
}

/** R ≥ 1; null where it never does, or the minority is one class. */
export function contrastiveCollapseRatio(setting: ContrastiveSetting): number | null {
  const { majorityClasses: KA, minorityClasses: KB, featureBudget, temperature } = setting;
  if (KB === 1) return null;
  const excess = (t: number): number => {
    const groups = [
      { samples: Math.exp(t), classes: KA },
      { samples: 1, classes: KB },
    ];
    const support = { contrast: [KA > 1, false], mean: [true, true] };
    const { within, multiplier } = minimiseOver({ groups, featureBudget, temperature }, support);
    return Math.log(-within[1]!) - Math.log(Math.max(0, multiplier));
  };
  let low = 0;
  let high = 1;
  while (excess(high) > 0) {
    low = high;
    high *= 2;
    if (high > LARGEST_LOG_RATIO) return null;
  }
  return Math.exp(findRoot(excess, low, high, { tolerance: 1e-10 }));
}
