/**
 * What of a trained network the theory speaks of: the Gram matrices of its classifiers and class means and the budgets that
 * they spend, in float64. Only the geometry; how well the network does is measured elsewhere.
 *
 *     E_W = (1/K) Σ_k ‖w_k‖²      E_H = (1/K) Σ_k ‖h_k‖²
 *
 * h_k are the class means: with a bias less their mean over the classes, which a bias absorbs (docs/training.md), without
 * one as they are. A class without samples has no mean and spends nothing.
 */
import type { ClassMeans } from '../../../collapse/class-means.ts';

export interface MeasuredGeometry {
  /** K. */
  readonly classes: number;
  /** Labels with samples, ascending. */
  readonly present: readonly number[];
  /** W Wᵀ, K×K. */
  readonly classifier: Float64Array;
  /** Gram matrix of the class means less their mean, over `present`. */
  readonly centredMeans: Float64Array;
  readonly classifierBudget: number;
  readonly featureBudget: number;
}

/** @param weights W, K×p row-major */
export function measuredGeometry(
  weights: ArrayLike<number>,
  { counts, means }: Pick<ClassMeans, 'counts' | 'means'>,
  bias: boolean,
): MeasuredGeometry {
  const K = counts.length;
  const p = means.length / K;
  const present = [...counts.keys()].filter((k) => counts[k]! > 0);
  const raw = Float64Array.from(
    { length: present.length * p },
    (_, at) => means[present[Math.floor(at / p)]! * p + (at % p)]!,
  );
  const centred = Float64Array.from(raw);
  for (let j = 0; j < p; j++) {
    let mean = 0;
    present.forEach((_, row) => (mean += raw[row * p + j]! / present.length));
    present.forEach((_, row) => (centred[row * p + j] = raw[row * p + j]! - mean));
  }
  const classifier = gram(weights, K, p);
  const spent = bias ? centred : raw;
  return {
    classes: K,
    present,
    classifier,
    centredMeans: gram(centred, present.length, p),
    classifierBudget: trace(classifier, K) / K,
    featureBudget: spent.reduce((sum, value) => sum + value * value, 0) / K,
  };
}

function gram(rows: ArrayLike<number>, count: number, p: number): Float64Array {
  const out = new Float64Array(count * count);
  for (let j = 0; j < count; j++)
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i < p; i++) sum += rows[j * p + i]! * rows[k * p + i]!;
      out[j * count + k] = out[k * count + j] = sum;
    }
  return out;
}

function trace(matrix: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += matrix[k * count + k]!;
  return sum;
}
