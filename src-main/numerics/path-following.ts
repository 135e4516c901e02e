/**
 * Minimises a smooth convex function over a convex set given by a self-concordant barrier: Newton along the central path
 * t f + φ, t → ∞ (Nesterov and Nemirovskii 1994; Boyd and Vandenberghe 2004, chapter 11). Dense, for up to a few hundred
 * unknowns. It proves nothing: ν/t is what theory promises of a centred point, the caller certifies what it gets.
 */
import { cholesky, choleskySolve } from './cholesky.ts';
import { dot } from './vector.ts';

/** A smooth convex function; a barrier is +∞ outside the interior of its set. */
export interface SmoothFunction {
  value(y: Float64Array): number;
  /** Gradient (n) and Hessian (n×n, row-major) at a point of finite value. */
  derivatives(y: Float64Array): { readonly gradient: Float64Array; readonly hessian: Float64Array };
}

export interface CentralPathProblem {
  /** f ≥ 0. */
  readonly objective: SmoothFunction;
  readonly barrier: SmoothFunction;
  /** ν, the degree of the barrier: at the centre of t the objective exceeds its minimum by at most ν/t. */
  readonly degree: number;
  /** A point of finite barrier. */
  readonly start: Float64Array;
  /** Target for (ν/t)/f. */
  readonly tolerance: number;
}

export interface CentralPoint {
  readonly point: Float64Array;
  readonly t: number;
  readonly steps: number;
  /** (ν/t)/f at the point. */
  readonly relativeBound: number;
  readonly status: 'solved' | 'stalled';
}

const GROWTH = 10;
const STEPS_PER_CENTRE = 60;
/** Newton decrement squared at which a point counts as central, under way and at the end. */
const NEAR = 1e-2;
const CENTRED = 1e-9;
/** Below this decrement full steps converge quadratically and differences of values are rounding. */
const QUADRATIC = 0.3;
/** An objective below this is zero but for underflow: the minimum of the function is reached, not bounded by the set. */
export const NEGLIGIBLE = 1e-200;

/** Yields after every Newton step, so that a caller can breathe; its return value is the last point. */
export function* followCentralPath(problem: CentralPathProblem): Generator<CentralPoint, CentralPoint> {
  const { objective, degree, tolerance } = problem;
  let y: Float64Array = problem.start;
  let t = degree / Math.max(objective.value(y), NEGLIGIBLE);
  let steps = 0;
  const at = (status: CentralPoint['status']): CentralPoint => {
    const f = objective.value(y);
    return { point: y, t, steps, relativeBound: f > 0 ? degree / t / f : 0, status };
  };
  for (;;) {
    const here = objective.value(y);
    if (here <= NEGLIGIBLE) return at('solved');
    const last = degree / t <= tolerance * here;
    let previous = Infinity;
    for (let i = 0; ; i++) {
      const step = newtonStep(problem, y, t);
      if (step === null) return at('stalled');
      const { decrement } = step;
      // Past its quadratic phase the decrement falls no more: as central as this arithmetic allows.
      if (decrement <= (last ? CENTRED : NEAR) || (decrement <= NEAR && decrement > previous / 2)) break;
      if (i === STEPS_PER_CENTRE) return at('stalled');
      previous = decrement;
      y = step.next;
      steps++;
      yield at('solved');
    }
    if (last) return at('solved');
    t *= GROWTH;
  }
}

function newtonStep(
  { objective, barrier }: CentralPathProblem,
  y: Float64Array,
  t: number,
): { readonly next: Float64Array; readonly decrement: number } | null {
  const n = y.length;
  const f = objective.derivatives(y);
  const b = barrier.derivatives(y);
  const gradient = b.gradient.map((value, i) => value + t * f.gradient[i]!);
  const hessian = b.hessian.map((value, i) => value + t * f.hessian[i]!);
  const factor = cholesky(hessian, n);
  if (factor === null) return null;
  const direction = choleskySolve(factor, gradient, n);
  const decrement = dot(gradient, direction);
  if (!Number.isFinite(decrement)) return null;
  const moved = (length: number): Float64Array => y.map((value, i) => value - length * direction[i]!);
  let length = 1;
  let next = moved(length);
  if (decrement < QUADRATIC * QUADRATIC) {
    for (; barrier.value(next) === Infinity && length > 1e-10; next = moved(length)) length /= 2;
    return { next, decrement };
  }
  const here = t * objective.value(y) + barrier.value(y);
  const descends = (): boolean => {
    const wall = barrier.value(next);
    return wall < Infinity && t * objective.value(next) + wall <= here - 0.1 * length * decrement;
  };
  while (!descends()) {
    length /= 2;
    if (length < 1e-12) return null;
    next = moved(length);
  }
  return { next, decrement };
}

/** The last point of the path, for callers that need not breathe. */
export function centralPath(problem: CentralPathProblem): CentralPoint {
  const path = followCentralPath(problem);
  for (;;) {
    const { done, value } = path.next();
    if (done === true) return value;
  }
}
