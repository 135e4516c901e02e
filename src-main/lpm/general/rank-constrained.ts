/**
 * The Layer-Peeled Model with a feature dimension p below the rank of the relaxation's solution: a local minimiser of
 *
 *     min_Z Σ_k c_k CE(Z[:,k], k)   subject to  ‖Z‖_* ≤ ρ,  rank Z ≤ p.
 *
 * The problem is not convex and its minimisers break the symmetry between classes, so classes stand alone (but for those
 * that collapse, rank-partition.ts), Z = W H with p columns. Several seeded starts descend part of the way, the best goes
 * on to a stationary point. No global optimality is claimed: `gap` is the distance to the relaxation's lower bound, which
 * need not be attainable.
 */

import type { LpmProblem, SolveOptions, SolverResult, SolveStatus } from '../types.ts';
import { betweenMatrix, expand, spectralPoint } from './expand.ts';
import { unpack, type Factors } from './factors.ts';
import { feasible } from './feasible.ts';
import { evaluateLoss } from './loss.ts';
import { newtonStep, visit } from './newton-step.ts';
import { quasiNewton, type Descent } from './quasi-newton.ts';
import { partition, type Partition } from './rank-partition.ts';
import { createPulse, type Pulse } from './pulse.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { gradientCost, rankStarts } from './rank-starts.ts';
import { solveGeneral } from './relaxation.ts';

/** Residual at which a point counts as stationary, and the one at which the starts are compared. */
export const STATIONARY = 1e-6;
const PROMISING = 1e-3;
/** Iterations granted to a start, and to the best one after that. */
const START_ITERATIONS = 400;
const DEFAULT_ITERATIONS = 4000;
/** Every so many of these short iterations are reported. */
const REPORTED = 10;
/** Newton steps at the end, which bring the residual to rounding where the curvature is good. */
const POLISHING = 12;
const POLISHED = 1e-9;
/** Part of the residual that a step of use leaves at most. */
const FRUITFUL = 0.5;
/** Work granted to each of them, in the units of gradientCost, and bounds on its products. */
const POLISHING_WORK = 3e7;
const MOST_PRODUCTS = 600;
const LEAST_PRODUCTS = 40;

/**
 * Solves with rank ≤ p. If the relaxation's own solution has rank ≤ p it is returned, expanded to classes (the global
 * optimum). The logits always have K groups of one class, in the order of the listed groups. `solved` means stationary:
 * `stationarity`, ‖(∇F B + λA, ∇Fᵀ A + λB)‖ √(2ρ) of F = log f at balanced factors Z = ABᵀ, is at most
 * `options.tolerance` (default 1e-6). `options.maxIterations` bounds the descent of the best start; `options.warmStart` is
 * used if it has K one-class groups. `relaxation` is the solution of (P) where the caller has it.
 * Throws a RangeError unless p ≥ 1 is whole.
 */
export function solveRankConstrained(
  problem: LpmProblem,
  p: number,
  options: SolveOptions = {},
  relaxation: SolverResult = solveGeneral(problem, { onProgress: options.onProgress }),
): SolverResult {
  if (!(Number.isInteger(p) && p >= 1)) throw new RangeError(`dimension must be a positive integer: ${p}`);
  const units = partition(problem, relaxation.logits, false);
  if (relaxation.status === 'cancelled' || units.relaxed.rank <= p)
    return { ...relaxation, logits: expand(units.merging, units.relaxed) };
  const iterations = { count: relaxation.iterations };
  const pulse = createPulse(options.onProgress);
  const found = minimiseOn(units, p, options, pulse, iterations);
  const stays = found.status === 'cancelled' || unitsHold(units.merging.reduced, found.point);
  const whole = stays ? units : partition(problem, relaxation.logits, true);
  const last = stays ? found : minimiseOn(whole, p, options, pulse, iterations);

  const { reduced } = whole.merging;
  const { between, contrasts } = unpack(reduced, last.point);
  const spectral = feasible(reduced, spectralPoint(between, contrasts, reduced.count, Math.min(p, last.point.rank)));
  const loss = evaluateLoss(reduced, contrasts, betweenMatrix(spectral, reduced.count));
  const objective = Math.exp(loss.logLoss);
  return {
    logits: expand(whole.merging, spectral),
    status: last.status,
    objective,
    gap: Math.max(0, objective - (relaxation.objective - relaxation.gap)),
    multiplier: visit(reduced, last.point).multiplier * objective,
    iterations: iterations.count,
    stationarity: last.residual,
  };
}

