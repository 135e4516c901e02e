/**
 * What rank r leaves possible for K balanced classes: known arrangements of K unit vectors in R^r with the loss each
 * gives in the Layer-Peeled Model, and a bound that every rank-r head obeys. Arrangements are candidates, none is claimed
 * optimal below r = K − 1.
 */
import { logSumExp } from '../../numerics/log-sum-exp.ts';

export interface Configuration {
  readonly name: string;
  /** Cosines, K×K row-major. */
  readonly gram: Float64Array;
}

/**
 * K vectors in R^r: the regular polygon (r = 2, K > 4), and for K/2 ≤ r ≤ K − 1 the K − r regular simplices of nearly equal size in mutually
 * orthogonal spaces: K/2 antipodal pairs, the cross-polytope, at r = K/2, and one simplex, the ETF, at r = K − 1. Ranks
 * above K − 1 have the ETF.
 */
export function configurations(K: number, r: number): readonly Configuration[] {
  const found: Configuration[] = [];
  const spaces = Math.max(1, K - r);
  if (2 * spaces <= K) {
    const name = spaces === 1 ? 'simplex ETF' : 2 * spaces === K ? 'cross-polytope' : `${spaces} orthogonal simplices`;
    found.push({ name, gram: orthogonalSimplices(K, spaces) });
  }
  if (r === 2 && K > 4) {
    const cosine = (j: number, k: number): number => Math.cos((2 * Math.PI * (j - k)) / K);
    found.push({ name: `regular ${K}-gon`, gram: fill(K, cosine) });
  }
  return found;
}

/** Class k belongs to simplex k mod `spaces`. */
function orthogonalSimplices(K: number, spaces: number): Float64Array {
  const size = (k: number): number => Math.ceil((K - (k % spaces)) / spaces);
  return fill(K, (j, k) => (j === k ? 1 : j % spaces === k % spaces ? -1 / (size(k) - 1) : 0));
}

function fill(K: number, entry: (j: number, k: number) => number): Float64Array {
  return Float64Array.from({ length: K * K }, (_, i) => entry(Math.floor(i / K), i % K));
}

/**
 * Mean cross-entropy in nats of Z = (ρ/K)·gram: w_k and h_k along the same unit vector, with both budgets used evenly.
 * @param radius ρ = K√(E_H E_W)
 */
export function configurationLoss({ gram }: Configuration, K: number, radius: number): number {
  let total = 0;
  for (let k = 0; k < K; k++) {
    const column = Float64Array.from({ length: K }, (_, j) => (radius / K) * (gram[j * K + k]! - gram[k * K + k]!));
    total += logSumExp(column);
  }
  return total / K;
}

/** log(1 + (K−1)e^{−ρ/(K−1)}): the loss of the ETF, the optimum without a bound on the rank (Fang et al. 2021). */
export function etfLoss(K: number, radius: number): number {
  return Math.log1p((K - 1) * Math.exp(-radius / (K - 1)));
}

export interface GapSpread {
  /** Mean of the logit gaps Z_kk − Z_jk, j ≠ k. */
  readonly mean: number;
  /** Their variance over the square of their mean; null if the mean is 0. */
  readonly relativeVariance: number | null;
}

/** How unequal the K(K−1) logit gaps of Z (K×K row-major, column k the logits of class k) are. */
export function gapSpread(Z: Float64Array, K: number): GapSpread {
  const count = K * (K - 1);
  const gaps: number[] = [];
  for (let k = 0; k < K; k++) for (let j = 0; j < K; j++) if (j !== k) gaps.push(Z[k * K + k]! - Z[j * K + k]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / count;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / count;
  return { mean, relativeVariance: mean === 0 ? null : variance / mean ** 2 };
}

/**
 * The least relative variance of the logit gaps that rank r allows: max(0, K − 1 − r)/(rK), zero exactly where an ETF
 * fits (docs/low-rank.md, a Welch bound for logits).
 */
export function leastGapSpread(K: number, r: number): number {
  return Math.max(0, K - 1 - r) / (r * K);
}
