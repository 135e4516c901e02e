/**
 * The classes of a training set as the groups of the Layer-Peeled Model: classes of equal count n_k and equal weight w_k stand
 * together. The weight of a class is what its samples count in the loss: how often they are drawn times their loss weight.
 */
import type { ClassGroup } from '../../../lpm/types.ts';
import type { TrainingPlan } from '../../types.ts';

export interface ClassGroups {
  /** Descending in n_g. */
  readonly groups: readonly ClassGroup[];
  /** Labels of each group, ascending. */
  readonly members: readonly (readonly number[])[];
}

/** w_k = (D_k/n_k) × loss weight; 1 of a class without samples, whose weight is never felt. */
export function classWeights({
  counts,
  drawn,
  lossWeights,
}: Pick<TrainingPlan, 'counts' | 'drawn' | 'lossWeights'>): number[] {
  return counts.map((n, k) => (n === 0 ? 1 : (drawn[k]! / n) * (lossWeights?.[k] ?? 1)));
}

/** @param weights w_k ≥ 0, one per class */
export function classGroups(counts: readonly number[], weights: readonly number[]): ClassGroups {
  const found = new Map<string, { readonly group: Omit<ClassGroup, 'classes'>; readonly labels: number[] }>();
  counts.forEach((samples, k) => {
    const weight = weights[k]!;
    const key = `${samples} ${weight}`;
    const entry = found.get(key) ?? { group: { samples, weight }, labels: [] };
    found.set(key, entry);
    entry.labels.push(k);
  });
  const sorted = [...found.values()].sort((a, b) => b.group.samples - a.group.samples);
  return {
    groups: sorted.map(({ group, labels }) => ({ ...group, classes: labels.length })),
    members: sorted.map(({ labels }) => labels),
  };
}
