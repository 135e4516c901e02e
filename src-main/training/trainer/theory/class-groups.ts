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

export interface Sampling {
  /** w_r: how often a minority sample is drawn in an epoch. */
  readonly oversampling: number;
  /** Every class is drawn equally often. */
  readonly balanced: boolean;
}

export function classWeights(
  { counts, majority, lossWeights }: Pick<TrainingPlan, 'counts' | 'majority' | 'lossWeights'>,
  { oversampling, balanced }: Sampling,
): number[] {
  const largest = Math.max(...counts);
  return counts.map((n, k) => {
    const drawn = balanced
      ? n === 0
        ? 0
        : largest / n
      : majority.length > 0 && !majority.includes(k)
        ? oversampling
        : 1;
    return drawn * (lossWeights?.[k] ?? 1);
  });
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
