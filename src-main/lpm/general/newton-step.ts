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
  /** The new point, or the old one if the step was refused. */
  readonly next: Visit;
  readonly accepted: boolean;
  /** Trust radius for the next step. */
  readonly trust: number;
}

/** A step within `trust`, no more accurate than a residual of `goal` needs, of at most `products` Hessian products. */
export function newtonStep(
  problem: ReducedProblem,
  from: Visit,
  trust: number,
  goal: number,
  products = PRODUCTS,
): StepResult {
  const { point, state, multiplier, gradient } = from;
  const { x } = point;
  const radius = norm(x);
  const project = (v: Float64Array): Float64Array => removeRotation(point, projectTangent(x, v), problem.count);
  const hessian = (v: Float64Array): Float64Array => {
    const h = state.hessian(v);
    for (let i = 0; i < h.length; i++) h[i] = h[i]! + multiplier * v[i]!;
    return project(h);
  };
  const stiff = ownLogitPreconditioner(problem, state.loss, point, multiplier);
  const { step, decrease, onBoundary } = truncatedConjugateGradients(
    gradient,
    hessian,
    (r) => project(stiff(r)),
    trust,
    multiplier * radius,
    (SHARE_OF_GOAL * goal) / radius,
    products,
  );
  const next = visit(problem, { rank: point.rank, x: retract(x, step) });
  // Near the solution the decrease drowns in the rounding of F; the regularisation then accepts Newton's step.
  const floor = 1e-12 * Math.max(1, Math.abs(state.loss.logLoss));
  const ratio = (state.loss.logLoss - next.state.loss.logLoss + floor) / (decrease + floor);
  const accepted = ratio > 0.05;
  let size = trust;
  if (!(ratio >= 0.25)) size = Math.min(trust, norm(step)) / 4;
  else if (ratio > 0.75 && onBoundary) size = Math.min(2 * trust, radius);
  return { next: accepted ? next : from, accepted, trust: size };
}
