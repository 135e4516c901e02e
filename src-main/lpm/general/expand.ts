/**
 * From a reduced point to the logits of the groups as the user listed them, and back for warm starts; no optimisation.
 *
 * Merged group a of sizes k_i: P_{i,a} = √(k_i/K_a) embeds M, and the contrasts between the k_i inherit s_a, one
 * singular direction for each beyond the first. Singular values are exact, so ‖Z‖_* does not change.
 */

import { multiply, multiplyLeftTransposed } from '../../numerics/matrix-product.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import type { SymmetricLogits } from '../types.ts';
import type { Factors } from './factors.ts';
import type { Merging } from './reduced-problem.ts';
import { onSphere } from './start.ts';

/** The logits of a reduced point in the form the rest of the program reads. */
export interface SpectralPoint {
  readonly contrasts: Float64Array;
  readonly rank: number;
  readonly left: Float64Array;
  readonly singularValues: Float64Array;
  readonly right: Float64Array;
}

/** Singular triplets of M (G×G) above `relative` times the largest; at most `limit` of them. */
export function spectralPoint(
  between: Float64Array,
  contrasts: Float64Array,
  G: number,
  limit = G,
  relative = 1e-10,
): SpectralPoint {
  const { left, values, right } = singularValueDecomposition(between, G, G);
  const threshold = relative * Math.max(values[0] ?? 0, ...contrasts);
  let rank = 0;
  while (rank < Math.min(limit, values.length) && values[rank]! > threshold) rank++;
  const cut = (q: Float64Array): Float64Array => {
    const out = new Float64Array(G * rank);
    for (let g = 0; g < G; g++) for (let i = 0; i < rank; i++) out[g * rank + i] = q[g * G + i]!;
    return out;
  };
  return { contrasts, rank, left: cut(left), singularValues: values.slice(0, rank), right: cut(right) };
}

/** M = U diag(σ) Vᵀ (G×G). */
export function betweenMatrix({ rank, left, singularValues, right }: SpectralPoint, G: number): Float64Array {
  const scaled = left.map((value, i) => value * singularValues[i % rank]!);
  const rightT = new Float64Array(rank * G);
  for (let g = 0; g < G; g++) for (let i = 0; i < rank; i++) rightT[i * G + g] = right[g * rank + i]!;
  return multiply(scaled, rightT, G, rank, G);
}

/** Logits over the listed groups. */
export function expand({ reduced, target, sizes }: Merging, point: SpectralPoint): SymmetricLogits {
  const G = sizes.length;
  const members: number[][] = Array.from({ length: reduced.count }, () => []);
  target.forEach((a, g) => members[a]!.push(g));
  const triplets: { readonly sigma: number; readonly u: Float64Array; readonly v: Float64Array }[] = [];
  const embed = (q: Float64Array, i: number): Float64Array =>
    Float64Array.from(target, (a, g) => q[a * point.rank + i]! * Math.sqrt(sizes[g]! / reduced.sizes[a]!));
  for (let i = 0; i < point.rank; i++) {
    triplets.push({ sigma: point.singularValues[i]!, u: embed(point.left, i), v: embed(point.right, i) });
  }
  members.forEach((list, a) => {
    const sigma = point.contrasts[a]!;
    if (!(sigma > 0)) return;
    for (const direction of complement(list.map((g) => Math.sqrt(sizes[g]! / reduced.sizes[a]!)))) {
      const u = new Float64Array(G);
      list.forEach((g, j) => (u[g] = direction[j]!));
      triplets.push({ sigma, u, v: u });
    }
  });
  triplets.sort((first, second) => second.sigma - first.sigma);
  const rank = triplets.length;
  const left = new Float64Array(G * rank);
  const right = new Float64Array(G * rank);
  triplets.forEach(({ u, v }, i) => {
    for (let g = 0; g < G; g++) {
      left[g * rank + i] = u[g]!;
      right[g * rank + i] = v[g]!;
    }
  });
  return {
    sizes,
    contrasts: Float64Array.from(target, (a, g) => (sizes[g]! > 1 ? point.contrasts[a]! : 0)),
    rank,
    left,
    singularValues: Float64Array.from(triplets, ({ sigma }) => sigma),
    right,
  };
}

/** Orthonormal basis of the complement of a unit vector p with positive entries: columns 2… of a Householder reflection. */
function complement(p: readonly number[]): Float64Array[] {
  const w = Float64Array.from(p);
  w[0] = w[0]! + 1;
  const scale = 1 / w[0]!;
  return p.slice(1).map((_, k) => {
    const column = Float64Array.from(w, (value) => -value * w[k + 1]! * scale);
    column[k + 1] = column[k + 1]! + 1;
    return column;
  });
}

/** A start from a solution with the same listed sizes, projected onto the merged groups; null if the sizes differ. */
export function contract({ reduced, target, sizes }: Merging, logits: SymmetricLogits): Factors | null {
  if (logits.sizes.length !== sizes.length || logits.sizes.some((size, g) => size !== sizes[g])) return null;
  const G = reduced.count;
  const { rank } = logits;
  const embed = new Float64Array(sizes.length * G);
  target.forEach((a, g) => (embed[g * G + a] = Math.sqrt(sizes[g]! / reduced.sizes[a]!)));
  const x = new Float64Array(2 * G * rank + G);
  const root = (q: Float64Array): Float64Array =>
    q.map((value, i) => value * Math.sqrt(logits.singularValues[i % rank]!));
  multiplyLeftTransposed(embed, root(logits.left), sizes.length, G, rank, x.subarray(0, G * rank));
  multiplyLeftTransposed(embed, root(logits.right), sizes.length, G, rank, x.subarray(G * rank, 2 * G * rank));
  target.forEach((a, g) => {
    const s = logits.contrasts[g]!;
    const size = reduced.sizes[a]!;
    // The mean contrast over the listed groups; a_g² = 2 (K_g − 1) s_g.
    if (size > 1) x[2 * G * rank + a] = x[2 * G * rank + a]! + (2 * (size - 1) * s * sizes[g]!) / size;
  });
  for (let a = 0; a < G; a++) x[2 * G * rank + a] = Math.sqrt(x[2 * G * rank + a]!);
  for (let a = 0; a < G; a++) if (!(reduced.shares[a]! > 0)) x.fill(0, G * rank + a * rank, G * rank + (a + 1) * rank);
  return x.some((value) => value !== 0) ? onSphere({ rank, x }, reduced.radius) : null;
}
