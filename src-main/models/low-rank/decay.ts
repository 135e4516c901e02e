/**
 * Weight decay of a factorised layer W = U Vᵀ, on the factors against on the product (Kamalakara et al. 2022), with
 * gradients. No optimisation here.
 *
 *     factors   (λ/2)(‖U‖_F² + ‖V‖_F²)    ∇_U = λ U        at its least over all factorisations of Z:  λ ‖Z‖_*
 *     product   (λ/2) ‖U Vᵀ‖_F²           ∇_U = λ U VᵀV    the same for every factorisation of Z
 *
 * The least is met exactly by the balanced factorisations, UᵀU = VᵀV (docs/low-rank.md).
 */
import { multiply, multiplyLeftTransposed } from '../../numerics/matrix-product.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { dot, scale } from '../../numerics/vector.ts';
import type { Factorisation } from './initialisation.ts';

export type DecayOn = 'factors' | 'product';

export interface DecayTerm {
  readonly value: number;
  /** ∇_U, m×r. */
  readonly left: Float64Array;
  /** ∇_V, n×r. */
  readonly right: Float64Array;
}

/** Value and gradient of the decay of strength λ ≥ 0. */
export function decay(on: DecayOn, lambda: number, factors: Factorisation): DecayTerm {
  const { left: U, right: V } = factors;
  if (on === 'factors') {
    const times = (x: Float64Array): Float64Array => x.map((value) => lambda * value);
    return { value: (lambda / 2) * (dot(U, U) + dot(V, V)), left: times(U), right: times(V) };
  }
  const { rows: m, columns: n, rank: r } = factors;
  const { left: UU, right: VV } = factorGrams(factors);
  const left = multiply(U, VV, m, r, r);
  const right = multiply(V, UU, n, r, r);
  scale(left, lambda);
  scale(right, lambda);
  // ‖U Vᵀ‖_F² = ⟨UᵀU, VᵀV⟩: the m×n product is never formed.
  return { value: (lambda / 2) * dot(UU, VV), left, right };
}

/** ‖UᵀU − VᵀV‖_F over ‖UᵀU‖_F + ‖VᵀV‖_F: 0 exactly for balanced factors; 0 for zero factors, which are balanced. */
export function imbalance(factors: Factorisation): number {
  const { left: UU, right: VV } = factorGrams(factors);
  const difference = UU.map((value, i) => value - VV[i]!);
  const size = Math.sqrt(dot(UU, UU)) + Math.sqrt(dot(VV, VV));
  return size === 0 ? 0 : Math.sqrt(dot(difference, difference)) / size;
}

/** ‖Z‖_* of an m×n matrix. */
export function nuclearNorm(Z: Float64Array, m: number, n: number): number {
  return singularValueDecomposition(Z, m, n).values.reduce((sum, value) => sum + value, 0);
}

/** UᵀU and VᵀV, r×r. */
function factorGrams({ rows, columns, rank, left, right }: Factorisation) {
  return {
    left: multiplyLeftTransposed(left, left, rows, rank, rank),
    right: multiplyLeftTransposed(right, right, columns, rank, rank),
  };
}
