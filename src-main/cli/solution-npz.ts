/** A solution as NumPy arrays: one optimal pair (W, H), the problem, and the certificate. */
import { writeNpz } from '../interop/npz.ts';
import type { NpyArray } from '../interop/npy.ts';
import { classifiersAndFeatures } from '../lpm/geometry.ts';
import type { ClassGroup, LpmSolution } from '../lpm/types.ts';

function scalar(value: number): NpyArray {
  return { shape: [], data: Float64Array.of(value) };
}

/** One value per class, in class order. */
function perClass(groups: readonly ClassGroup[], pick: (group: ClassGroup) => number): number[] {
  return groups.flatMap((group) => new Array<number>(group.classes).fill(pick(group)));
}

/** @param dimension p of the pair; null for the least that holds it, the rank. */
export function solutionNpz(solution: LpmSolution, dimension: number | null): Uint8Array {
  const { problem, logits } = solution;
  const p = dimension ?? Math.max(1, solution.rank);
  const counts = perClass(problem.groups, (group) => group.samples);
  const { classifiers, features } = classifiersAndFeatures(problem, logits, p);
  return writeNpz({
    classifiers: { shape: [counts.length, p], data: classifiers },
    features: { shape: [p, counts.length], data: features },
    class_counts: { shape: [counts.length], data: BigInt64Array.from(counts, BigInt) },
    weights: { shape: [counts.length], data: Float64Array.from(perClass(problem.groups, (group) => group.weight)) },
    feature_budget: scalar(problem.featureBudget),
    classifier_budget: scalar(problem.classifierBudget),
    objective: scalar(solution.objective),
    gap: scalar(solution.gap),
    lower_bound: scalar(solution.lowerBound),
    rank: { shape: [], data: BigInt64Array.of(BigInt(solution.rank)) },
    certified: { shape: [], data: Uint8Array.of(solution.certified ? 1 : 0) },
  });
}
