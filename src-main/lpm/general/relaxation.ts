/**
 * The general solver of the convex relaxation (P) for any number of groups.
 *
 *     min_Z Σ_k c_k CE(Z[:,k], k)   subject to  ‖Z‖_* ≤ ρ = K √(E_H E_W)
 *
 * Fang, He, Long and Su, PNAS 118(43), 2021 (the relaxation); the nuclear-norm form and its reduction by symmetry are
 * derived in docs/lpm.md. p is ignored: see rank-constrained.ts. It never throws for a mathematical outcome, only for
 * a malformed problem.
 */

import type { LpmProblem, SolveOptions, SolverResult } from '../types.ts';
import { solveCompressed } from './compressed.ts';
import { certifyPoint, conclude, type CertifiedRun } from './conclusion.ts';
import { contract, expand, spectralPoint } from './expand.ts';
import { unpack, type Factors } from './factors.ts';
import { feasible } from './feasible.ts';
import { minimise, type MinimiseOptions } from './minimise.ts';
import { createPulse } from './pulse.ts';
import { mergeGroups, type Merging, type ReducedProblem } from './reduced-problem.ts';
import { decoupledStart, spectralStart } from './start.ts';

const DEFAULT_TOLERANCE = 1e-7;
/** What Newton's last step reaches at no extra cost. */
const AIM = 1e-9;
const DEFAULT_ITERATIONS = 300;
/** Merged groups above which grids are faster than the groups themselves. */
const COMPRESS_ABOVE = 60;
/** Merged groups up to which a grid's solution is finished on the groups if its gap falls short. */
const DIRECT_BELOW = 250;

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
  const maxIterations = options.maxIterations ?? DEFAULT_ITERATIONS;
  const pulse = createPulse(options.onProgress);
  const warm = options.warmStart === undefined ? null : contract(merging, options.warmStart);
  if (reduced.count <= COMPRESS_ABOVE) {
    const aim = { tolerance: Math.min(tolerance, AIM), maxIterations, pulse };
    const run = solveDirect(reduced, warm ?? decoupledStart(reduced), aim);
    return conclude(merging, run, tolerance);
  }
  const finishable = reduced.count <= DIRECT_BELOW;
  const onGrid = solveCompressed(reduced, tolerance, maxIterations, pulse, finishable);
  if (onGrid !== null) {
    const met = onGrid.certified.relativeGap <= tolerance;
    if (met || onGrid.status === 'cancelled' || onGrid.status === 'max-iterations' || !finishable) {
      return conclude(merging, onGrid, tolerance);
    }
  }
  const offset = onGrid?.iterations ?? 0;
  const start = onGrid === null ? (warm ?? decoupledStart(reduced)) : spectralStart(reduced, onGrid.certified.point);
  const run = solveDirect(reduced, start, { tolerance, maxIterations, pulse, offset });
  const better = onGrid !== null && onGrid.certified.relativeGap < run.certified.relativeGap ? onGrid : run;
  return conclude(merging, { ...better, iterations: run.iterations + offset }, tolerance);
}

/** Newton on the groups themselves, O(G²·rank) per Hessian product. */
function solveDirect(reduced: ReducedProblem, start: Factors, options: MinimiseOptions): CertifiedRun {
  const { point, status, iterations } = minimise(reduced, start, options);
  const { between, contrasts } = unpack(reduced, point);
  const spectral = feasible(reduced, spectralPoint(between, contrasts, reduced.count, point.rank));
  return { certified: certifyPoint(reduced, spectral), status, iterations };
}

/** One class in all: the cross-entropy is 0 whatever the logits. */
function singleClass(merging: Merging): SolverResult {
  const none = new Float64Array(0);
  const logits = expand(merging, {
    contrasts: new Float64Array(1),
    rank: 0,
    left: none,
    singularValues: none,
    right: none,
  });
  return { logits, status: 'solved', objective: 0, gap: 0, multiplier: 0, iterations: 0 };
}
