/**
 * Ridge cross-entropy by an accelerated proximal gradient method on the full K×K logits: the slow and independent check of
 * models/ridge. It knows no groups, no threshold and no closed form.
 *
 *     min_Y (1/N) Σ_k n_k CE((Y D^{−1/2})[:,k] + b, k) + l‖Y‖_*,   D = diag(n)
 */
import { singularValueDecomposition } from '../../../numerics/singular-values.ts';

export interface PlainRidge {
  /** n_k per class. */
  readonly counts: readonly number[];
  /** l. */
  readonly decay: number;
  readonly bias: boolean;
}

export interface PlainSolution {
  /** Z = Y D^{−1/2}, K×K row-major. */
  readonly logits: Float64Array;
  readonly weighted: Float64Array;
  readonly objective: number;
}

/** The point after that many iterations of FISTA, restarted where momentum points uphill. */
export function solvePlainly({ counts, decay, bias }: PlainRidge, iterations: number): PlainSolution {
  const K = counts.length;
  const N = counts.reduce((a, b) => a + b, 0);
  const roots = counts.map(Math.sqrt);
  // Curvature in Y is at most (1/2) max c_k/n_k = 1/(2N), in b at most 1/2; both together need half the step.
  const step = (bias ? 1 : 2) * N;
  const biasStep = bias ? 1 : 0;
  let Y = new Float64Array(K * K);
  let b = new Float64Array(K);
  let [aheadY, aheadB, momentum] = [Y, b, 1];
  for (let i = 0; i < iterations; i++) {
    const gradient = softmaxResidual(aheadY, aheadB, roots);
    const moved = aheadY.map((y, e) => y - (step * gradient[e]! * roots[e % K]!) / N);
    const nextY = shrink(moved, K, step * decay);
    const nextB = aheadB.map((value, j) => {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += (counts[k]! * gradient[j * K + k]!) / N;
      return value - biasStep * sum;
    });
    let uphill = 0;
    nextY.forEach((y, e) => (uphill += (aheadY[e]! - y) * (y - Y[e]!)));
    const following = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = uphill > 0 ? 0 : (momentum - 1) / following;
    const [lastY, lastB] = [Y, b];
    aheadY = nextY.map((y, e) => y + push * (y - lastY[e]!));
    aheadB = nextB.map((value, j) => value + push * (value - lastB[j]!));
    [Y, b, momentum] = [nextY, nextB, following];
  }
  const logits = Y.map((y, e) => y / roots[e % K]!);
  const { values } = singularValueDecomposition(Y, K, K);
  let objective = decay * values.reduce((sum, value) => sum + value, 0);
  for (let k = 0; k < K; k++) {
    const column = Array.from({ length: K }, (_, j) => logits[j * K + k]! + b[j]!);
    const top = Math.max(...column);
    const total = column.reduce((sum, z) => sum + Math.exp(z - top), 0);
    objective += (counts[k]! / N) * (Math.log(total) + top - column[k]!);
  }
  return { logits, weighted: Y, objective };
}

/** Column k: softmax of the logits less e_k. */
function softmaxResidual(Y: Float64Array, b: Float64Array, roots: readonly number[]): Float64Array {
  const K = roots.length;
  const out = new Float64Array(K * K);
  for (let k = 0; k < K; k++) {
    const column = Array.from({ length: K }, (_, j) => Y[j * K + k]! / roots[k]! + b[j]!);
    const top = Math.max(...column);
    const odds = column.map((z) => Math.exp(z - top));
    const total = odds.reduce((sum, value) => sum + value, 0);
    odds.forEach((value, j) => (out[j * K + k] = value / total - (j === k ? 1 : 0)));
  }
  return out;
}

/** Singular values lowered by t, not below 0. */
function shrink(Y: Float64Array, K: number, t: number): Float64Array<ArrayBuffer> {
  const { left, values, right } = singularValueDecomposition(Y, K, K);
  const out = new Float64Array(K * K);
  for (let i = 0; i < K && values[i]! > t; i++)
    for (let j = 0; j < K; j++)
      for (let k = 0; k < K; k++)
        out[j * K + k] = out[j * K + k]! + left[j * K + i]! * (values[i]! - t) * right[k * K + i]!;
  return out;
}

/** Mean contrast of a set of classes in the logits: (own − other) averaged over its pairs; 0 where they have collapsed. */
export function contrastWithin(logits: Float64Array, K: number, classes: readonly number[]): number {
  let [own, other] = [0, 0];
  for (const j of classes)
    for (const k of classes) {
      if (j === k) own += logits[j * K + k]!;
      else other += logits[j * K + k]!;
    }
  return own / classes.length - other / (classes.length * (classes.length - 1));
}

/** (Y Yᵀ)^{1/2}, the direction of W Wᵀ. */
export function classifierGram(weighted: Float64Array, K: number): Float64Array {
  const { left, values } = singularValueDecomposition(weighted, K, K);
  const out = new Float64Array(K * K);
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++)
      for (let k = 0; k < K; k++) out[j * K + k] = out[j * K + k]! + left[j * K + i]! * values[i]! * left[k * K + i]!;
  return out;
}
