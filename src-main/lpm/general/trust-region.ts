/**
 * One Riemannian trust-region step on a sphere with truncated conjugate gradients (Absil, Baker and Gallivan 2007;
 * Steihaug 1983); no stopping rule and no knowledge of the loss.
 */

import { dot, norm } from '../../numerics/vector.ts';

/** Residual, relative to the scale of the gradient, below which products carry rounding errors only. */
const ROUNDING = 1e-14;

/** v ← (I − x xᵀ/‖x‖²) v, onto the tangent space of the sphere at x. */
export function projectTangent(x: Float64Array, v: Float64Array): Float64Array {
  const t = dot(x, v) / dot(x, x);
  return v.map((value, i) => value - t * x[i]!);
}

/** x moved along v and pulled back to the sphere of its own radius. */
export function retract(x: Float64Array, v: Float64Array): Float64Array {
  const moved = x.map((value, i) => value + v[i]!);
  const factor = norm(x) / norm(moved);
  return moved.map((value) => value * factor);
}

export interface SubproblemResult {
  readonly step: Float64Array;
  /** Decrease of the quadratic model, ≥ 0. */
  readonly decrease: number;
  readonly onBoundary: boolean;
  /** ‖g + Hv‖ at the step. */
  readonly residual: number;
  readonly products: number;
}

export interface SubproblemOptions {
  /** Part of ‖g‖ that may be left; ‖g‖/scale but at most 0.1 unless given: superlinear convergence. */
  readonly forcing?: number;
  /** Asked before every product; false ends the iteration where it is. */
  readonly alive?: () => boolean;
}

/**
 * Minimises gᵀv + ½ vᵀHv over ‖v‖ ≤ radius, v tangent, stopping at the forced part of ‖g‖ but not below `floor` nor where
 * rounding sets in (relative to `scale`). Negative curvature runs to the boundary.
 */
export function truncatedConjugateGradients(
  gradient: Float64Array,
  hessian: (v: Float64Array) => Float64Array,
  precondition: (r: Float64Array) => Float64Array,
  radius: number,
  scale: number,
  floor: number,
  limit: number,
  { forcing, alive }: SubproblemOptions = {},
): SubproblemResult {
  const n = gradient.length;
  const step = new Float64Array(n);
  const hstep = new Float64Array(n);
  const r = Float64Array.from(gradient);
  let z = precondition(r);
  let zr = dot(z, r);
  const p = z.map((value) => -value);
  const start = norm(r);
  const target = Math.max(start * (forcing ?? Math.min(0.1, start / scale)), floor, ROUNDING * scale);
  const model = (): number => -(dot(gradient, step) + 0.5 * dot(step, hstep));
  let products = 0;
  while (products < limit && alive?.() !== false) {
    const hp = hessian(p);
    products++;
    const curvature = dot(p, hp);
    const alpha = zr / curvature;
    const pp = dot(p, p);
    const sp = dot(step, p);
    const ss = dot(step, step);
    if (!(curvature > 0) || ss + 2 * alpha * sp + alpha * alpha * pp >= radius * radius) {
      const tau = (-sp + Math.sqrt(Math.max(0, sp * sp + pp * (radius * radius - ss)))) / pp;
      for (let i = 0; i < n; i++) {
        step[i] = step[i]! + tau * p[i]!;
        hstep[i] = hstep[i]! + tau * hp[i]!;
      }
      for (let i = 0; i < n; i++) r[i] = r[i]! + tau * hp[i]!;
      return { step, decrease: model(), onBoundary: true, residual: norm(r), products };
    }
    for (let i = 0; i < n; i++) {
      step[i] = step[i]! + alpha * p[i]!;
      hstep[i] = hstep[i]! + alpha * hp[i]!;
      r[i] = r[i]! + alpha * hp[i]!;
    }
    if (norm(r) <= target) break;
    z = precondition(r);
    const next = dot(z, r);
    const beta = next / zr;
    zr = next;
    for (let i = 0; i < n; i++) p[i] = beta * p[i]! - z[i]!;
  }
  return { step, decrease: model(), onBoundary: false, residual: norm(r), products };
}
