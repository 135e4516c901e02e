/**
 * The imbalance ratio at which Minority Collapse sets in under a softmax-type loss: the analogue of R0 (thresholds.ts).
 * At the optimum over β = 0 the minority's classifiers stay together iff the gradient's within-minority singular value is
 * at most λ. The crossing is found to rounding; that it is the only one is proven for cross-entropy alone (docs/lpm-losses.md).
 */
import { radiusOf } from '../shares.ts';
import { ratioInstance, type TwoGroupSetting } from '../two-group-problem.ts';
import { crossingRatio } from './crossing-ratio.ts';
import type { ChosenLoss } from './softmax-type.ts';
import { twoTerms } from './solve-softmax-type.ts';
import { minimiseTwoGroups } from './two-group-minimise.ts';
import { certifyTwoGroups } from './two-group-objective.ts';

/** R ≥ 1 where the minority starts to coincide (minority weight 1); null where it never does, or has one class. */
export function collapseRatio(setting: Omit<TwoGroupSetting, 'minorityWeight'>, chosen: ChosenLoss): number | null {
  const { majorityClasses: KA, minorityClasses: KB } = setting;
  if (KB === 1) return null;
  const radius = radiusOf(KA + KB, setting.featureBudget, setting.classifierBudget);
  const excess = (t: number): number => {
    const { instance } = ratioInstance({ majorityClasses: KA, minorityClasses: KB }, Math.exp(t), radius);
    const terms = twoTerms(instance, chosen);
    const { z } = minimiseTwoGroups(terms, radius, { alpha: KA > 1, beta: false, between: true });
    const { singularValues, multiplier } = certifyTwoGroups(terms, radius, z);
    // No gradient at all: the losses are zero to rounding, and nothing tells together from apart.
    if (!(multiplier > 0)) return Infinity;
    return Math.log(singularValues[1]) - Math.log(multiplier);
  };
  return crossingRatio(excess, 1e-11);
}
