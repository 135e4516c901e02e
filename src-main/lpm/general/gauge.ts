/**
 * The freedom of a factorisation: (AQ, BQ) with Q orthogonal is the same point. This file fixes Q, drops columns that
 * carry nothing, and removes the flat directions from a step; it never changes M by more than what is dropped.
 */

import { multiply, multiplyLeftTransposed } from '../../numerics/matrix-product.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import type { Factors } from './factors.ts';

export interface CanonicalFactors extends Factors {
  /** Squared norms of the columns of [A; B], which are orthogonal; length rank, descending. */
  readonly energies: Float64Array;
}

/**
 * Rotates the columns so that AᵀA + BᵀB is diagonal and drops those below `relative` times the largest: there
 * σ ≤ energy/2.
 */
export function canonicalGauge({ rank: r, x }: Factors, G: number, relative: number): CanonicalFactors {
  if (r === 0) return { rank: 0, x, energies: new Float64Array(0) };
  const size = G * r;
  const stacked = x.subarray(0, 2 * size);
  const { values, vectors } = symmetricEigen(multiplyLeftTransposed(stacked, stacked, 2 * G, r, r), r);
  const largest = Math.max(values[0]!, 0);
  let kept = r;
  while (kept > 0 && values[kept - 1]! <= relative * largest) kept--;
  const rotation = new Float64Array(r * kept);
  for (let i = 0; i < kept; i++) for (let k = 0; k < r; k++) rotation[k * kept + i] = vectors![i * r + k]!;
  const out = new Float64Array(2 * G * kept + G);
  multiply(stacked, rotation, 2 * G, r, kept, out.subarray(0, 2 * G * kept));
  out.set(x.subarray(2 * size), 2 * G * kept);
  return { rank: kept, x: out, energies: values.slice(0, kept) };
}

/**
 * v minus its component (AΩ, BΩ), Ω skew, along which every quantity is constant. Without this the Hessian at a
 * non-stationary point shows spurious negative curvature of the size of the gradient.
 */
export function removeRotation({ rank: r, x, energies }: CanonicalFactors, v: Float64Array, G: number): Float64Array {
  const n = 2 * G * r;
  if (r < 2) return v;
  const stacked = x.subarray(0, n);
  const mixed = multiplyLeftTransposed(stacked, v.subarray(0, n), 2 * G, r, r);
  const skew = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++)
      skew[i * r + j] = (mixed[i * r + j]! - mixed[j * r + i]!) / (energies[i]! + energies[j]!);
  }
  const turned = multiply(stacked, skew, 2 * G, r, r);
  const out = Float64Array.from(v);
  for (let i = 0; i < n; i++) out[i] = out[i]! - turned[i]!;
  return out;
}
