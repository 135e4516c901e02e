/**
 * The Layer-Peeled Model with a feature dimension p below the rank of the relaxation's solution: a local minimiser of
 *
 *     min_Z Σ_k c_k CE(Z[:,k], k)   subject to  ‖Z‖_* ≤ ρ,  rank Z ≤ p.
 *
 * The problem is not convex and its minimisers break the symmetry between classes of a group, so the full K×K matrix is
 * used, Z = W H with p columns, from several seeded starts; the best stationary point is returned. No global optimality
 * is claimed: `gap` measures the distance to the relaxation's lower bound, which need not be attainable.
 */

import type { LpmProblem, SolveOptions, SolverResult, SolveStatus } from '../types.ts';
import { classwise, fullMatrix } from './classwise.ts';
import { betweenMatrix, expand, spectralPoint } from './expand.ts';
import { unpack } from './factors.ts';
import { feasible } from './feasible.ts';
import { evaluateLoss } from './loss.ts';
import { newtonStep, visit, type Visit } from './newton-step.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { rankStarts } from './rank-starts.ts';
import { solveGeneral } from './relaxation.ts';

/** Riemannian gradient, relative to f and the radius, at which a point counts as stationary. */
const STATIONARY = 1e-8;
/** Residual at which the starts are compared. */
const PROMISING = 1e-3;
const DEFAULT_ITERATIONS = 200;

/**
 * Solves with rank ≤ p. If the relaxation's own solution has rank ≤ p it is returned, expanded to classes (the global
 * optimum). The logits always have K groups of one class, in the order of the listed groups. `solved` means stationary;
 * `multiplier` is that of the norm constraint at the returned point. `options.tolerance` bounds the relative residual
 * (default 1e-8), `options.warmStart` is used if it has K one-class groups. Throws a RangeError unless p ≥ 1 is whole.
 */
export function solveRankConstrained(problem: LpmProblem, p: number, options: SolveOptions = {}): SolverResult {
  if (!(Number.isInteger(p) && p >= 1)) throw new RangeError(`dimension must be a positive integer: ${p}`);
  const relaxation = solveGeneral(problem, { onProgress: options.onProgress });
  const classes = classwise(problem);
  const { reduced } = classes;
  const K = reduced.count;
  const whole = spectralPoint(fullMatrix(relaxation.logits), new Float64Array(K), K);
  if (relaxation.status === 'cancelled' || whole.rank <= p) return { ...relaxation, logits: expand(classes, whole) };

  // Every start goes part of the way, the most promising one to the end.
  const limit = options.maxIterations ?? DEFAULT_ITERATIONS;
  let best: Visit | null = null;
  let status: SolveStatus = 'solved';
  let iterations = relaxation.iterations;
  for (const start of rankStarts(reduced, whole, p, options.warmStart)) {
    const run = descend(reduced, visit(reduced, start), options, PROMISING, Math.min(limit, 50), iterations);
    iterations += run.iterations;
    if (best === null || run.visit.state.loss.logLoss < best.state.loss.logLoss - 1e-9) best = run.visit;
    status = run.status;
    if (status === 'cancelled') break;
  }
  if (status !== 'cancelled') {
    const run = descend(reduced, best!, options, options.tolerance ?? STATIONARY, limit, iterations);
    iterations += run.iterations;
    best = run.visit;
    status = run.status;
  }
  const { point, multiplier } = best!;
  const { between, contrasts } = unpack(reduced, point);
  const spectral = feasible(reduced, spectralPoint(between, contrasts, K, Math.min(p, point.rank)));
  const objective = Math.exp(evaluateLoss(reduced, contrasts, betweenMatrix(spectral, K)).logLoss);
  const lowerBound = relaxation.objective - relaxation.gap;
  return {
    logits: expand(classes, spectral),
    status,
    objective,
    gap: Math.max(0, objective - lowerBound),
    multiplier: multiplier * objective,
    iterations,
  };
}

function descend(
  reduced: ReducedProblem,
  start: Visit,
  options: SolveOptions,
  tolerance: number,
  limit: number,
  offset: number,
): { readonly visit: Visit; readonly status: SolveStatus; readonly iterations: number } {
  const radius = Math.sqrt(2 * reduced.radius);
  let current = start;
  let trust = radius / 4;
  for (let iterations = 0; ; iterations++) {
    const done = (status: SolveStatus) => ({ visit: current, status, iterations });
    if (current.residual <= tolerance) return done('solved');
    if (trust < 1e-12 * radius) return done('stalled');
    if (iterations >= limit) return done('max-iterations');
    const progress = { iteration: offset + iterations, relativeGap: current.residual };
    if (options.onProgress?.(progress) === false) return done('cancelled');
    const step = newtonStep(reduced, current, trust, tolerance);
    current = step.next;
    trust = step.trust;
  }
}
