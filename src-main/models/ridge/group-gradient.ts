/**
 * Points and gradients by groups of equal counts: logits of a point, its nuclear norm, the norm that the dual bounds. What a
 * gradient means for a loss is entropy-dual.ts and squared-dual.ts.
 */
import { multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

/** Z of a point by groups: s_g and M (G×G row-major). */
export function logitsOf({ count: G, lengths }: ReducedRidge, point: RidgePoint) {
  const { rank, left, right, singularValues } = point;
  const between = new Float64Array(G * G);
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++) {
      let sum = 0;
      for (let i = 0; i < rank; i++) sum += left[h * rank + i]! * singularValues[i]! * right[g * rank + i]!;
      between[h * G + g] = sum / lengths[g]!;
    }
  return { contrasts: point.contrasts.map((value, g) => value / lengths[g]!), between };
}

export function nuclearNorm({ sizes }: { readonly sizes: ArrayLike<number> }, point: Omit<RidgePoint, 'bias'>): number {
  let sum = 0;
  for (const value of point.singularValues) sum += value;
  point.contrasts.forEach((value, g) => (sum += (sizes[g]! - 1) * value));
  return sum;
}

/** A gradient of the loss in Z by groups: its value on the contrasts of each group, and its G×G part between groups. */
export interface GroupGradient {
  readonly within: Float64Array;
  readonly between: Float64Array;
}

/** ‖V D^{−1/2}‖₂/l: at most 1 for a dual feasible V. Taken over l, where it is of order one at every decay. */
export function relativeNorm(
  { count: G, lengths, decay, sizes }: ReducedRidge,
  { within, between }: GroupGradient,
): number {
  let norm = 0;
  within.forEach((value, g) => {
    if (sizes[g]! > 1) norm = Math.max(norm, Math.abs(value) / (decay * lengths[g]!));
  });
  const scaled = between.map((value, i) => value / (decay * lengths[i % G]!));
  const columns = transpose(scaled, G, G);
  const top = symmetricEigen(multiplyTransposed(columns, columns, G, G, G), G, false).values[0]!;
  return Math.max(norm, Math.sqrt(Math.max(0, top)));
}
