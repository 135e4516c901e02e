/**
 * The logarithm of the loss, F = log f, of class-symmetric logits, its gradient and its Hessian; no constraint.
 *
 * With y = z − z_own in column g (K_g classes alike): y' = −s_g for the K_g − 1 other classes of the group and
 * y_hg = M_hg/√(K_h K_g) − M_gg/K_g − (1 − 1/K_g) s_g for each of the K_h classes of group h;
 * ℓ_g = log(1 + (K_g−1) e^{y'} + Σ_h K_h e^{y_hg}), f = Σ K_g c_g ℓ_g.
 * ω = c_g p / f are the scaled softmax weights, computed from logarithms: they stay accurate, relatively, when every
 * loss is far below the smallest double. Minimising log f instead of f keeps Newton's steps long in that regime, where
 * f is a sum of vanishing exponentials, and has the same minimisers; ⟨∇F,Z⟩ + ρ‖∇F‖₂ is the relative gap.
 */

import { logSoftplus, logSumExp, softplus } from '../../numerics/log-sum-exp.ts';
import type { ReducedProblem } from './reduced-problem.ts';

export interface LossState {
  /** F = log f(Z). */
  readonly logLoss: number;
  /** ∂F/∂M, G×G row-major: √(K_h K_g) ω_hg off the diagonal; qᵀ∂F/∂M = 0. */
  readonly gradient: Float64Array;
  /** Within-group singular value of −∇F: K_g ω'_g + Σ_h K_h ω_hg (0 where K_g = 1). */
  readonly within: Float64Array;
  /** ω'_g, scaled probability of another class of the same group. */
  readonly sibling: Float64Array;
  /** p/ω = f/c_g, 0 where c_g = 0. */
  readonly ratio: Float64Array;
}

/** F and its first derivatives at contrasts s (length G) and M (G×G row-major). */
export function evaluateLoss(problem: ReducedProblem, contrasts: Float64Array, between: Float64Array): LossState {
  const { count: G, sizes, shares } = problem;
  const roots = sizes.map(Math.sqrt);
  const reference = new Float64Array(G);
  const top = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    const size = sizes[g]!;
    reference[g] = between[g * G + g]! / size + (1 - 1 / size) * contrasts[g]!;
    top[g] = size > 1 ? -contrasts[g]! : -Infinity;
  }
  const gradient = new Float64Array(G * G);
  for (let h = 0; h < G; h++) {
    const root = roots[h]!;
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      const y = between[h * G + g]! / (root * roots[g]!) - reference[g]!;
      gradient[h * G + g] = y;
      if (y > top[g]!) top[g] = y;
    }
  }
  const sum = new Float64Array(G);
  for (let g = 0; g < G; g++) if (sizes[g]! > 1) sum[g] = (sizes[g]! - 1) * Math.exp(-contrasts[g]! - top[g]!);
  for (let h = 0; h < G; h++) {
    const size = sizes[h]!;
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      const e = Math.exp(gradient[h * G + g]! - top[g]!);
      gradient[h * G + g] = e;
      sum[g] = sum[g]! + size * e;
    }
  }
  const odds = sum.map((total, g) => (total > 0 ? top[g]! + Math.log(total) : -Infinity));
  const logLoss = logSumExp(odds.map((s, g) => Math.log(sizes[g]! * shares[g]!) + logSoftplus(s)));
  const factor = new Float64Array(G);
  const ratio = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    if (!(shares[g]! > 0) || odds[g] === -Infinity) continue;
    factor[g] = Math.exp(top[g]! - softplus(odds[g]!) + Math.log(shares[g]!) - logLoss);
    ratio[g] = Math.exp(logLoss - Math.log(shares[g]!));
  }
  const outside = new Float64Array(G);
  for (let h = 0; h < G; h++) {
    const root = roots[h]!;
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      const value = gradient[h * G + g]! * factor[g]! * root;
      gradient[h * G + g] = value * roots[g]!;
      outside[g] = outside[g]! + value * root;
    }
  }
  const sibling = new Float64Array(G);
  const within = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    gradient[g * G + g] = -outside[g]!;
    if (!(sizes[g]! > 1)) continue;
    sibling[g] = factor[g]! * Math.exp(-contrasts[g]! - top[g]!);
    within[g] = sizes[g]! * sibling[g]! + outside[g]!;
  }
  return { logLoss, gradient, within, sibling, ratio };
}

/**
 * Directional derivative of the gradient along (ṡ, Ṁ). Writes the derivative of ∂F/∂M into `out` (G×G) and returns that
 * of `within`; ω̇ = ω (ẏ − ȳ − Ḟ) with ȳ the mean of ẏ under the softmax.
 */
export function differentiateGradient(
  problem: ReducedProblem,
  state: LossState,
  contrasts: Float64Array,
  between: Float64Array,
  out: Float64Array,
): Float64Array {
  const { count: G, sizes } = problem;
  const { gradient, sibling, ratio } = state;
  const roots = sizes.map(Math.sqrt);
  const inverse = roots.map((root) => 1 / root);
  const reference = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    const size = sizes[g]!;
    reference[g] = between[g * G + g]! / size + (1 - 1 / size) * contrasts[g]!;
  }
  // mean_g = Σ_h K_h ω_hg ẏ_hg + (K_g − 1) ω'_g ẏ', so that ȳ_g = mean_g f/c_g and Ḟ = Σ K_g mean_g.
  const mean = new Float64Array(G);
  for (let h = 0; h < G; h++) {
    const root = roots[h]!;
    const over = inverse[h]!;
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      const y = between[h * G + g]! * over * inverse[g]! - reference[g]!;
      out[h * G + g] = y;
      mean[g] = mean[g]! + root * gradient[h * G + g]! * y;
    }
  }
  let slope = 0;
  for (let g = 0; g < G; g++) {
    mean[g] = mean[g]! * inverse[g]! - (sizes[g]! - 1) * sibling[g]! * contrasts[g]!;
    slope += sizes[g]! * mean[g]!;
  }
  const shift = mean.map((value, g) => value * ratio[g]! + slope);
  const outside = new Float64Array(G);
  for (let h = 0; h < G; h++) {
    const root = roots[h]!;
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      const value = gradient[h * G + g]! * (out[h * G + g]! - shift[g]!);
      out[h * G + g] = value;
      outside[g] = outside[g]! + root * value;
    }
  }
  const within = new Float64Array(G);
  for (let g = 0; g < G; g++) {
    const total = outside[g]! * inverse[g]!;
    out[g * G + g] = -total;
    if (sizes[g]! > 1) within[g] = sizes[g]! * sibling[g]! * (-contrasts[g]! - shift[g]!) + total;
  }
  return within;
}
