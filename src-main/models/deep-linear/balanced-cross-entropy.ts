/**
 * Cross-entropy with equal counts on two frames, each one scalar problem, exact within the frame:
 *     simplex ETF Z = τ(I − J/K):   log(1 + (K−1)e^{−τ}) + ((M+1)/2)(K−1) c(√n τ)
 *     antipodal pairs (K even):      log(1 + (K−2)e^{−τ} + e^{−2τ}) + ((M+1)/2)(K/2) c(2√n τ)
 * with c of singular-form.ts. The ETF is the optimum for M = 1. For 2^{2/(M+1)} ≤ 2 − 2/K the pairs are below it at every τ, so it
 * is not (docs/deep-linear.md; Garrod and Keating 2024, arXiv 2410.23169, on cross-entropy and low-rank bias).
 */
import { logSumExp, softplus } from '../../numerics/log-sum-exp.ts';
import { findRoot } from '../../numerics/roots.ts';
import { commonDecay } from './singular-form.ts';
import type { DeepLinearProblem } from './types.ts';

export interface EtfOptimum {
  /** τ: own logit less any other; 0 where the network is zero. */
  readonly scale: number;
  readonly objective: number;
}

type Decays = Pick<DeepLinearProblem, 'decays' | 'featureDecay'>;

/** Objective of the simplex ETF of scale τ. @param n samples of each class */
export function etfObjective(decays: Decays, K: number, n: number, tau: number): number {
  const M = decays.decays.length;
  return softplus(Math.log(K - 1) - tau) + ((M + 1) / 2) * (K - 1) * commonDecay(decays, Math.sqrt(n) * tau);
}

/** Objective of K/2 antipodal pairs of scale τ: own logit τ, the partner's −τ, all others 0. K even. */
export function pairsObjective(decays: Decays, K: number, n: number, tau: number): number {
  const M = decays.decays.length;
  const loss = Math.log1p((K - 2) * Math.exp(-tau) + Math.exp(-2 * tau));
  return loss + ((M + 1) / 2) * (K / 2) * commonDecay(decays, 2 * Math.sqrt(n) * tau);
}

/** Whether antipodal pairs are below the ETF at every scale, for certain: K even and 2^{2/(M+1)} ≤ 2 − 2/K. */
export function pairsBeatEtf(K: number, M: number): boolean {
  return K % 2 === 0 && 2 ** (2 / (M + 1)) <= 2 - 2 / K;
}

/** The best simplex ETF, the zero network included. @param n samples of each class */
export function etfOptimum(decays: Decays, K: number, n: number): EtfOptimum {
  const value = (tau: number): number => etfObjective(decays, K, n, tau);
  const zero = { scale: 0, objective: Math.log(K) };
  const scale = largerStationaryPoint(decays, K, n);
  return scale !== null && value(scale) < zero.objective ? { scale, objective: value(scale) } : zero;
}

/**
 * The larger root of slope of the loss = slope of the decay, in logarithms:
 *     log(1 − p_own) + (1 − 2/(M+1)) log τ = log((K−1) c(√n));
 * its left side is concave, with a peak for M ≥ 2 and decreasing for M = 1.
 */
function largerStationaryPoint(decays: Decays, K: number, n: number): number | null {
  const M = decays.decays.length;
  const bend = 1 - 2 / (M + 1);
  const right = Math.log(K - 1) + Math.log(commonDecay(decays, Math.sqrt(n)));
  const shift = Math.log(K - 1);
  const excess = (tau: number): number =>
    -logSumExp([0, tau - shift]) + (bend === 0 ? 0 : bend * Math.log(tau)) - right;
  // Derivative of the left side.
  const slope = (tau: number): number => -1 / (1 + Math.exp(shift - tau)) + bend / tau;
  const peak = bend === 0 ? 0 : findRoot(slope, 1e-12, 2 + shift);
  if (!(excess(peak) > 0)) return null;
  let high = Math.max(1, 2 * peak);
  while (excess(high) > 0) high *= 2;
  return findRoot(excess, peak, high, { tolerance: 1e-15 });
}
