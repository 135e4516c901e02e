/**
 * Limited-memory BFGS for a smooth function without constraints (Nocedal 1980), with the line search of Hager and Zhang
 * (2005) in a plain form: its approximate Wolfe test compares slopes, so that the gradient keeps falling after the decrease
 * of the value is lost in rounding. It finds stationary points; it knows nothing of constraints and of global minima.
 */

import { addScaled, dot, norm, scale } from './vector.ts';

/** Writes the gradient at x into `gradient` and returns f(x); may return NaN or ∞ outside its domain. */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Stops at ‖∇f‖₂ ≤ this; default 1e-10. */
  readonly gradientTolerance?: number | undefined;
  /** Default 10,000. */
  readonly maxIterations?: number | undefined;
  /** Pairs kept; default 20. */
  readonly memory?: number | undefined;
  /**
   * A symmetric positive definite map that stands in for the inverse Hessian at the latest accepted point, up to a factor;
   * default the identity. Asked for anew in every iteration.
   */
  readonly preconditioner?: (() => (v: Float64Array) => Float64Array) | undefined;
}

/** converged: the gradient met its tolerance. stalled: no step of the line search was acceptable in rounding. */
export type LbfgsStatus = 'running' | 'converged' | 'stalled' | 'max-iterations';

export interface Lbfgs {
  /** One iteration; does nothing once the status is not `running`. */
  step(): LbfgsStatus;
  readonly status: LbfgsStatus;
  /** The point, replaced by every step. */
  readonly x: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
}

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** Hager and Zhang's δ, σ and the relative rise of the value that counts as rounding. */
const DECREASE = 0.1;
const CURVATURE = 0.9;
const ROUNDING = 1e-12;

/** A minimiser that waits to be stepped: long computations look after messages and limits between two steps. */
export function createLbfgs(f: Differentiable, start: Float64Array, options: LbfgsOptions = {}): Lbfgs {
  const { gradientTolerance = 1e-10, maxIterations = 10_000, memory = 20, preconditioner } = options;
  const n = start.length;
  const pairs: Pair[] = [];
  const state = { x: Float64Array.from(start), g: new Float64Array(n), value: 0, iterations: 0, evaluations: 1 };
  state.value = f(state.x, state.g);
  let status: LbfgsStatus = norm(state.g) <= gradientTolerance ? 'converged' : 'running';

  const step = (): LbfgsStatus => {
    if (status !== 'running') return status;
    if (state.iterations >= maxIterations) return (status = 'max-iterations');
    const precondition = preconditioner?.() ?? null;
    let direction = descentDirection(state.g, pairs, precondition);
    if (!(dot(direction, state.g) < 0)) {
      pairs.length = 0;
      direction = descentDirection(state.g, pairs, precondition);
    }
    const first = pairs.length === 0 ? Math.min(1, 1 / norm(state.g)) : 1;
    const found = lineSearch(f, state, direction, first);
    state.evaluations += found.evaluations;
    if (found.point === null) {
      // Old pairs may mislead: try the plain gradient once before giving up.
      if (pairs.length === 0) return (status = 'stalled');
      pairs.length = 0;
      return status;
    }
    const { x, g, value } = found.point;
    const s = x.map((entry, i) => entry - state.x[i]!);
    const y = g.map((entry, i) => entry - state.g[i]!);
    const sy = dot(s, y);
    if (sy > Number.EPSILON * norm(s) * norm(y)) {
      pairs.push({ s, y, rho: 1 / sy });
      if (pairs.length > memory) pairs.shift();
    }
    Object.assign(state, { x, g, value });
    state.iterations++;
    if (norm(g) <= gradientTolerance) status = 'converged';
    return status;
  };

  return {
    step,
    get status() {
      return status;
    },
    get x() {
      return state.x;
    },
    get value() {
      return state.value;
    },
    get gradientNorm() {
      return norm(state.g);
    },
    get iterations() {
      return state.iterations;
    },
    get evaluations() {
      return state.evaluations;
    },
  };
}

/**
 * Runs to the end.
 * @example minimiseLbfgs((x, g) => { g[0] = 2 * x[0]!; return x[0]! ** 2; }, Float64Array.of(3)).x // [0]
 */
export function minimiseLbfgs(f: Differentiable, start: Float64Array, options: LbfgsOptions = {}): Lbfgs {
  const solver = createLbfgs(f, start, options);
  while (solver.step() === 'running');
  return solver;
}

/** −B ∇f by the two-loop recursion, B started from the preconditioner scaled to the latest pair. */
function descentDirection(
  g: Float64Array,
  pairs: readonly Pair[],
  precondition: ((v: Float64Array) => Float64Array) | null,
): Float64Array {
  let q = Float64Array.from(g);
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    alphas[i] = rho * dot(s, q);
    addScaled(q, -alphas[i]!, y);
  }
  if (precondition !== null) q = Float64Array.from(precondition(q));
  const last = pairs.at(-1);
  if (last) scale(q, 1 / (last.rho * dot(last.y, precondition?.(last.y) ?? last.y)));
  pairs.forEach(({ s, y, rho }, i) => addScaled(q, alphas[i]! - rho * dot(y, q), s));
  scale(q, -1);
  return q;
}

interface Point {
  readonly x: Float64Array;
  readonly g: Float64Array;
  readonly value: number;
}

/** A step along d that meets the Wolfe or the approximate Wolfe conditions; null if rounding leaves none. */
function lineSearch(
  f: Differentiable,
  from: Point,
  d: Float64Array,
  first: number,
): { readonly point: Point | null; readonly evaluations: number } {
  const slope = dot(from.g, d);
  const limit = from.value + ROUNDING * Math.abs(from.value);
  let low = 0;
  let lowSlope = slope;
  let high = Infinity;
  let highSlope = NaN;
  let best: Point | null = null;
  let step = first;
  for (let evaluations = 1; evaluations <= 60; evaluations++) {
    const x = from.x.map((entry, i) => entry + step * d[i]!);
    const g = new Float64Array(x.length);
    const value = f(x, g);
    const at = dot(g, d);
    const wolfe = value <= from.value + DECREASE * step * slope && at >= CURVATURE * slope;
    const approximate = value <= limit && at <= (2 * DECREASE - 1) * slope && at >= CURVATURE * slope;
    if (wolfe || approximate) return { point: { x, g, value }, evaluations };
    if (value <= limit && at < 0) {
      low = step;
      lowSlope = at;
      if (value < from.value) best = { x, g, value };
    } else {
      // Too far: the slope has turned, the value has risen, or f is not defined there.
      high = step;
      highSlope = value <= limit ? at : NaN;
    }
    if (high === Infinity) {
      step *= 4;
      continue;
    }
    const secant = low - (lowSlope * (high - low)) / (highSlope - lowSlope);
    const margin = 0.05 * (high - low);
    const next = secant > low + margin && secant < high - margin ? secant : (low + high) / 2;
    if (next === low || next === high) return { point: best, evaluations };
    step = next;
  }
  return { point: best, evaluations: 60 };
}
