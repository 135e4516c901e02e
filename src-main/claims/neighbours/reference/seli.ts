/**
 * SELI by its definition on the full K×K matrix C D C, for claims about it; shares nothing with models/frames, which works
 * by groups. Also the Gram matrices' cosines and distances, entry by entry.
 */
import { symmetricEigen } from '../../../numerics/symmetric-eigen.ts';

/** n_k of K_A classes of R samples and K_B of 1. */
export function stepCounts(R: number, majority: number, minority: number): number[] {
  return [...new Array<number>(majority).fill(R), ...new Array<number>(minority).fill(1)];
}

/** W Wᵀ = (C D C)^{1/2} and HᵀH its pseudo-inverse, K×K row-major. */
export function seliByDefinition(counts: readonly number[]): { classifier: Float64Array; feature: Float64Array } {
  const K = counts.length;
  const N = counts.reduce((a, b) => a + b, 0);
  const centred = new Float64Array(K * K);
  // (C D C)_jk = δ_jk n_j − (n_j + n_k)/K + N/K².
  for (let j = 0; j < K; j++)
    for (let k = 0; k < K; k++)
      centred[j * K + k] = (j === k ? counts[j]! : 0) - (counts[j]! + counts[k]!) / K + N / (K * K);
  const { values, vectors } = symmetricEigen(centred, K);
  const power = (exponent: number): Float64Array => {
    const out = new Float64Array(K * K);
    // The last eigenvalue is the zero of the vector of ones.
    for (let i = 0; i < K - 1; i++)
      for (let j = 0; j < K; j++)
        for (let k = 0; k < K; k++)
          out[j * K + k] = out[j * K + k]! + values[i]! ** exponent * vectors![i * K + j]! * vectors![i * K + k]!;
    return out;
  };
  return { classifier: power(1 / 2), feature: power(-1 / 2) };
}

export function cosine(gram: Float64Array, K: number, j: number, k: number): number {
  return gram[j * K + k]! / Math.sqrt(gram[j * K + j]! * gram[k * K + k]!);
}

/** ‖A/‖A‖_F − B/‖B‖_F‖_F. */
export function distance(A: ArrayLike<number>, B: ArrayLike<number>): number {
  const size = (M: ArrayLike<number>): number => Math.sqrt(Array.from(M).reduce((sum, v) => sum + v * v, 0));
  const [a, b] = [size(A), size(B)];
  let sum = 0;
  for (let i = 0; i < A.length; i++) sum += (A[i]! / a - B[i]! / b) ** 2;
  return Math.sqrt(sum);
}
