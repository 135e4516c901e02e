/**
 * Problems of many distinct counts (long tails): solve on a grid, lift, certify on the groups themselves, refine the
 * grid until the gap is met or grids stop paying. Hands back the best point met, null if no grid was worth a look.
 */

import { certifyPoint, type CertifiedRun } from './conclusion.ts';
import type { Factors } from './factors.ts';
import { feasible } from './feasible.ts';
import { buildGrid, type Grid } from './grid.ts';
import { aggregate, lift, liftedSpectrum, ownLogits, restrict, type Lifted } from './lift.ts';
import { minimise, type Minimiser } from './minimise.ts';
import type { Pulse } from './pulse.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { decoupledLogits, decoupledStart } from './start.ts';

/** Nodes per panel and growth of the panels, from a quick look to the last resort. */
/** Groups up to which the spectral norm of a gradient takes less than a second. */
const PROMPT = 1000;
/** Part of the tolerance that a grid's own gap may take. */
const SHARE = 0.1;
const LEVELS = [
  { nodes: 4, growth: 4, final: false },
  { nodes: 10, growth: 2, final: true },
  { nodes: 14, growth: 2, final: true },
  { nodes: 20, growth: 1.5, final: true },
] as const;

/**
 * Solves on grids to a relative gap of `tolerance` on the groups themselves, as far as that goes. With `finishable` the
 * first grid of use ends it: the caller finishes on the groups, which then costs less than finer grids.
 */
export function solveCompressed(
  problem: ReducedProblem,
  tolerance: number,
  maxIterations: number,
  pulse: Pulse,
  finishable: boolean,
): CertifiedRun | null {
  let lifted: Lifted | null = null;
  let best: CertifiedRun | null = null;
  let iterations = 0;
  for (const { nodes, growth, final } of LEVELS) {
    const own = lifted === null ? decoupledLogits(problem) : ownLogits(lifted);
    const grid = buildGrid(problem, thresholdOf(own), nodes, growth);
    if (grid.coarse.count > 0.8 * problem.count) break;
    const start: Factors = lifted === null ? decoupledStart(grid.coarse) : restrict(lifted, grid);
    const run = minimise(grid.coarse, start, {
      tolerance: final ? SHARE * tolerance : 1e-4,
      maxIterations: maxIterations - iterations,
      pulse,
      offset: iterations,
    });
    iterations += run.iterations;
    if (run.status === 'cancelled')
      return best === null ? interrupted(problem, grid, run) : { ...best, status: 'cancelled' };
    lifted = lift(grid, run.point);
    const stop = run.status === 'max-iterations';
    if (!final && !stop) continue;
    const point = feasible(problem, liftedSpectrum(lifted));
    const certified = certifyPoint(problem, point);
    if (best === null || certified.relativeGap < best.certified.relativeGap)
      best = { certified, status: run.status, iterations };
    if (stop || finishable || certified.relativeGap <= tolerance) return best;
  }
  return best;
}

/** Where a run stands when it is told to stop: the grid's own point, seconds sooner than its best lift; in doubt a quick bound. */
function interrupted(problem: ReducedProblem, grid: Grid, { point, iterations }: Minimiser): CertifiedRun {
  const certified = certifyPoint(problem, feasible(problem, aggregate(grid, point)), problem.count > PROMPT);
  return { certified, status: 'cancelled', iterations };
}

/** Number of leading groups with a positive own logit, up to the noise of interpolation. */
function thresholdOf(own: Float64Array): number {
  const floor = 0.02 * own.reduce((top, value) => Math.max(top, value), 0);
  let k = 0;
  while (k < own.length && own[k]! > floor) k++;
  return k;
}
