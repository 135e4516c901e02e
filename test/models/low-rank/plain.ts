/** Plain references for the tests of low-rank heads: loops by the definition, finite differences; slow on purpose. */
import { randomSource } from '../../../src-main/numerics/random.ts';

export function randomMatrix(m: number, n: number, seed: number): Float64Array {
  const { normal } = randomSource(seed);
  return Float64Array.from({ length: m * n }, normal);
}

/** A Bᵀ for A m×k, B n×k. */
export function timesTransposed(A: Float64Array, B: Float64Array, m: number, k: number, n: number): Float64Array {
  const C = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let l = 0; l < k; l++) C[i * n + j]! += A[i * k + l]! * B[j * k + l]!;
  return C;
}

export const squares = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, value) => sum + value * value, 0);

/** Central differences of f at x. */
export function differences(f: (x: Float64Array) => number, x: Float64Array, h = 1e-5): Float64Array {
  return x.map((_, i) => {
    const at = (step: number): number => {
      const y = Float64Array.from(x);
      y[i]! += step;
      return f(y);
    };
    return (at(h) - at(-h)) / (2 * h);
  });
}

/** Largest |x − y|. */
export const farthest = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Array.from(x).reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!)), 0);
