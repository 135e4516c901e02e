/**
 * The spectral norm of the gradient and with it the duality gap of a feasible point; no step is taken here.
 *
 * The reduction turns ‖∇F‖₂ into the larger of the within-group values and ‖∂F/∂M‖₂ (multiplicities do not matter),
 * and gap/f = ⟨∇F, Z⟩ + ρ‖∇F‖₂ for F = log f (docs/lpm.md, science of the relaxation).
 */

import { multiplySymmetric, transpose } from '../../numerics/matrix-product.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { dot } from '../../numerics/vector.ts';
import type { LossState } from './loss.ts';
import type { ReducedProblem } from './reduced-problem.ts';

export interface Certificate {
  /** gap / f(Z), ≥ 0. */
  readonly relativeGap: number;
  /** −⟨∇F, Z⟩/ρ, the multiplier of the constraint for F = log f. */
  readonly multiplier: number;
  /** ‖∂F/∂M‖₂. */
  readonly betweenNorm: number;
  /** Largest within-group singular value of the gradient. */
  readonly withinNorm: number;
}

/**
 * Certificate of (s, M), which must satisfy ‖Z‖_* ≤ ρ. `quick` bounds the spectral norm by √(‖·‖₁‖·‖_∞) instead of computing
 * it: a gap as rigorous, but larger, without work of order G³.
 */
export function certify(
  problem: ReducedProblem,
  loss: LossState,
  contrasts: Float64Array,
  between: Float64Array,
  quick = false,
): Certificate {
  const { count: G, sizes, radius } = problem;
  let inner = dot(loss.gradient, between);
  let withinNorm = 0;
  for (let g = 0; g < G; g++) {
    inner -= (sizes[g]! - 1) * loss.within[g]! * contrasts[g]!;
    withinNorm = Math.max(withinNorm, loss.within[g]!);
  }
  const betweenNorm = quick ? normBound(loss.gradient, G) : spectralNorm(loss.gradient, G);
  const relativeGap = Math.max(0, inner + radius * Math.max(betweenNorm, withinNorm));
  return { relativeGap, multiplier: -inner / radius, betweenNorm, withinNorm };
}

function spectralNorm(gradient: Float64Array, G: number): number {
  return Math.sqrt(Math.max(0, symmetricEigen(gramMatrix(gradient, G), G, false).values[0] ?? 0));
}

/** √(‖A‖₁ ‖A‖_∞) ≥ ‖A‖₂. */
function normBound(gradient: Float64Array, G: number): number {
  const columns = new Float64Array(G);
  let rows = 0;
  for (let h = 0; h < G; h++) {
    let row = 0;
    for (let g = 0; g < G; g++) {
      const size = Math.abs(gradient[h * G + g]!);
      row += size;
      columns[g] = columns[g]! + size;
    }
    rows = Math.max(rows, row);
  }
  return Math.sqrt(rows * columns.reduce((top, value) => Math.max(top, value), 0));
}

/** GᵀG of a square matrix. */
export function gramMatrix(gradient: Float64Array, G: number): Float64Array {
  const columns = transpose(gradient, G, G);
  return multiplySymmetric(columns, columns, G, G);
}
