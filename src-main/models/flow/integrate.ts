/**
 * Integrates the gradient flow with error control from t = 0 to any t, 10^12 or 10^1000 alike.
 *
 * The steps are taken in s, ds = L dt (system.ts), which grows only like log log t: some hundred steps. A moment asked for is
 * reached by one more step of the same pair with τ = log(1 + t) as the independent variable (Hénon's device), from the
 * step before it; the main integration does not notice.
 */
import { norm } from '../../numerics/vector.ts';
import type { FlowProblem, FlowState } from './problem.ts';
import { flowSystem, type FlowMethod } from './system.ts';

export interface FlowOptions {
  /** Values of τ = log(1 + t), ascending: the moments to report. The last one ends the integration. */
  readonly moments: readonly number[];
  /** Bound on the estimated error of one step, relative to ‖x‖, and of τ relative to 1 + τ; 1e-14 to 1e-2. */
  readonly tolerance: number;
  /** Accepted and refused steps together; default 1,000,000. */
  readonly maxSteps?: number;
}

export interface Moment {
  /** τ = log(1 + t). */
  readonly tau: number;
  /** x at this time; a copy. */
  readonly state: FlowState;
}

/** What is yielded after each accepted step, and once more for each moment that it passed: where the flow stands. */
export interface FlowProgress {
  readonly tau: number;
  readonly steps: number;
  readonly moments: readonly Moment[];
}

export interface FlowEnd {
  /** max-steps: the moments not reached are missing. */
  readonly status: 'reached' | 'max-steps';
  readonly method: FlowMethod;
  readonly tau: number;
  readonly steps: number;
  readonly refused: number;
  readonly evaluations: number;
}

/** PI control of the step (Hairer, Nørsett, Wanner 1993, II.4 and IV.2): exponents for an
 * error of order 5, safety, and limits of the change. */
const ALPHA = 0.17;
const BETA = 0.04;
const SAFETY = 0.9;
const LEAST_CHANGE = 0.2;
const LARGEST_CHANGE = 8;

/** log(1 + 10^power) for any power. */
export function tauOfPower(power: number): number {
  return power > 15 ? power * Math.LN10 : Math.log1p(10 ** power);
}

/** `count` values of τ at powers of ten evenly spaced from `from` to `to`. */
export function momentGrid(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => tauOfPower(from + ((to - from) * i) / Math.max(1, count - 1)));
}

/** The flow from `start` (copied). It yields often, so that a caller can draw, breathe or stop. */
export function* integrateFlow(
  problem: FlowProblem,
  start: FlowState,
  options: FlowOptions,
): Generator<FlowProgress, FlowEnd> {
  const { moments, tolerance } = options;
  const maxSteps = options.maxSteps ?? 1_000_000;
  const size = start.length;
  const system = flowSystem(problem, size);
  const control = 5 / system.errorOrder;
  const y = new Float64Array(size + 1);
  y.set(start);
  const slope = new Float64Array(size + 1);
  system.slope(y, slope);
  const end = moments.at(-1) ?? 0;
  let h = firstStep(y, slope, size);
  let lastRatio = 1;
  let steps = 0;
  let refused = 0;
  let next = 0;
  const scaled = new Float64Array(size + 1);
  while (y[size]! < end && steps + refused < maxSteps) {
    const trial = system.step(y, slope, h);
    const ratio = errorRatio(trial.error, y, trial.end, size) / tolerance;
    if (!(ratio <= 1)) {
      refused++;
      h *= Number.isFinite(ratio) ? Math.max(LEAST_CHANGE, SAFETY * ratio ** (-1 / system.errorOrder)) : LEAST_CHANGE;
      continue;
    }
    steps++;
    for (; next < moments.length && moments[next]! <= trial.end[size]!; next++) {
      const tau = moments[next]!;
      for (let i = 0; i <= size; i++) scaled[i] = slope[i]! / slope[size]!;
      const state = tau <= y[size]! ? y : system.stepInTau(y, scaled, tau - y[size]!).end;
      yield { tau, steps, moments: [{ tau, state: state.slice(0, size) }] };
    }
    y.set(trial.end);
    slope.set(trial.slope);
    const change = SAFETY * Math.max(ratio, 1e-10) ** (-ALPHA * control) * lastRatio ** (BETA * control);
    h *= Math.min(LARGEST_CHANGE, Math.max(LEAST_CHANGE, change));
    lastRatio = Math.max(ratio, 1e-4);
    yield { tau: y[size]!, steps, moments: [] };
  }
  return {
    status: y[size]! < end ? 'max-steps' : 'reached',
    method: system.method,
    tau: Math.min(end, y[size]!),
    steps,
    refused,
    evaluations: system.evaluations(),
  };
}

/** A hundredth of the time in which x changes by its own size, or the clock by one. */
function firstStep(y: Float64Array, slope: Float64Array, size: number): number {
  const speed = norm(slope.subarray(0, size)) / Math.max(norm(y.subarray(0, size)), 1e-300);
  return 0.01 / Math.max(speed, slope[size]!);
}

/** Estimated error of x over ‖x‖ and of τ over 1 + τ: the larger one. */
function errorRatio(error: Float64Array, y: Float64Array, end: Float64Array, size: number): number {
  const length = Math.max(norm(y.subarray(0, size)), norm(end.subarray(0, size)));
  const ofState = norm(error.subarray(0, size));
  const ofClock = Math.abs(error[size]!) / (1 + Math.abs(end[size]!));
  return Math.max(ofState === 0 ? 0 : ofState / length, ofClock);
}
