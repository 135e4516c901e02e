/**
 * What an optimum under per-class budgets says by group, in the order in which the user listed the groups, beside the
 * optimum under the paper's mean budgets.
 */
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { gramGeometry, type GramGeometry } from '../gram-geometry.ts';
import { solve } from '../solve.ts';
import type { ClassGroup, LpmProblem, LpmSolution } from '../types.ts';
import { PER_CLASS_TOLERANCE, type PerClassOptimum } from './solve.ts';

/** Eigenvalues of X below this share of the largest count as zero in the rank. */
const RANK_TOLERANCE = 1e-6;

export interface PerClassGroup extends ClassGroup {
  readonly classifierNorm: number;
  readonly featureNorm: number;
  readonly classifierCosine: number | null;
  readonly featureCosine: number | null;
  readonly margin: number;
  readonly loss: number;
  /** The group's classes have one and the same logits: contrasts exactly zero, K_g > 1. */
  readonly collapsed: boolean;
  /** Price of one class's budgets: decrease of the loss per unit of its ‖w_k‖² and ‖h_k‖² (in the scaled units of r), halved. */
  readonly classifierMultiplier: number;
  readonly featureMultiplier: number;
}

export interface PerClassSolution {
  readonly objective: number;
  readonly gap: number;
  readonly relativeGap: number;
  readonly lowerBound: number;
  readonly certified: boolean;
  readonly iterations: number;
  /** Rank of the Gram matrix of all classifiers and features: a feature dimension that is certainly enough. */
  readonly rank: number;
  readonly groups: readonly PerClassGroup[];
  readonly crossCosines: {
    readonly classifier: readonly (readonly (number | null)[])[];
    readonly feature: readonly (readonly (number | null)[])[];
  };
  /** The same problem under mean budgets. */
  readonly mean: LpmSolution;
}

export function describePerClass(problem: LpmProblem, optimum: PerClassOptimum): PerClassSolution {
  const { merging, between, contrasts } = optimum;
  const { count: G, sizes } = merging.reduced;
  const classes = [...sizes];
  const block = (row: number, column: number): Float64Array =>
    Float64Array.from({ length: G * G }, (_, e) => between[(row + Math.floor(e / G)) * 2 * G + column + (e % G)]!);
  const W = gramGeometry(classes, optimum.classifierContrasts, block(0, 0));
  const H = gramGeometry(classes, optimum.featureContrasts, block(G, G));
  const M = block(0, G);
  // Both sides were scaled to the budget √(E_H E_W).
  const scale = Math.sqrt(Math.sqrt(problem.classifierBudget / problem.featureBudget));
  const target = merging.target;
  const spread = ({ cosines }: GramGeometry): (number | null)[][] =>
    target.map((a, g) =>
      target.map((b, h) => (g === h && problem.groups[g]!.classes === 1 ? null : (cosines[a]![b] ?? null))),
    );
  const [classifier, feature] = [spread(W), spread(H)];
  const groups = problem.groups.map((group, g): PerClassGroup => {
    const a = target[g]!;
    return {
      ...group,
      classifierNorm: W.norms[a]! * scale,
      featureNorm: H.norms[a]! / scale,
      classifierCosine: classifier[g]![g]!,
      featureCosine: feature[g]![g]!,
      ...marginAndLoss(classes, contrasts, M, a),
      collapsed: group.classes > 1 && contrasts[a] === 0,
      classifierMultiplier: optimum.classifierMultipliers[a]!,
      featureMultiplier: optimum.featureMultipliers[a]!,
    };
  });
  return {
    objective: optimum.objective,
    gap: optimum.gap,
    relativeGap: optimum.relativeGap,
    lowerBound: Math.max(0, optimum.objective - optimum.gap),
    certified: optimum.relativeGap <= PER_CLASS_TOLERANCE,
    iterations: optimum.iterations,
    rank: rankOf(optimum, classes),
    groups,
    crossCosines: { classifier, feature },
    mean: solve({ ...problem, dimension: null }),
  };
}

/** Margin and cross-entropy of a class of group g; M holds the logits between groups. */
function marginAndLoss(sizes: readonly number[], contrasts: Float64Array, M: Float64Array, g: number) {
  const G = sizes.length;
  const own = M[g * G + g]! / sizes[g]! + contrasts[g]! * (1 - 1 / sizes[g]!);
  let largest = -Infinity;
  let odds = 0;
  sizes.forEach((size, h) => {
    const others = h === g ? size - 1 : size;
    if (others === 0) return;
    const logit = M[h * G + g]! / Math.sqrt(size * sizes[g]!) - (h === g ? contrasts[g]! / size : 0);
    largest = Math.max(largest, logit);
    odds += others * Math.exp(logit - own);
  });
  return { margin: own - largest, loss: Math.log1p(odds) };
}

function rankOf(
  { between, classifierContrasts, featureContrasts, contrasts }: PerClassOptimum,
  sizes: readonly number[],
): number {
  const values = [...symmetricEigen(between, 2 * sizes.length, false).values].map((value) => ({ value, count: 1 }));
  sizes.forEach((size, g) => {
    const mean = (classifierContrasts[g]! + featureContrasts[g]!) / 2;
    const half = Math.hypot((classifierContrasts[g]! - featureContrasts[g]!) / 2, contrasts[g]!);
    for (const value of [mean + half, mean - half]) values.push({ value, count: size - 1 });
  });
  const largest = Math.max(...values.map(({ value }) => value));
  return values.reduce((sum, { value, count }) => sum + (value > RANK_TOLERANCE * largest ? count : 0), 0);
}
