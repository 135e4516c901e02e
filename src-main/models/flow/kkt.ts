/**
 * How far the direction of a state is from the Karush-Kuhn-Tucker conditions of the max-margin problem
 *
 *     min ½(‖W‖² + ‖H‖²)  s.t.  q_ij = (w_k − w_j)·h_i ≥ 1 for every sample i of class k and every j ≠ k
 *
 * with the multipliers that the softmax offers: −∇L = Σ p_ij ∇q_ij with p_ij > 0, so λ_ij = p_ij ‖x‖/‖∇L‖ makes both sides
 * of x = Σ λ_ij ∇q_ij equally long. Other multipliers might fit better: a small residual proves closeness, a large one
 * nothing.
 */
import { dot, norm } from '../../numerics/vector.ts';
import { parts, type FlowProblem, type FlowState } from './problem.ts';

export interface KktResidual {
  /** ‖x/‖x‖ + ∇L/‖∇L‖‖, 0 to 2: stationarity. Null where x or the gradient vanishes. */
  readonly stationarity: number | null;
  /** Σ λ_ij (q_ij/q_min − 1)/Σ λ_ij ≥ 0: complementarity. Null unless every margin is positive. */
  readonly complementarity: number | null;
}

/** @param gradient any positive multiple of ∇L at x. */
export function kktResidual(
  problem: FlowProblem,
  x: FlowState,
  gradient: Float64Array,
  smallestMargin: number,
): KktResidual {
  const [length, slope] = [norm(x), norm(gradient)];
  if (!(length > 0 && slope > 0)) return { stationarity: null, complementarity: null };
  let gap = 0;
  for (let i = 0; i < x.length; i++) gap += (x[i]! / length + gradient[i]! / slope) ** 2;
  const complementarity = smallestMargin > 0 ? meanExcess(problem, x, smallestMargin) : null;
  return { stationarity: Math.sqrt(gap), complementarity };
}

/** Mean of q_ij/q_min − 1 under weights proportional to p_ij; q_min > 0. */
function meanExcess(problem: FlowProblem, x: FlowState, smallest: number): number {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { W, H } = parts(problem, x);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < K * n; i++) {
    const h = H.subarray(i * p, i * p + p);
    const own = Math.floor(i / n);
    const logit = (j: number): number => dot(W.subarray(j * p, j * p + p), h);
    const mine = logit(own);
    const excess: number[] = [];
    for (let j = 0; j < K; j++) if (j !== own) excess.push(mine - logit(j) - smallest);
    // p_ij up to the common factor e^{−q_min}: the odds over 1 plus their sum.
    const odds = excess.map((e) => Math.exp(-e));
    const norming = 1 + Math.exp(-smallest) * odds.reduce((a, b) => a + b, 0);
    odds.forEach((value, j) => {
      total += value / norming;
      sum += (value / norming) * (excess[j]! / smallest);
    });
  }
  return sum / total;
}
