/**
 * The classes of a training set as the groups of the Layer-Peeled Model: classes of equal count n_k and equal weight w_k stand
 * together. The weight of a class is what its samples count in the loss.
 */
import type { ClassGroup } from '../lpm/types.ts';

export interface ClassGroups {
  /** Descending in n_g. */
  readonly groups: readonly ClassGroup[];
  /** Labels of each group, ascending. */
  readonly members: readonly (readonly number[])[];
}

/** @param weights w_k ≥ 0, one per class; null: all 1 */
export function classGroups(counts: readonly number[], weights: readonly number[] | null): ClassGroups {
  const found = new Map<string, { readonly group: Omit<ClassGroup, 'classes'>; readonly labels: number[] }>();
  counts.forEach((samples, k) => {
    const weight = weights?.[k] ?? 1;
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
