/**
 * Gauss quadrature for a discrete measure Σ_k m_k δ(x_k): q nodes and weights that integrate polynomials up to degree
 * 2q − 1 exactly, by the Lanczos process with full reorthogonalisation (Golub and Welsch 1969; Gautschi 2004, 2.2).
 * Also the orthonormal Lagrange functions of the nodes, sampled at the points. Refuses nothing; q must not exceed the
 * number of distinct points.
 */

import { symmetricEigen } from './symmetric-eigen.ts';
import { addScaled, dot, norm, scale } from './vector.ts';

export interface GaussRule {
  /** Nodes, descending, length q. */
  readonly nodes: Float64Array;
  /** Weights, positive, Σ = Σ m_k. */
  readonly weights: Float64Array;
  /**
   * q vectors of length n, orthonormal: Ψ_a(k) = √m_k ℓ_a(x_k)/√w_a with ℓ_a the Lagrange polynomials of the nodes.
   */
  readonly functions: readonly Float64Array[];
}

/** The q-point rule of the measure with masses m > 0 at points x. */
export function gaussRule(points: Float64Array, masses: Float64Array, q: number): GaussRule {
  const total = Math.sqrt(masses.reduce((sum, mass) => sum + mass, 0));
  const basis: Float64Array[] = [];
  const jacobi = new Float64Array(q * q);
  let v = masses.map((mass) => Math.sqrt(mass) / total);
  for (let j = 0; j < q; j++) {
    basis.push(v);
    const w = v.map((value, k) => value * points[k]!);
    jacobi[j * q + j] = dot(w, v);
    for (let repeat = 0; repeat < 2; repeat++) for (const u of basis) addScaled(w, -dot(u, w), u);
    const size = norm(w);
    if (j + 1 < q) {
      jacobi[(j + 1) * q + j] = size;
      jacobi[j * q + j + 1] = size;
      scale(w, 1 / size);
    }
    v = w;
  }
  const { values, vectors } = symmetricEigen(jacobi, q);
  const weights = new Float64Array(q);
  const functions = Array.from({ length: q }, (_, a) => {
    const first = vectors![a * q]!;
    weights[a] = (total * first) ** 2;
    const sum = new Float64Array(points.length);
    basis.forEach((u, j) => addScaled(sum, Math.sign(first) * vectors![a * q + j]!, u));
    return sum;
  });
  return { nodes: values, weights, functions };
}
