/**
 * Newton's method for ridge cross-entropy with any number of distinct counts: trust region on the factored point, rank
 * adaptation, stopping by the duality gap. Nothing about this method enters the certificate.
 *
 * Which groups collapse is known beforehand (s_g = 0 iff c_g ≤ l r_g, docs/ridge.md): their contrasts stay at zero.
 */
import { spectralPoint } from '../../lpm/general/expand.ts';
import { canonicalGauge, removeRotation, type CanonicalFactors } from '../../lpm/general/gauge.ts';
import { truncatedConjugateGradients } from '../../lpm/general/trust-region.ts';
import type { SolveStatus } from '../../lpm/types.ts';
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { norm } from '../../numerics/vector.ts';
import { certify, type RidgeCertificate } from './certificate.ts';
import { decoupledStart } from './decoupled-start.ts';
import { addViolated, dropSlack } from './directions.ts';
import { evaluateFactored, type FactoredValue, type RidgeFactors } from './factored.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

export interface NewtonOptions {
  /** Relative gap aimed at. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly start?: RidgeFactors | undefined;
}

/** Yielded before every iteration, so that a long solve can show progress, breathe or be abandoned. */
export interface NewtonProgress {
  readonly iteration: number;
  readonly relativeGap: number;
}

export interface NewtonRun {
  readonly point: RidgePoint;
  readonly certificate: RidgeCertificate;
  readonly status: SolveStatus;
  readonly iterations: number;
  /** To start a nearby problem of the same sizes from. */
  readonly factors: RidgeFactors;
}

/** Columns whose energy is below this share of the largest change Y by rounding only. */
const NEGLIGIBLE = 1e-13;
/** Hessian products per step. */
const PRODUCTS = 500;
/** Part of the goal left to the inner iteration. */
const SHARE_OF_GOAL = 0.02;
/** Steps without a better gap after which rounding is taken to be the limit. */
const PATIENCE = 8;
/** A factored point in its canonical gauge, with its derivatives. */
export interface Visit {
  readonly factors: CanonicalFactors;
  readonly state: FactoredValue;
  readonly gradient: Float64Array;
}

export function* solveByNewton(problem: ReducedRidge, options: NewtonOptions): Generator<NewtonProgress, NewtonRun> {
  let current = visit(problem, options.start ?? decoupledStart(problem));
  let point = pointOf(problem, current.factors);
  let best = { point, certificate: certify(problem, point), factors: current.factors as RidgeFactors };
  let trust = norm(current.factors.x) / 2;
  let waiting = 0;
  let iterations = 0;
  const relative = ({ gap, objective }: RidgeCertificate): number => gap / objective;
  const finish = (status: SolveStatus): NewtonRun => ({ ...best, status, iterations });
  for (;;) {
    const reached = relative(best.certificate);
    if (reached <= options.tolerance) {
      const cut = dropSlack(problem, current);
      if (cut === null) return finish('solved');
      // Collapsed directions leave exactly zero; the rest must then meet the tolerance by itself.
      const tidy = solveTidied(problem, cut, options);
      if (tidy === null) return finish('solved');
      best = tidy;
      return finish('solved');
    }
    if (waiting > PATIENCE && reached < 1e-4) return finish('stalled');
    if (iterations >= options.maxIterations) return finish('max-iterations');
    yield { iteration: iterations, relativeGap: reached };
    iterations++;
    const missing = norm(current.gradient) < 1e-3 * reached ? addViolated(problem, current) : null;
    const step =
      missing === null
        ? newtonStep(problem, current, trust, options.tolerance)
        : { next: visit(problem, missing), trust };
    trust = step.trust;
    if (trust < 1e-14 * norm(current.factors.x)) return finish('stalled');
    if (step.next === current) {
      waiting++;
      continue;
    }
    current = step.next;
    point = pointOf(problem, current.factors);
    const certificate = certify(problem, point);
    if (relative(certificate) < reached) {
      best = { point, certificate, factors: current.factors };
      waiting = 0;
    } else waiting++;
  }
}

function visit(problem: ReducedRidge, { rank, x }: RidgeFactors): Visit {
  const { count: G, sizes } = problem;
  const decayed = 2 * G * rank + G;
  const gauge = canonicalGauge({ rank, x: x.subarray(0, decayed) }, G, NEGLIGIBLE);
  const tail = x.subarray(decayed);
  // Only differences of biases count: keep their sum over classes, Σ √K_g u_g, at zero.
  const K = sizes.reduce((a, b) => a + b, 0);
  let mean = 0;
  tail.forEach((value, g) => (mean += (Math.sqrt(sizes[g]!) * value) / K));
  const full = new Float64Array(gauge.x.length + tail.length);
  full.set(gauge.x);
  tail.forEach((value, g) => (full[gauge.x.length + g] = value - mean * Math.sqrt(sizes[g]!)));
  const factors = { ...gauge, x: full };
  const state = evaluateFactored(problem, factors);
  return { factors, state, gradient: removeRotation(factors, state.gradient, G) };
}

/** A step within `trust`, no more accurate than a relative gap of `goal` needs. */
function newtonStep(
  problem: ReducedRidge,
  from: Visit,
  trust: number,
  goal: number,
): { readonly next: Visit; readonly trust: number } {
  const { factors, state, gradient } = from;
  const { count: G } = problem;
  const { step, decrease, onBoundary } = truncatedConjugateGradients(
    gradient,
    (v) => removeRotation(factors, state.hessian(v), G),
    (r) => removeRotation(factors, state.precondition(r), G),
    trust,
    Math.max(1, norm(factors.x)),
    (SHARE_OF_GOAL * goal * state.value) / norm(factors.x),
    PRODUCTS,
  );
  const next = visit(problem, { rank: factors.rank, x: factors.x.map((value, i) => value + step[i]!) });
  const floor = 1e-13 * Math.max(1, Math.abs(state.value));
  const ratio = (state.value - next.state.value + floor) / (decrease + floor);
  let size = trust;
  if (!(ratio >= 0.25)) size = Math.min(trust, norm(step)) / 4;
  else if (ratio > 0.75 && onBoundary) size = 2 * trust;
  return { next: ratio > 0.05 ? next : from, trust: size };
}

function pointOf(problem: ReducedRidge, { rank, x }: RidgeFactors): RidgePoint {
  const { count: G, sizes, bias } = problem;
  const size = G * rank;
  const between = multiplyTransposed(x.subarray(0, size), x.subarray(size, 2 * size), G, rank, G);
  const contrasts = x
    .slice(2 * size, 2 * size + G)
    .map((a, g) => (sizes[g]! > 1 ? (a * a) / (2 * (sizes[g]! - 1)) : 0));
  const u = x.slice(2 * size + G);
  return {
    ...spectralPoint(between, contrasts, G, rank),
    bias: Float64Array.from({ length: G }, (_, g) => (bias ? u[g]! / Math.sqrt(sizes[g]!) : 0)),
  };
}

/** A few Newton steps on a cut point; null if it does not meet the tolerance. */
function solveTidied(problem: ReducedRidge, cut: RidgeFactors, options: NewtonOptions) {
  let current = visit(problem, cut);
  for (let i = 0; i < 6; i++) {
    const point = pointOf(problem, current.factors);
    const certificate = certify(problem, point);
    if (certificate.gap <= options.tolerance * certificate.objective)
      return { point, certificate, factors: current.factors as RidgeFactors };
    current = newtonStep(problem, current, norm(current.factors.x), options.tolerance).next;
  }
  return null;
}
