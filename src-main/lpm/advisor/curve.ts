/** What a growing weight on the minority does, weight by weight: the curve between doing nothing and the balanced problem. */
import { outlook, type Outlook } from './outlook.ts';
import { imbalanceRatio, weightedProblem, type TrainingSet } from './training-set.ts';

/** `count` weights from 1 to twice the imbalance ratio, evenly in the logarithm. */
export function curveWeights(set: TrainingSet, count: number): readonly number[] {
  const last = 2 * imbalanceRatio(set);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 1 : last ** (i / (count - 1))));
}

export function outlookAt(set: TrainingSet, weight: number): Outlook {
  return outlook(set, weightedProblem(set, weight));
}
