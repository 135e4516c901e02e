/**
 * What of a trained network the theory speaks of: the Gram matrices of its classifiers and class means, and the budgets that
 * they spend. How well the network does is measured elsewhere.
 *
 *     E_W = (1/K) Σ_k ‖w_k‖²      E_H = (1/K) Σ_k ‖h_k‖²
 *
 * h_k are the class means: with a bias less their mean over the classes, which a bias absorbs (docs/collapse.md), without
 * one as they are. A class without samples has no mean and spends nothing.
 */
import type { ClassMeans } from './class-means.ts';
import { vectorSet, type VectorSet } from './vectors.ts';

/** A Gram matrix whose rows and columns are those of labels, ascending. */
export interface LabelledGram {
  readonly labels: readonly number[];
  readonly gram: Float64Array;
}

export interface MeasuredGrams {
  /** n_k, all K. */
  readonly counts: readonly number[];
  /** W Wᵀ of all classes, and E_W; null: no classifier was given. */
  readonly classifier: (LabelledGram & { readonly budget: number }) | null;
  /** Class means as they are, and less their mean, of the classes that have samples. */
  readonly mean: LabelledGram;
  readonly centredMean: LabelledGram;
  readonly featureBudget: number;
}

/**
 * @param W the classifiers of all K classes; null: none
 * @param bias whether the classifier has one
 */
export function measuredGrams(
  { counts, means }: Pick<ClassMeans, 'counts' | 'means'>,
  W: VectorSet | null,
  bias: boolean,
): MeasuredGrams {
  const K = counts.length;
  const d = means.length / K;
  const labels = [...counts.keys()].filter((k) => counts[k]! > 0);
  const P = labels.length;
  const rows = Float64Array.from({ length: P * d }, (_, at) => means[labels[Math.floor(at / d)]! * d + (at % d)]!);
  const centre = new Float64Array(d);
  for (let at = 0; at < P * d; at++) centre[at % d] = centre[at % d]! + rows[at]! / P;
  const { gram: mean } = vectorSet(rows, P, d);
  const { gram: centredMean } = vectorSet(
    rows.map((value, at) => value - centre[at % d]!),
    P,
    d,
  );
  return {
    counts: [...counts],
    classifier: W && { labels: [...counts.keys()], gram: W.gram, budget: trace(W.gram, K) / K },
    mean: { labels, gram: mean },
    centredMean: { labels, gram: centredMean },
    featureBudget: trace(bias ? centredMean : mean, P) / K,
  };
}

function trace(matrix: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += matrix[k * count + k]!;
  return sum;
}
