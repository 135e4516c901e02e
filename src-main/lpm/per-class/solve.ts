/**
 * Solves the Layer-Peeled Model with per-class budgets ‖w_k‖² ≤ E_W, ‖h_k‖² ≤ E_H: an option beside the paper's mean budgets
 * (lpm/solve.ts). Central path over the symmetric blocks, then a certificate that does not trust it. For at most
 * MOST_SHARES distinct shares; classes of equal share cost nothing extra. p is taken to be large enough (at least the rank).
 */
import { barrierDegree, semidefiniteBarrier } from '../../numerics/semidefinite-barrier.ts';
import { followCentralPath } from '../../numerics/path-following.ts';
import { InvalidInput } from '../../parameters/specification.ts';
import { mergeGroups, type Merging } from '../general/solve.ts';
import { oddsObjective } from '../odds-objective.ts';
import type { LpmProblem } from '../types.ts';
import { certifyPerClass, type PerClassCertificate } from './certificate.ts';
import { perClassProgram, readPoint, type PerClassPoint } from './program.ts';

/** Relative gap that counts as certified. */
export const PER_CLASS_TOLERANCE = 1e-9;
/** Distinct shares: 2G² + 4G unknowns and dense Newton steps. */
export const MOST_SHARES = 12;
const AIM = 1e-11;
/** Contrasts of the logits below this share of the budget are tried at exactly zero. */
const SUSPECT = 1e-4;

export interface PerClassOptimum extends PerClassPoint, PerClassCertificate {
  readonly merging: Merging;
  readonly iterations: number;
}

export interface PerClassProgress {
  readonly iteration: number;
  /** What the central path promises; no proof. */
  readonly relativeBound: number;
}

/** @throws InvalidInput naming counts where more than MOST_SHARES distinct shares occur. */
export function checkShares(problem: LpmProblem): Merging {
  const merging = mergeGroups(problem);
  const { count } = merging.reduced;
  if (count > MOST_SHARES) {
    const message = `per-class budgets are solved for at most ${MOST_SHARES} distinct counts (times weights), got ${count}`;
    throw new InvalidInput([{ field: 'counts', value: count, message }]);
  }
  return merging;
}

/** Yields after every Newton step. The problem has passed validateProblem (validate.ts). */
export function* perClassSteps(problem: LpmProblem): Generator<PerClassProgress, PerClassOptimum> {
  const merging = checkShares(problem);
  const all = Array.from(merging.reduced.sizes, (size) => size > 1);
  const interior = yield* minimiseOver(merging, all, 0);
  const budget = merging.reduced.radius / merging.reduced.sizes.reduce((sum, size) => sum + size, 0);
  const kept = all.map((free, g) => free && interior.contrasts[g]! > SUSPECT * budget);
  if (kept.every((free, g) => free === all[g])) return interior;
  const sparse = yield* minimiseOver(merging, kept, interior.iterations);
  const accepted = sparse.relativeGap <= Math.max(interior.relativeGap, PER_CLASS_TOLERANCE);
  return { ...(accepted ? sparse : interior), iterations: sparse.iterations };
}

/** The optimum at once. */
export function minimisePerClass(problem: LpmProblem): PerClassOptimum {
  const steps = perClassSteps(problem);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function* minimiseOver(
  merging: Merging,
  free: readonly boolean[],
  before: number,
): Generator<PerClassProgress, PerClassOptimum> {
  const program = perClassProgram(merging.reduced, free);
  const { blocks, slacks, start, groups } = program;
  const path = followCentralPath({
    objective: oddsObjective(groups),
    barrier: semidefiniteBarrier(blocks, slacks),
    degree: barrierDegree(blocks, slacks),
    start,
    tolerance: AIM,
  });
  for (;;) {
    const { done, value } = path.next();
    const iterations = before + value.steps;
    if (done !== true) {
      yield { iteration: iterations, relativeBound: value.relativeBound };
      continue;
    }
    const certificate = certifyPerClass(program, value.point);
    return { ...certificate, ...readPoint(program, value.point), merging, iterations };
  }
}
