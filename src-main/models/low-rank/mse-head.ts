/**
 * The best rank-r head of unconstrained features under mean squared error, in closed form; no descent, no cross-entropy.
 *
 *     min  (1/2N) Σ_k n_k ‖W h_k − e_k‖² + decay(W) + (λ_H/2) Σ_k n_k ‖h_k‖²,    rank W ≤ r,  W = U Vᵀ
 *
 * With X = W H D^{1/2}, D = diag(n), a_k = √n_k and c = N κ the problem is (1/2N)‖X − D^{1/2}‖_F² + κ Σ σ_i(X)^q, where decay on the
 * product gives κ = √(λ_W λ_H), q = 1 and decay on the factors κ = (3/2)(λ_W² λ_H)^{1/3}, q = 2/3 (docs/low-rank.md). Both
 * are solved by the r leading singular values of D^{1/2}, thresholded one by one: softly for q = 1, with a jump for
 * q = 2/3. Classes with few samples go first.
 */
import { findRoot } from '../../numerics/roots.ts';
import type { DecayOn } from './decay.ts';

export interface MseHeadProblem {
  /** n_k ≥ 1, one per class. */
  readonly counts: readonly number[];
  readonly rank: number;
  readonly decayOn: DecayOn;
  /** λ_W > 0: of W, or of U and of V. */
  readonly classifierDecay: number;
  /** λ_H > 0, per sample. */
  readonly featureDecay: number;
}

export interface MseHead {
  readonly objective: number;
  /** σ of X = W H D^{1/2} by class: the class's own singular value, 0 where the class is given up. */
  readonly values: Float64Array;
  /** w_k·h_k, the own logit; all others are 0. */
  readonly ownLogits: Float64Array;
  readonly classifierNorms: Float64Array;
  readonly featureNorms: Float64Array;
  /** Classes that are kept. */
  readonly survivors: number;
  /**
   * False where classes of equal count compete for the last ranks: then every r-dimensional choice among their span is
   * optimal too, and the one that keeps whole classes, the first ones, is returned.
   */
  readonly unique: boolean;
}

/** The exact optimum. */
export function solveMseHead(problem: MseHeadProblem): MseHead {
  const { counts, rank, decayOn, classifierDecay, featureDecay } = problem;
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const shrink = shrinkage(decayOn, N, classifierDecay, featureDecay);
  const order = counts.map((_, k) => k).sort((j, k) => counts[k]! - counts[j]!);
  const values = new Float64Array(K);
  for (const k of order.slice(0, rank)) values[k] = shrink.value(Math.sqrt(counts[k]!));
  const split = splitting(decayOn, classifierDecay, featureDecay);
  let objective = 0;
  counts.forEach((n, k) => (objective += ((Math.sqrt(n) - values[k]!) ** 2 / 2 + shrink.penalty(values[k]!)) / N));
  const [last, next] = [order[rank - 1], order[rank]];
  const tied = last !== undefined && next !== undefined && counts[last] === counts[next] && values[last]! > 0;
  return {
    objective,
    values,
    ownLogits: values.map((x, k) => x / Math.sqrt(counts[k]!)),
    classifierNorms: values.map(split.classifier),
    featureNorms: values.map((x, k) => split.feature(x) / Math.sqrt(counts[k]!)),
    survivors: values.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0),
    unique: !tied,
  };
}

/** The minimiser over x ≥ 0 of ½(x − a)² + c·penalty, and N times the penalty at x. */
function shrinkage(on: DecayOn, N: number, lambdaW: number, lambdaH: number) {
  if (on === 'product') {
    const tau = N * Math.sqrt(lambdaW * lambdaH);
    return { value: (a: number): number => Math.max(0, a - tau), penalty: (x: number): number => tau * x };
  }
  const c = 1.5 * N * Math.cbrt(lambdaW * lambdaW * lambdaH);
  const penalty = (x: number): number => c * Math.cbrt(x) ** 2;
  return {
    penalty,
    // Stationary: x − a + (2c/3) x^{−1/3} = 0, with y = x^{1/3}: y⁴ − a y + 2c/3 = 0, whose larger root is the minimum.
    value(a: number): number {
      const quartic = (y: number): number => y * (y * y * y - a) + (2 * c) / 3;
      const valley = Math.cbrt(a / 4);
      if (!(quartic(valley) < 0)) return 0;
      const x = findRoot(quartic, valley, Math.cbrt(a)) ** 3;
      return (x - a) ** 2 / 2 + penalty(x) < (a * a) / 2 ? x : 0;
    },
  };
}

/** ‖w‖ and ‖h‖√n of a direction of singular value x, by equal decay of the layers. */
function splitting(on: DecayOn, lambdaW: number, lambdaH: number) {
  if (on === 'product') {
    const ratio = Math.pow(lambdaH / lambdaW, 0.25);
    return {
      classifier: (x: number): number => ratio * Math.sqrt(x),
      feature: (x: number): number => Math.sqrt(x) / ratio,
    };
  }
  // u = v, λ_W u² = λ_H h², u² h = x.
  const ratio = Math.sqrt(lambdaW / lambdaH);
  const root = (x: number): number => Math.cbrt(x / ratio);
  return {
    classifier: (x: number): number => root(x) ** 2,
    feature: (x: number): number => ratio * root(x),
  };
}
