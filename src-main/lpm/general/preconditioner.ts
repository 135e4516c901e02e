/**
 * The preconditioner of Newton's inner iteration: the stiff part of the Hessian inverted exactly, nothing else.
 *
 * Raising a class's own logit M_gg has curvature h_g = c_g p(1−p)/f-like, larger by a factor of order K than any other
 * direction. Its gradient in (A, B) lives in row g alone, t_g = (B_g, A_g), so the rows decouple and
 * (λI + Σ h_g t_g t_gᵀ)⁻¹ is a rank-one update per row (Sherman and Morrison).
 */

import type { Factors } from './factors.ts';
import type { LossState } from './loss.ts';
import type { ReducedProblem } from './reduced-problem.ts';

/** r ↦ λ(λI + Σ h_g t_g t_gᵀ)⁻¹ r. */
export function ownLogitPreconditioner(
  problem: ReducedProblem,
  loss: LossState,
  { rank, x }: Factors,
  multiplier: number,
): (residual: Float64Array) => Float64Array {
  const { count: G, sizes } = problem;
  const half = G * rank;
  const weight = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    // outside = ω-weight leaving the group; p(1−p) c/f = outside · p_stay.
    const outside = -loss.gradient[g * G + g]!;
    const stiffness = (outside * Math.max(0, 1 - outside * loss.ratio[g]!)) / sizes[g]!;
    let square = 0;
    for (let i = 0; i < rank; i++) square += x[g * rank + i]! ** 2 + x[half + g * rank + i]! ** 2;
    weight[g] = stiffness / (multiplier + stiffness * square);
  }
  return (residual) => {
    const out = Float64Array.from(residual);
    for (let g = 0; g < G; g++) {
      const a = g * rank;
      const b = half + a;
      let along = 0;
      for (let i = 0; i < rank; i++) along += x[b + i]! * residual[a + i]! + x[a + i]! * residual[b + i]!;
      along *= weight[g]!;
      for (let i = 0; i < rank; i++) {
        out[a + i] = out[a + i]! - along * x[b + i]!;
        out[b + i] = out[b + i]! - along * x[a + i]!;
      }
    }
    return out;
  };
}
