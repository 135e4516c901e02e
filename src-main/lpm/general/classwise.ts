/**
 * A problem and its relaxed solution with every class a group of its own, for solutions that break the symmetry.
 */

import type { ClassGroup, LpmProblem, SymmetricLogits } from '../types.ts';
import { betweenMatrix } from './expand.ts';
import { mergeGroups, type Merging } from './reduced-problem.ts';

/** The problem with every class a group of its own, in listed order and not merged. */
export function classwise(problem: LpmProblem): Merging {
  const groups: ClassGroup[] = problem.groups.flatMap((group) =>
    Array.from({ length: group.classes }, () => ({ ...group, classes: 1 })),
  );
  const merged = mergeGroups(problem).reduced;
  const total = groups.reduce((sum, { samples, weight }) => sum + samples * weight, 0);
  return {
    reduced: {
      count: groups.length,
      sizes: new Float64Array(groups.length).fill(1),
      shares: Float64Array.from(groups, ({ samples, weight }) => (samples * weight) / total),
      radius: merged.radius,
    },
    target: groups.map((_, k) => k),
    sizes: groups.map(() => 1),
  };
}

/** Z (K×K, row-major). */
export function fullMatrix(logits: SymmetricLogits): Float64Array {
  const { sizes } = logits;
  const between = betweenMatrix(logits, sizes.length);
  const owner = sizes.flatMap((size, g) => Array.from({ length: size }, () => g));
  const K = owner.length;
  const out = new Float64Array(K * K);
  for (let j = 0; j < K; j++) {
    for (let k = 0; k < K; k++) {
      const g = owner[j]!;
      const h = owner[k]!;
      const value = between[g * sizes.length + h]! / Math.sqrt(sizes[g]! * sizes[h]!);
      out[j * K + k] = value + (g === h ? logits.contrasts[g]! * ((j === k ? 1 : 0) - 1 / sizes[g]!) : 0);
    }
  }
  return out;
}
