/**
 * A first point: the decoupled solution in which every class raises its own logit alone; no interaction is modelled.
 *
 * With the other logits at 0, c(1 − p) = λ gives d = log((K−1)(c/λ − 1)) where positive; λ makes Σ K_g d_g = ρ.
 * M = (I − qqᵀ) diag(d) then satisfies qᵀM = 0.
 */

import { findRoot } from '../../numerics/roots.ts';
import type { SpectralPoint } from './expand.ts';
import type { Factors } from './factors.ts';
import type { ReducedProblem } from './reduced-problem.ts';

/** Own logits d_g ≥ 0 of the decoupled problem. */
export function decoupledLogits({ count, sizes, shares, radius }: ReducedProblem): Float64Array {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const logits = (logMultiplier: number): Float64Array =>
    shares.map((c) => {
      if (!(c > 0)) return 0;
      const log = Math.log(c) - logMultiplier;
      if (log <= 0) return 0;
      return Math.max(0, Math.log(total - 1) + (log > 30 ? log : Math.log(Math.expm1(log))));
    });
  const excess = (logMultiplier: number): number => {
    const d = logits(logMultiplier);
    let sum = -radius;
    for (let g = 0; g < count; g++) sum += sizes[g]! * d[g]!;
    return sum;
  };
  const top = Math.log(shares[0]!);
  return logits(findRoot(excess, top - radius - 50, top, { tolerance: 1e-8 }));
}

/**
 * A factored point with one column per group of positive own logit. For few groups every group with c > 0 gets at
 * least 2 % of the largest own logit, so that no direction is missing; otherwise the certificate adds directions.
 */
export function decoupledStart(problem: ReducedProblem, fullRankBelow = 40): Factors {
  const { count: G, sizes, shares, radius } = problem;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const q = sizes.map((size) => Math.sqrt(size / total));
  const d = decoupledLogits(problem);
  const floor = 0.02 * Math.max(...d);
  const own = d.map((value, g) =>
    shares[g]! > 0 ? Math.max(value, G <= fullRankBelow || sizes[g]! > 1 ? floor : 0) : 0,
  );
  const columns = Array.from({ length: G }, (_, g) => g).filter((g) => G > 1 && own[g]! > 0);
  const rank = columns.length;
  const x = new Float64Array(2 * G * rank + G);
  columns.forEach((g, i) => {
    const root = Math.sqrt(own[g]!);
    for (let h = 0; h < G; h++) x[h * rank + i] = root * ((h === g ? 1 : 0) - q[h]! * q[g]!);
    x[G * rank + g * rank + i] = root;
  });
  for (let g = 0; g < G; g++) if (sizes[g]! > 1) x[2 * G * rank + g] = Math.sqrt(2 * (sizes[g]! - 1) * own[g]!);
  return onSphere({ rank, x }, radius);
}

/** Balanced factors A = U√Σ, B = V√Σ of a point given by its singular triplets. */
export function spectralStart(problem: ReducedProblem, point: SpectralPoint): Factors {
  const { count: G, sizes, radius } = problem;
  const { rank, left, right, singularValues, contrasts } = point;
  const x = new Float64Array(2 * G * rank + G);
  for (let i = 0; i < G * rank; i++) {
    const root = Math.sqrt(singularValues[i % rank]!);
    x[i] = root * left[i]!;
    x[G * rank + i] = root * right[i]!;
  }
  for (let g = 0; g < G; g++) x[2 * G * rank + g] = Math.sqrt(2 * (sizes[g]! - 1) * contrasts[g]!);
  return onSphere({ rank, x }, radius);
}

/** Scales a point to ½‖x‖² = ρ. */
export function onSphere({ rank, x }: Factors, radius: number): Factors {
  const size = x.reduce((sum, value) => sum + value * value, 0);
  const factor = Math.sqrt((2 * radius) / size);
  return { rank, x: x.map((value) => value * factor) };
}
