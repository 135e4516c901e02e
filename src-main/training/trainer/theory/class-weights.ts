/** What the samples of a class count in the loss of a training: how often they are drawn times their loss weight. */
import type { TrainingPlan } from '../../types.ts';

/** w_k = (D_k/n_k) × loss weight; 1 of a class without samples, whose weight is never felt. */
export function classWeights({
  counts,
  drawn,
  lossWeights,
}: Pick<TrainingPlan, 'counts' | 'drawn' | 'lossWeights'>): number[] {
  return counts.map((n, k) => (n === 0 ? 1 : (drawn[k]! / n) * (lossWeights?.[k] ?? 1)));
}
