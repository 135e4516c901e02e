/**
 * One side of a solution, classifiers or features: norms, inner products and cosines by group, from the symmetric form
 * of (Z Zᵀ)^{1/2} or (ZᵀZ)^{1/2}: contrasts s_g, and U σ Uᵀ (or V σ Vᵀ) between groups. Internal to geometry.ts.
 */
import { multiplySymmetric, multiplyTransposed } from '../numerics/matrix-product.ts';
import type { SymmetricLogits } from './types.ts';

/** Norms below this fraction of the largest count as zero: they are rounding of an exact zero. */
const ZERO_NORM = 1e-10;

/** One side (classifiers or features): Gram entries by group. */
export interface SideGram {
  /** (…)^{1/2} between the group indicators, G×G row-major, unscaled. */
  readonly between: Float64Array;
  /** √(E_W/E_H) or its inverse. */
  readonly scale: number;
}

/** L diag(σ) Rᵀ, G×G, for L and R of the solution's singular vectors. */
export function weightedProduct(logits: SymmetricLogits, left: Float64Array, right: Float64Array): Float64Array {
  const G = logits.sizes.length;
  return multiplyTransposed(weighted(logits, left), right, G, logits.rank, G);
}

/** L diag(σ). */
function weighted({ rank, singularValues }: SymmetricLogits, left: Float64Array): Float64Array {
  return left.map((value, i) => value * singularValues[i % rank]!);
}

export function sideGram(logits: SymmetricLogits, side: Float64Array, scale: number): SideGram {
  return { between: multiplySymmetric(weighted(logits, side), side, logits.sizes.length, logits.rank), scale };
}

/** Squared norm of one vector of group g. */
export function squaredNorm(logits: SymmetricLogits, side: SideGram, g: number): number {
  const K = logits.sizes[g]!;
  const G = logits.sizes.length;
  return Math.max(0, side.scale * (logits.contrasts[g]! * (1 - 1 / K) + side.between[g * G + g]! / K));
}

/** Inner product of two different classes, of groups g and h (g = h allowed where K_g > 1). */
export function innerProduct(logits: SymmetricLogits, side: SideGram, g: number, h: number): number {
  const G = logits.sizes.length;
  const between = side.between[g * G + h]! / Math.sqrt(logits.sizes[g]! * logits.sizes[h]!);
  return side.scale * (between - (g === h ? logits.contrasts[g]! / logits.sizes[g]! : 0));
}

export function norms(logits: SymmetricLogits, side: SideGram): Float64Array {
  const values = Float64Array.from(logits.sizes, (_, g) => Math.sqrt(squaredNorm(logits, side, g)));
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  return values.map((value) => (value > ZERO_NORM * largest ? value : 0));
}

export function cosineMatrix(logits: SymmetricLogits, side: SideGram, length: Float64Array): (number | null)[][] {
  return logits.sizes.map((size, g) =>
    logits.sizes.map((_, h) => {
      if (length[g] === 0 || length[h] === 0 || (g === h && size === 1)) return null;
      if (g === h && logits.contrasts[g] === 0) return 1;
      const cosine = innerProduct(logits, side, g, h) / (length[g]! * length[h]!);
      return Math.min(1, Math.max(-1, cosine));
    }),
  );
}
