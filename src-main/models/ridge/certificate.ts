/**
 * The Fenchel duality gap of a ridge problem at any point; no step is taken here (derivation: docs/ridge.md).
 *
 * With V the gradient of the loss in Z, any θ with θ‖V D^{−1/2}‖₂ ≤ l is dual feasible (with a bias also V 1 = 0). The dual
 * values are, over columns u_k = θ v_k/c_k of residuals:
 *     CE        Σ_k c_k H(e_k + u_k), H the entropy in nats: mixing the softmax with e_k keeps it a distribution
 *     squared   −Σ_k c_k (½‖u_k‖² + u_kk)
 * gap = loss + l‖Z D^{1/2}‖_* − dual value. Both sides are sums of terms of one sign that keep their relative digits, so the
 * gap is known to a few units of rounding of the objective, below which it is never reported.
 */
import { crossEntropy, crossEntropyColumns } from './entropy-dual.ts';
import { nuclearNorm, relativeNorm } from './group-gradient.ts';
import { squared, squaredColumns } from './squared-dual.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

export interface RidgeCertificate {
  readonly fit: number;
  readonly penalty: number;
  readonly objective: number;
  readonly gap: number;
}

export function certify(problem: ReducedRidge, point: RidgePoint): RidgeCertificate {
  const penalty = problem.decay * nuclearNorm(problem, point);
  const { fit, dual } = problem.loss === 'squared' ? squared(problem, point) : crossEntropy(problem, point);
  const objective = fit + penalty;
  return { fit, penalty, objective, gap: Math.max(objective - dual, 4 * Number.EPSILON * objective) };
}

/** ‖∇f D^{−1/2}‖₂ at Z = 0 and the best bias there (the log shares): Z = 0 is optimal iff l is at least this. */
export function vanishingDecay(problem: Omit<ReducedRidge, 'decay'>): number {
  const point = zeroPoint(problem);
  const unit = { ...problem, decay: 1 };
  if (problem.loss === 'squared') return relativeNorm(unit, squaredColumns(unit, point).gradient);
  return relativeNorm(unit, crossEntropyColumns(unit, point).gradient);
}

/** Z = 0 with the bias that fits best: b = log c, or c itself for the squared loss; biases of CE sum to 0. */
export function zeroPoint({ count: G, shares, sizes, bias, loss }: Omit<ReducedRidge, 'decay'>): RidgePoint {
  const none = new Float64Array(0);
  const logs = shares.map(Math.log);
  const K = sizes.reduce((a, b) => a + b, 0);
  const mean = logs.reduce((sum, value, g) => sum + (sizes[g]! * value) / K, 0);
  const fitted = loss === 'squared' ? shares : logs.map((value) => value - mean);
  const b = bias ? Float64Array.from(fitted) : new Float64Array(G);
  return { contrasts: new Float64Array(G), rank: 0, left: none, singularValues: none, right: none, bias: b };
}
