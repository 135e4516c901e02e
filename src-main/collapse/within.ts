/**
 * Second pass: how samples lie about their class mean, and what the classifier makes of them. δ = h − μ_y is formed before
 * anything is squared, so that nothing cancels near collapse. The projection of δ on the r directions between classes is
 * all that tr(Σ_W Σ_B⁺) needs: N r d work and no d×d matrix.
 */
import { multiplyTransposed } from '../numerics/matrix-product.ts';
import type { Between } from './between.ts';
import type { ClassMeans } from './class-means.ts';
import type { Classifier, FeatureSource } from './types.ts';

export interface Within {
  /** Σ_{i in k} ‖δ_i‖², per class. */
  readonly squares: Float64Array;
  /** Σ_{i in k} (q_a·δ_i)², K×r. */
  readonly along: Float64Array;
  /** Σ_k s_k Σ_i δδᵀ with s_k = `scatterWeights`, d×d; null unless asked for. */
  readonly scatter: Float64Array | null;
  readonly decisions: Decisions | null;
}

export interface Decisions {
  /** Samples that the classifier gets right; that it decides as the nearest class mean does; per class. */
  readonly correct: Float64Array;
  readonly agreeing: Float64Array;
  /** Least own logit minus largest other, per class; +∞ without samples. */
  readonly margin: Float64Array;
}

/** @param scatterWeights weight of a sample of class k in the scatter; null: no scatter is formed. */
export async function withinClasses(
  source: FeatureSource,
  { means, counts }: ClassMeans,
  groups: Between,
  classifier: Classifier | null,
  scatterWeights: Float64Array | null,
  breathe: () => Promise<void>,
): Promise<Within> {
  const d = source.dimension;
  const K = counts.length;
  const r = groups.values.length;
  const squares = new Float64Array(K);
  const along = new Float64Array(K * r);
  const scatter = scatterWeights === null ? null : new Float64Array(d * d);
  const decide = classifier === null ? null : decider(classifier, groups, K, d);
  for (const { rows, values, labels } of source.chunks()) {
    const delta = new Float64Array(rows * d);
    for (let i = 0; i < rows; i++) {
      const k = labels[i]!;
      let square = 0;
      for (let j = 0; j < d; j++) {
        const difference = values[i * d + j]! - means[k * d + j]!;
        delta[i * d + j] = difference;
        square += difference * difference;
      }
      squares[k] = squares[k]! + square;
    }
    const projected = multiplyTransposed(delta, groups.directions, rows, d, r);
    for (let i = 0; i < rows; i++) {
      const at = labels[i]! * r;
      for (let a = 0; a < r; a++) along[at + a] = along[at + a]! + projected[i * r + a]! ** 2;
    }
    decide?.chunk(values, labels, rows);
    if (scatter) addScatter(scatter, delta, labels, scatterWeights!, rows, d);
    await breathe();
  }
  return { squares, along, scatter, decisions: decide?.result ?? null };
}

/** Compares argmax_k (w_k·h + b_k) with argmin_k ‖h − μ_k‖, the latter about μ_G so that its squares stay small. */
function decider({ weights, bias }: Classifier, groups: Between, K: number, d: number) {
  const { present, centre, means } = groups;
  const P = present.length;
  const halfSquares = Float64Array.from({ length: P }, (_, row) => {
    let sum = 0;
    for (let j = row * d; j < (row + 1) * d; j++) sum += means[j]! ** 2;
    return sum / 2;
  });
  const result = {
    correct: new Float64Array(K),
    agreeing: new Float64Array(K),
    margin: new Float64Array(K).fill(Infinity),
  };
  const chunk = (values: Float64Array | Float32Array, labels: Int32Array, rows: number): void => {
    const features = Float64Array.from(values);
    const logits = multiplyTransposed(features, weights, rows, d, K);
    for (let i = 0; i < rows; i++) for (let j = 0; j < d; j++) features[i * d + j] = features[i * d + j]! - centre[j]!;
    const closeness = multiplyTransposed(features, means, rows, d, P);
    for (let i = 0; i < rows; i++) {
      const own = labels[i]!;
      const logit = (k: number): number => logits[i * K + k]! + (bias?.[k] ?? 0);
      let chosen = 0;
      let other = -Infinity;
      for (let k = 0; k < K; k++) {
        if (logit(k) > logit(chosen)) chosen = k;
        if (k !== own) other = Math.max(other, logit(k));
      }
      let nearest = 0;
      let best = -Infinity;
      for (let row = 0; row < P; row++) {
        const score = closeness[i * P + row]! - halfSquares[row]!;
        if (score > best) [nearest, best] = [row, score];
      }
      if (chosen === own) result.correct[own] = result.correct[own]! + 1;
      if (chosen === present[nearest]) result.agreeing[own] = result.agreeing[own]! + 1;
      result.margin[own] = Math.min(result.margin[own]!, logit(own) - other);
    }
  };
  return { chunk, result };
}

function addScatter(
  scatter: Float64Array,
  delta: Float64Array,
  labels: Int32Array,
  weights: Float64Array,
  rows: number,
  d: number,
): void {
  // Columns as rows, so that the product reads both operands in order.
  const columns = new Float64Array(d * rows);
  for (let i = 0; i < rows; i++) {
    const root = Math.sqrt(weights[labels[i]!]!);
    for (let j = 0; j < d; j++) columns[j * rows + i] = root * delta[i * d + j]!;
  }
  const product = multiplyTransposed(columns, columns, d, rows, d);
  for (let j = 0; j < product.length; j++) scatter[j] = scatter[j]! + product[j]!;
}