/** The best of the starts, brought to a stationary point. */
function minimiseOn(
  { merging, relaxed }: Partition,
  p: number,
  options: SolveOptions,
  pulse: Pulse,
  iterations: { count: number },
): Descent {
  const { reduced } = merging;
  const tolerance = options.tolerance ?? STATIONARY;
  const descend = (start: Factors, aim: number, maxIterations: number): Descent => {
    const run = quasiNewton(reduced, start, {
      tolerance: aim,
      maxIterations,
      onIteration: (done, residual) =>
        done % REPORTED === 0 ? pulse.report(iterations.count + done, residual) : pulse.alive(),
    });
    iterations.count += run.iterations;
    return run;
  };
  let best: Descent | null = null;
  for (const start of rankStarts(merging, relaxed, p, options.warmStart)) {
    const run = descend(start, Math.max(PROMISING, tolerance), START_ITERATIONS);
    if (best === null || run.logLoss < best.logLoss) best = run;
    if (run.status === 'cancelled') return { ...best, status: 'cancelled' };
  }
  const run = descend(best!.point, tolerance, options.maxIterations ?? DEFAULT_ITERATIONS);
  return run.status === 'cancelled' ? run : polish(reduced, run, tolerance, pulse, iterations);
}

/** A few Newton steps: quadratic convergence where it is to be had, and a last resort where the descent has stalled. */
function polish(
  reduced: ReducedProblem,
  from: Descent,
  tolerance: number,
  pulse: Pulse,
  iterations: { count: number },
): Descent {
  const radius = Math.sqrt(2 * reduced.radius);
  let current = visit(reduced, from.point);
  let best = current;
  let trust = radius / 16;
  let forcing = Infinity;
  let cancelled = false;
  const work = POLISHING_WORK / gradientCost(reduced.count, from.point.rank);
  const products = Math.min(MOST_PRODUCTS, Math.max(LEAST_PRODUCTS, Math.floor(work)));
  for (let step = 0; step < POLISHING && current.residual > POLISHED && trust > 1e-9 * radius; step++) {
    cancelled = !pulse.report(iterations.count, current.residual);
    if (cancelled) break;
    const next = newtonStep(reduced, current, { trust, goal: POLISHED, forcing, products, alive: pulse.alive });
    iterations.count++;
    trust = next.trust;
    forcing = next.forcing;
    // Where the curvature is bad a stationary point gains nothing from more of them.
    const fruitless = best.residual <= tolerance && next.next.residual > FRUITFUL * current.residual;
    current = next.next;
    if (current.residual < best.residual || current.state.loss.logLoss < best.state.loss.logLoss - 1e-9) best = current;
    if (fruitless) break;
  }
  const { point, state, residual } = best;
  const missed: SolveStatus = from.status === 'solved' ? 'stalled' : from.status;
  const status: SolveStatus = cancelled ? 'cancelled' : residual <= tolerance ? 'solved' : missed;
  return { point, logLoss: state.loss.logLoss, residual, status, iterations: from.iterations };
}

/** Whether no unit of several classes wants to split. */
function unitsHold(reduced: ReducedProblem, point: Factors): boolean {
  const { state, multiplier } = visit(reduced, point);
  return state.loss.within.every((value, a) => !(reduced.sizes[a]! > 1) || value <= multiplier * (1 + 1e-6));
}
