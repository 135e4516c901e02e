/**
 * How a critical direction of low rank is left. Let G = P − Y (the gradient by the logits), σ = ‖G‖₂ with singular vectors a
 * (classes) and b (samples), α a unit vector orthogonal to every classifier and feature, and μ = −⟨x, ∇L⟩/‖x‖². Then along
 * u = (a αᵀ, −b αᵀ)/√2 the logits do not move to first order, the curvature of L on the sphere is exactly μ − σ, and
 * a small amount δ of u grows as δ̇ = σ δ while the norm grows as μ (derived; docs/flow.md). So σ > μ at a critical
 * direction proves a strict saddle, without an eigenvalue computed.
 */
import { multiplyLeftTransposed, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { addScaled, dot, norm } from '../../numerics/vector.ts';
import { flowLoss } from './loss.ts';
import { parts, type FlowProblem, type FlowState } from './problem.ts';

export interface SaddleMode {
  readonly logLoss: number;
  /** σ/L: growth of the mode per unit of s. */
  readonly growth: number;
  /** μ/L: growth of the norm per unit of s. */
  readonly multiplier: number;
  /** ‖∇L + μ x‖/‖∇L‖: 0 at a critical direction. */
  readonly criticality: number;
  /** ρ² (μ − σ)/L: an upper bound of the smallest tangent-space curvature; null where W and H have full rank p. */
  readonly curvature: number | null;
  /** u, unit length, or null as above. */
  readonly direction: Float64Array | null;
}

/** @throws RangeError at x = 0, where every direction is alike. */
export function saddleMode(problem: FlowProblem, x: FlowState): SaddleMode {
  const { classes: K, perClass: n, dimension: p } = problem;
  const N = K * n;
  const square = dot(x, x);
  if (!(square > 0)) throw new RangeError('the zero state has no direction');
  const loss = flowLoss(problem);
  const gradient = new Float64Array(x.length);
  const logLoss = loss.evaluate(x, gradient);
  const { left, values, right } = singularValueDecomposition(loss.weights, N, K);
  const growth = values[0]!;
  const slope = norm(gradient);
  const multiplier = -dot(x, gradient) / square;
  addScaled(gradient, multiplier, x);
  const alpha = nullDirection(problem, x);
  if (alpha === null)
    return { logLoss, growth, multiplier, criticality: norm(gradient) / slope, curvature: null, direction: null };
  const direction = new Float64Array(x.length);
  const to = parts(problem, direction);
  const r = Math.min(N, K);
  for (let l = 0; l < p; l++) {
    for (let k = 0; k < K; k++) to.W[k * p + l] = (right[k * r]! * alpha[l]!) / Math.SQRT2;
    for (let i = 0; i < N; i++) to.H[i * p + l] = (-left[i * r]! * alpha[l]!) / Math.SQRT2;
  }
  return {
    logLoss,
    growth,
    multiplier,
    criticality: norm(gradient) / slope,
    curvature: square * (multiplier - growth),
    direction,
  };
}

/** A unit vector of R^p orthogonal to all rows of W and H, to 1e-7 of their size; null if there is none. */
function nullDirection(problem: FlowProblem, x: FlowState): Float64Array | null {
  const p = problem.dimension;
  const rows = x.length / p;
  const { values, vectors } = symmetricEigen(multiplyLeftTransposed(x, x, rows, p, p), p);
  const alpha = vectors!.slice((p - 1) * p);
  const along = norm(multiplyTransposed(x, alpha, rows, p, 1));
  return along <= 1e-7 * Math.sqrt(Math.max(0, values[0]!)) ? alpha : null;
}
