/**
 * The general solver of the convex relaxation (P) for any number of groups.
 *
 *     min_Z Σ_k c_k CE(Z[:,k], k)   subject to  ‖Z‖_* ≤ ρ = K √(E_H E_W)
 *
 * Fang, He, Long and Su, PNAS 118(43), 2021 (the relaxation); the nuclear-norm form and its reduction by symmetry are
 * derived in docs/lpm.md. p is ignored: see rank-constrained.ts. It never throws for a mathematical outcome, only for
 * a malformed problem.
 */

import type { LpmProblem, SolveOptions, SolverResult, SolveStatus } from '../types.ts';
import { certify } from './certificate.ts';
import { betweenMatrix, contract, expand, spectralPoint, type SpectralPoint } from './expand.ts';
import { unpack, type Factors } from './factors.ts';
import { feasible } from './feasible.ts';
import { evaluateLoss } from './loss.ts';
import { minimise } from './minimise.ts';
import { mergeGroups, type Merging } from './reduced-problem.ts';
import { decoupledStart } from './start.ts';

const DEFAULT_TOLERANCE = 1e-7;
/** What Newton's last step reaches at no extra cost. */
const AIM = 1e-9;
const DEFAULT_ITERATIONS = 300;

/**
 * Solves (P) to a relative duality gap of `options.tolerance` (default 1e-7).
 * `gap` is ⟨∇f, Z⟩ + ρ‖∇f‖₂ at the returned Z, which is feasible to rounding.
 * @example solveGeneral({ groups: [{ samples: 500, classes: 5, weight: 1 }, { samples: 100, classes: 5, weight: 1 }],
 *   featureBudget: 5, classifierBudget: 1, dimension: null }).objective // 0.376706
 */
export function solveGeneral(problem: LpmProblem, options: SolveOptions = {}): SolverResult {
  const merging = mergeGroups(problem);
  const { reduced } = merging;
  if (reduced.count === 1 && reduced.sizes[0] === 1) return singleClass(merging);
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const warm = options.warmStart === undefined ? null : contract(merging, options.warmStart);
  return solveDirect(merging, warm ?? decoupledStart(reduced), tolerance, options);
}

function solveDirect(merging: Merging, start: Factors, tolerance: number, options: SolveOptions): SolverResult {
  const { reduced } = merging;
  const { point, status, iterations } = minimise(reduced, start, {
    tolerance: Math.min(tolerance, AIM),
    maxIterations: options.maxIterations ?? DEFAULT_ITERATIONS,
    onProgress: options.onProgress,
  });
  const { between, contrasts } = unpack(reduced, point);
  return conclude(merging, feasible(reduced, spectralPoint(between, contrasts, reduced.count, point.rank)), {
    status,
    iterations,
    tolerance,
  });
}

/** Certifies the point that is handed over, rebuilt from its singular triplets. */
export function conclude(
  merging: Merging,
  point: SpectralPoint,
  run: { readonly status: SolveStatus; readonly iterations: number; readonly tolerance: number },
): SolverResult {
  const { reduced } = merging;
  const between = betweenMatrix(point, reduced.count);
  const loss = evaluateLoss(reduced, point.contrasts, between);
  const { relativeGap, multiplier } = certify(reduced, loss, point.contrasts, between);
  const objective = Math.exp(loss.logLoss);
  return {
    logits: expand(merging, point),
    status: relativeGap <= run.tolerance ? 'solved' : run.status === 'solved' ? 'stalled' : run.status,
    objective,
    gap: relativeGap * objective,
    multiplier: multiplier * objective,
    iterations: run.iterations,
  };
}

/** One class in all: the cross-entropy is 0 whatever the logits. */
function singleClass(merging: Merging): SolverResult {
  const none = new Float64Array(0);
  const logits = expand(merging, { contrasts: new Float64Array(1), rank: 0, left: none, singularValues: none, right: none });
  return { logits, status: 'solved', objective: 0, gap: 0, multiplier: 0, iterations: 0 };
}
