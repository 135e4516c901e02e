/**
 * Duality gap for cross-entropy at depth 1, where the problem is convex in the logits:
 *     P(Z, b) = Σ_k c_k CE(z_k + b, k) + μ‖Z D^{1/2}‖_*,  c_k = n_k/N, μ = √(λ_1 λ_H).
 * Its dual is max Σ_k c_k H(π_k) over distributions π_k with ‖[(√n_k/N)(π_k − e_k)]‖₂ ≤ μ, and Σ_k c_k π_k = c where b is free.
 * Any logits give a feasible point: their softmax, balanced to the marginals by Sinkhorn's scaling, then drawn towards e_k.
 */
import { logSumExp } from '../../numerics/log-sum-exp.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { sampleCount } from './prices.ts';
import type { DeepLinearProblem } from './types.ts';

/** A lower bound on the optimum of a depth-1 problem. @param logits z_k + b as rows, K×K */
export function dualBound(problem: DeepLinearProblem, logits: Float64Array): number {
  const { counts, decays, featureDecay, bias } = problem;
  const K = counts.length;
  const N = sampleCount(counts);
  const pi = softmaxRows(logits, K);
  if (bias) meetMarginals(pi, counts);
  const slack = Float64Array.from(pi, (p, at) => {
    const k = Math.floor(at / K);
    return (Math.sqrt(counts[k]!) / N) * (p - (at % K === k ? 1 : 0));
  });
  const size = singularValueDecomposition(slack, K, K).values[0]!;
  // Shrinking by a rounding error more keeps the point feasible whatever the SVD has rounded.
  const shrink = Math.min(1, (Math.sqrt(decays[0]! * featureDecay) / size) * (1 - 1e-14));
  let entropy = 0;
  counts.forEach((n, k) => {
    let others = 0;
    for (let j = 0; j < K; j++) {
      if (j === k) continue;
      const p = shrink * pi[k * K + j]!;
      others += p;
      if (p > 0) entropy -= (n / N) * p * Math.log(p);
    }
    if (others < 1) entropy -= (n / N) * (1 - others) * Math.log1p(-others);
  });
  return entropy;
}

function softmaxRows(logits: Float64Array, K: number): Float64Array {
  const out = new Float64Array(K * K);
  for (let k = 0; k < K; k++) {
    const z = logits.subarray(k * K, (k + 1) * K);
    const top = logSumExp(z);
    for (let j = 0; j < K; j++) out[k * K + j] = Math.exp(z[j]! - top);
  }
  return out;
}

/** Scales π so that Σ_k n_k π_k[j] = n_j and every row sums to one; rows last, to rounding. */
function meetMarginals(pi: Float64Array, counts: readonly number[]): void {
  const K = counts.length;
  for (let round = 0; round < 100; round++) {
    let worst = 0;
    for (let j = 0; j < K; j++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += counts[k]! * pi[k * K + j]!;
      const factor = counts[j]! / sum;
      worst = Math.max(worst, Math.abs(factor - 1));
      for (let k = 0; k < K; k++) pi[k * K + j] = pi[k * K + j]! * factor;
    }
    for (let k = 0; k < K; k++) {
      const row = pi.subarray(k * K, (k + 1) * K);
      const sum = row.reduce((total, p) => total + p, 0);
      row.forEach((p, j) => (row[j] = p / sum));
    }
    if (worst < 1e-15) return;
  }
}
