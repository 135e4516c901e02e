/**
 * One trust-region Newton step on a factored point: assembles the Riemannian gradient and Hessian of F on the sphere,
 * solves the subproblem, moves and judges the move. Never stops, never certifies.
 */

import { dot, norm } from '../../numerics/vector.ts';
import { evaluateFactors, type FactoredState, type Factors } from './factors.ts';
import { canonicalGauge, removeRotation, type CanonicalFactors } from './gauge.ts';
import { ownLogitPreconditioner } from './preconditioner.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { projectTangent, retract, truncatedConjugateGradients } from './trust-region.ts';

/** Columns whose energy is below this share of the largest change M by rounding only. */
const NEGLIGIBLE = 1e-13;
/** Hessian products per step. */
const PRODUCTS = 600;
/** Part of the goal left to the inner iteration; below STATIONARY of minimise.ts, or neither would make progress. */
const SHARE_OF_GOAL = 0.05;
/** Part of the residual left by the linear solve, at most and at least. */
const MOST_LEFT = 0.1;
const LEAST_LEFT = 0.01;
/** Fraction of a step below which it is given up. */
const SHORTEST = 1e-5;

export interface Visit {
  readonly point: CanonicalFactors;
  readonly state: FactoredState;
  /** λ = −⟨∇F, Z⟩/ρ. */
  readonly multiplier: number;
  /** Riemannian gradient. */
  readonly gradient: Float64Array;
  /** ‖gradient‖ times the radius of the sphere: the relative change of f over a unit of relative movement. */
  readonly residual: number;
}

/** The derivatives at a point of the sphere. */
export function visit(problem: ReducedProblem, factors: Factors): Visit {
  const point = canonicalGauge(factors, problem.count, NEGLIGIBLE);
  const state = evaluateFactors(problem, point);
  const { x } = point;
  const gradient = removeRotation(point, projectTangent(x, state.gradient), problem.count);
  return {
    point,
    state,
    multiplier: -dot(x, state.gradient) / dot(x, x),
    gradient,
    residual: norm(gradient) * norm(x),
  };
}

export interface StepResult {
  /** The new point, or the old one if every step was refused. */
  readonly next: Visit;
  readonly accepted: boolean;
  /** Trust radius and forcing for the next step. */
  readonly trust: number;
  readonly forcing: number;
}

/** How accurate a step is to be, and what it may cost. */
export interface StepOptions {
  readonly trust: number;
  /** No more accurate than a residual of `goal` needs. */
  readonly goal: number;
  /** Part of the residual that the linear solve may leave: what the nonlinearity left of it last time (Eisenstat, Walker 1996). */
  readonly forcing: number;
  /** Hessian products at most. */
  readonly products?: number;
  /** Turns false when the solve is to stop; the step is then made as it is. */
  readonly alive: () => boolean;
}

export function newtonStep(problem: ReducedProblem, from: Visit, options: StepOptions): StepResult {
  const { point, state, multiplier, gradient } = from;
  const { trust } = options;
  const { x } = point;
  const radius = norm(x);
  // The gauge is taken out of every search direction, and so need not be taken out of the products too.
  const project = (v: Float64Array): Float64Array => removeRotation(point, projectTangent(x, v), problem.count);
  const hessian = (v: Float64Array): Float64Array => {
    const h = state.hessian(v);
    for (let i = 0; i < h.length; i++) h[i] = h[i]! + multiplier * v[i]!;
    return projectTangent(x, h);
  };
  const stiff = ownLogitPreconditioner(problem, state.loss, point, multiplier);
  const {
    step,
    decrease,
    onBoundary,
    residual: left,
  } = truncatedConjugateGradients(
    gradient,
    hessian,
    (r) => project(stiff(r)),
    trust,
    multiplier * radius,
    (SHARE_OF_GOAL * options.goal) / radius,
    options.products ?? PRODUCTS,
    { forcing: Math.min(MOST_LEFT, Math.max(LEAST_LEFT, options.forcing)), alive: options.alive },
  );
  // Near the solution the decrease drowns in the rounding of F; the regularisation then accepts Newton's step.
  const floor = 1e-12 * Math.max(1, Math.abs(state.loss.logLoss));
  let predicted = decrease;
  for (let fraction = 1; fraction > SHORTEST; fraction /= 4) {
    const shorter = fraction === 1 ? step : step.map((value) => fraction * value);
    const next = visit(problem, { rank: point.rank, x: retract(x, shorter) });
    const ratio = (state.loss.logLoss - next.state.loss.logLoss + floor) / (predicted + floor);
    if (ratio > 0.05) {
      const length = norm(shorter);
      let size = fraction < 1 ? 2 * length : trust;
      if (!(ratio >= 0.25)) size = length / 4;
      else if (ratio > 0.75 && onBoundary && fraction === 1) size = Math.min(2 * trust, radius);
      const nonlinear = Math.abs(next.residual - left * radius) / from.residual;
      return { next, accepted: true, trust: size, forcing: fraction === 1 ? nonlinear : MOST_LEFT };
    }
    // A refused step is shortened rather than solved for again: the model falls along it too, if less than it could.
    predicted = -(fraction / 4) * dot(gradient, step);
  }
  return { next: from, accepted: false, trust: SHORTEST * norm(step), forcing: MOST_LEFT };
}
