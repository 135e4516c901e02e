/**
 * Sizes that every formula of the model needs: N, the capacity of the widths, and the price of a direction,
 *     b = M N (N Π_j λ_j λ_H)^{1/M}/τ²,
 * in logarithms, since a product of many small decays may underflow.
 */
import type { DeepLinearProblem } from './types.ts';

type Decays = Pick<DeepLinearProblem, 'decays' | 'featureDecay'>;

/** N = Σ n_k. */
export function sampleCount(counts: readonly number[]): number {
  return counts.reduce((sum, n) => sum + n, 0);
}

/** r = min(K, d_1, …, d_M). */
export function capacity({ counts, widths }: Pick<DeepLinearProblem, 'counts' | 'widths'>): number {
  return Math.min(counts.length, ...(widths ?? []));
}

/** log Π_j λ_j. */
export function logDecayProduct(decays: readonly number[]): number {
  return decays.reduce((sum, decay) => sum + Math.log(decay), 0);
}

/** λ̄ = (Π_j λ_j)^{1/M}: layer j carries the singular value s̄ √(λ̄/λ_j). */
export function meanDecay(decays: readonly number[]): number {
  return Math.exp(logDecayProduct(decays) / decays.length);
}

/** log(b τ²) = log M + log N + (log N + Σ log λ_j + log λ_H)/M. */
export function logPriceTimesWeight({ decays, featureDecay }: Decays, N: number): number {
  const M = decays.length;
  return Math.log(M) + Math.log(N) + (Math.log(N) + logDecayProduct(decays) + Math.log(featureDecay)) / M;
}
