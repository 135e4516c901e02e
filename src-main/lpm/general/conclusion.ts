/**
 * The last word on a point: certified as it is handed over, rebuilt from its singular triplets, and put in the form of
 * a SolverResult. No improvement of the point.
 */

import type { SolverResult, SolveStatus } from '../types.ts';
import { certify } from './certificate.ts';
import { betweenMatrix, expand, type SpectralPoint } from './expand.ts';
import { evaluateLoss } from './loss.ts';
import type { Merging, ReducedProblem } from './reduced-problem.ts';

export interface CertifiedPoint {
  readonly point: SpectralPoint;
  /** F = log f. */
  readonly logLoss: number;
  /** gap / f. */
  readonly relativeGap: number;
  /** Multiplier of the constraint for F. */
  readonly multiplier: number;
}

/** How a point was reached. */
export interface CertifiedRun {
  readonly certified: CertifiedPoint;
  readonly status: SolveStatus;
  readonly iterations: number;
}

/** Loss and gap of a feasible point; `quick` as in certify. */
export function certifyPoint(problem: ReducedProblem, point: SpectralPoint, quick = false): CertifiedPoint {
  const between = betweenMatrix(point, problem.count);
  const loss = evaluateLoss(problem, point.contrasts, between);
  const { relativeGap, multiplier } = certify(problem, loss, point.contrasts, between, quick);
  return { point, logLoss: loss.logLoss, relativeGap, multiplier };
}

/** The result over the listed groups; `solved` exactly when the gap meets the tolerance. */
export function conclude(merging: Merging, run: CertifiedRun, tolerance: number): SolverResult {
  const { status, iterations } = run;
  const { point, logLoss, relativeGap, multiplier } = run.certified;
  const objective = Math.exp(logLoss);
  return {
    logits: expand(merging, point),
    status: relativeGap <= tolerance ? 'solved' : status === 'solved' ? 'stalled' : status,
    objective,
    gap: relativeGap * objective,
    multiplier: multiplier * objective,
    iterations,
  };
}
