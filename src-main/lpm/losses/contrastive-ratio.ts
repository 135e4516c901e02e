/**
 * The imbalance ratio at which the minority's class means coincide under the contrastive loss, as in collapse-ratio.ts: at the
 * optimum over coinciding means they stay together iff the gradient on their contrasts is at least −λ. A crossing is found;
 * that it is the only one is not proven.
 */
import { minimiseOver } from './contrastive.ts';
import { crossingRatio } from './crossing-ratio.ts';

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
  return crossingRatio(excess, 1e-10);
}
