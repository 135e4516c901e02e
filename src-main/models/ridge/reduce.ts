/** From a ridge problem to its reduced form, classes of equal count merged; nothing is solved. */
import { mergeGroups, type Merging } from '../../lpm/general/solve.ts';
import type { ReducedRidge, RidgeProblem } from './types.ts';

export interface RidgeReduction {
  readonly reduced: ReducedRidge;
  /** How the listed groups map onto the merged ones (lpm/general/expand.ts). */
  readonly merging: Merging;
}

/** l = √(λ_W λ_H), the roots taken factor by factor: the product of two tiny decays may underflow. */
export function decayOf({ classifierDecay, featureDecay }: RidgeProblem): number {
  return Math.sqrt(classifierDecay) * Math.sqrt(featureDecay);
}

export function sampleCount(groups: RidgeProblem['groups']): number {
  return groups.reduce((sum, { samples, classes }) => sum + samples * classes, 0);
}

export function reduce(problem: RidgeProblem): RidgeReduction {
  // Budgets play no part in merging.
  const merging = mergeGroups({
    groups: problem.groups.map((group) => ({ ...group, weight: 1 })),
    featureBudget: 1,
    classifierBudget: 1,
    dimension: null,
  });
  const { count, sizes, shares } = merging.reduced;
  const N = sampleCount(problem.groups);
  const lengths = shares.map((share) => (problem.normalisation === 'sample' ? Math.sqrt(share * N) : 1));
  const { loss, bias } = problem;
  return { reduced: { count, sizes, shares, lengths, decay: decayOf(problem), loss, bias }, merging };
}
