/**
 * Solves a ridge-regularised unconstrained features problem by the cheapest exact method: closed forms for the squared loss
 * and for one or two distinct counts, Newton otherwise; certifies the result by its Fenchel duality gap and describes it.
 * Input is validated by validate.ts, not here. Never throws for a mathematical outcome.
 */
import { expand } from '../../lpm/general/solve.ts';
import type { SolveStatus, SymmetricLogits } from '../../lpm/types.ts';
import { certify, vanishingDecay, zeroPoint, type RidgeCertificate } from './certificate.ts';
import type { RidgeFactors } from './factored.ts';
import { describeRidge } from './geometry.ts';
import { solveByNewton, type NewtonProgress } from './newton.ts';
import { reduce } from './reduce.ts';
import { solveSquared } from './squared.ts';
import { solveOneGroup, solveTwoGroups } from './two-groups.ts';
import type { ReducedRidge, RidgePoint, RidgeProblem, RidgeSolution } from './types.ts';

/** Relative gap that counts as certified: closed forms and two groups, and Newton. */
export const CLOSED_TOLERANCE = 1e-9;
export const NEWTON_TOLERANCE = 1e-7;
/** What Newton's last step reaches at no extra cost. */
const AIM = 1e-10;
/** A dozen do; count ratios of 10⁷ have taken 370. */
const MAX_ITERATIONS = 1000;

export interface RidgeOptions {
  /** Target for gap / objective; 1e-9 for closed forms and two groups, 1e-7 otherwise, unless given. */
  readonly tolerance?: number | undefined;
  readonly maxIterations?: number | undefined;
  /** `factors` of a nearby problem with the same classes in each group. */
  readonly warmStart?: RidgeFactors | undefined;
}

export interface RidgeResult {
  readonly solution: RidgeSolution;
  /** What to hand on as `warmStart`; absent for closed forms, which need none. */
  readonly factors: RidgeFactors | undefined;
}

interface Solved {
  readonly point: RidgePoint;
  readonly certificate: RidgeCertificate;
  readonly status: SolveStatus;
  readonly iterations: number;
  readonly factors?: RidgeFactors;
}

export function solveRidge(problem: RidgeProblem, options: RidgeOptions = {}): RidgeSolution {
  const steps = ridgeSteps(problem, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value.solution;
  }
}

/** As solveRidge, one Newton iteration at a time (closed forms take none), for whoever shows progress or may stop. */
export function* ridgeSteps(problem: RidgeProblem, options: RidgeOptions = {}): Generator<NewtonProgress, RidgeResult> {
  const started = performance.now();
  const reduction = reduce(problem);
  const { reduced, merging } = reduction;
  const closed = reduced.count <= 2 || problem.loss === 'squared';
  const tolerance = options.tolerance ?? (closed ? CLOSED_TOLERANCE : NEWTON_TOLERANCE);
  const solved: Solved =
    closed || reduced.decay >= vanishingDecay(reduced)
      ? closedForm(reduced)
      : yield* solveByNewton(reduced, {
          tolerance: Math.min(tolerance, AIM),
          maxIterations: options.maxIterations ?? MAX_ITERATIONS,
          start: options.warmStart,
        });
  const { objective, gap } = solved.certificate;
  const relativeGap = objective > 0 ? gap / objective : 0;
  const weighted = expand(merging, solved.point);
  const bias = Float64Array.from(merging.target, (a) => solved.point.bias[a]!);
  const met = relativeGap <= tolerance;
  const solution: RidgeSolution = {
    problem,
    ...solved.certificate,
    relativeGap,
    lowerBound: Math.max(0, objective - gap),
    certified: met,
    status: met ? 'solved' : solved.status === 'solved' ? 'stalled' : solved.status,
    iterations: solved.iterations,
    milliseconds: performance.now() - started,
    rank: rankOf(weighted),
    ...describeRidge(problem, weighted, bias),
    weighted,
  };
  return { solution, factors: solved.factors };
}

function closedForm(reduced: ReducedRidge): Solved {
  const point = closedPoint(reduced);
  return { point, certificate: certify(reduced, point), status: 'solved', iterations: 0 };
}

function closedPoint(reduced: ReducedRidge): RidgePoint {
  if (reduced.loss === 'squared') return solveSquared(reduced);
  if (reduced.count === 1) return solveOneGroup(reduced);
  return reduced.count === 2 ? solveTwoGroups(reduced) : zeroPoint(reduced);
}

function rankOf({ sizes, contrasts, rank }: SymmetricLogits): number {
  return sizes.reduce((sum, size, g) => sum + (contrasts[g]! > 0 ? size - 1 : 0), rank);
}

/** Singular values of Y = Z D^{1/2}, positive ones, descending, with multiplicity. */
export function ridgeSpectrum({ weighted }: RidgeSolution): number[] {
  const values = [...weighted.singularValues];
  weighted.sizes.forEach((size, g) => {
    for (let i = 1; i < size; i++) values.push(weighted.contrasts[g]!);
  });
  return values.filter((value) => value > 0).sort((a, b) => b - a);
}
