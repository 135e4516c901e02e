/**
 * The objective of a decayed head on unconstrained features, with its gradient, for a dense W and for W = U Vᵀ.
 *
 *     loss(W H) + decay(W) + (λ_H/2) Σ_k n_k ‖h_k‖²
 *
 * One feature per class stands for its n_k equal ones: the unknown is H̃ = H D^{1/2}, D = diag(n), which is isometric to the
 * features of all samples, so a gradient step on H̃ is the gradient step on each sample's feature. Unknowns are stored
 * flat: W (K×p) or U (K×r), V (p×r), then H̃ (p×K). No steps are taken here.
 */
import { multiply, multiplyLeftTransposed, multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { addScaled, dot } from '../../numerics/vector.ts';
import { decay, type DecayOn } from './decay.ts';
import type { Factorisation } from './initialisation.ts';
import { logitLoss, type LossName } from './logit-loss.ts';

export interface PeeledProblem {
  readonly loss: LossName;
  /** n_k ≥ 1, one per class. */
  readonly counts: readonly number[];
  /** Feature dimension p. */
  readonly dimension: number;
  readonly decayOn: DecayOn;
  /** λ_W. */
  readonly classifierDecay: number;
  /** λ_H, per sample. */
  readonly featureDecay: number;
}

export interface PeeledValue {
  readonly objective: number;
  /** The loss alone. */
  readonly loss: number;
}

/** What every evaluation of one problem shares. */
export interface PeeledObjective {
  readonly problem: PeeledProblem;
  /** W H = Z, K×K row-major, from W (K×p) and H̃ (p×K). */
  logits(W: Float64Array, features: Float64Array): Float64Array;
  /** Dense: x = (W, H̃); decay (λ_W/2)‖W‖_F². Writes the gradient. */
  dense(x: Float64Array, gradient: Float64Array): PeeledValue;
  /** Factorised of rank r: x = (U, V, H̃). Writes the gradient. */
  factorised(rank: number, x: Float64Array, gradient: Float64Array): PeeledValue;
}

export function peeledObjective(problem: PeeledProblem): PeeledObjective {
  const { counts, dimension: p, loss, decayOn, classifierDecay: lambdaW, featureDecay: lambdaH } = problem;
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const shares = Float64Array.from(counts, (n) => n / N);
  const roots = Float64Array.from(counts, Math.sqrt);
  const perColumn = (x: Float64Array): Float64Array => {
    for (let i = 0; i < x.length; i++) x[i] = x[i]! / roots[i % K]!;
    return x;
  };
  const logits = (W: Float64Array, features: Float64Array): Float64Array => perColumn(multiply(W, features, K, p, K));
  /** The loss, its gradient in W, and that of loss and decay in H̃. */
  const lossPart = (W: Float64Array, features: Float64Array) => {
    const G = new Float64Array(K * K);
    const value = logitLoss(loss, logits(W, features), shares, G);
    perColumn(G);
    const featureSlope = multiplyLeftTransposed(W, G, K, p, K);
    addScaled(featureSlope, lambdaH, features);
    return { value, slope: multiplyTransposed(G, features, K, K, p), featureSlope };
  };

  return {
    problem,
    logits,
    dense(x, gradient) {
      const W = x.subarray(0, K * p);
      const features = x.subarray(K * p);
      const { value, slope, featureSlope } = lossPart(W, features);
      addScaled(slope, lambdaW, W);
      gradient.set(slope);
      gradient.set(featureSlope, K * p);
      return { loss: value, objective: value + (lambdaW * dot(W, W) + lambdaH * dot(features, features)) / 2 };
    },
    factorised(rank, x, gradient) {
      const { factors, features } = unpackFactors(x, K, p, rank);
      const { left: U, right: V } = factors;
      const W = multiplyTransposed(U, V, K, rank, p);
      const { value, slope, featureSlope } = lossPart(W, features);
      const term = decay(decayOn, lambdaW, factors);
      addScaled(term.left, 1, multiply(slope, V, K, p, rank));
      addScaled(term.right, 1, multiply(transpose(slope, K, p), U, p, K, rank));
      gradient.set(term.left);
      gradient.set(term.right, K * rank);
      gradient.set(featureSlope, (K + p) * rank);
      return { loss: value, objective: value + term.value + (lambdaH * dot(features, features)) / 2 };
    },
  };
}

/** Views of (U, V, H̃). */
export function unpackFactors(
  x: Float64Array,
  K: number,
  p: number,
  rank: number,
): { readonly factors: Factorisation; readonly features: Float64Array } {
  const left = x.subarray(0, K * rank);
  const right = x.subarray(K * rank, (K + p) * rank);
  return { factors: { rows: K, columns: p, rank, left, right }, features: x.subarray((K + p) * rank) };
}
