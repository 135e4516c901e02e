/**
 * Solves a Layer-Peeled problem by the cheapest exact method: closed form for equal shares, the four-scalar Newton for
 * two groups, the general program otherwise; and describes the optimum. Input is validated by validate.ts, not here.
 */
import { expand, mergeGroups, solveGeneral, solveRankConstrained, type Merging } from './general/solve.ts';
import { describeGroups, spectrumSize } from './geometry.ts';
import { nuclearRadius } from './shares.ts';
import { createTwoGroupSolution, solveTwoGroups, twoGroupLogits } from './two-group.ts';
import type { LpmProblem, LpmSolution, SolveOptions, SolverResult, SymmetricLogits } from './types.ts';

/** Relative gap that counts as certified: two groups (and closed forms), and long tails. */
export const TWO_GROUP_TOLERANCE = 1e-9;
export const GENERAL_TOLERANCE = 1e-7;

/**
 * The global optimum with its certificate; where p is below its rank, a local optimum of the rank-constrained problem,
 * labelled so, whose lower bound is the relaxation's.
 * Never throws for a mathematical outcome: see `status` and `relativeGap`.
 */
export function solve(problem: LpmProblem, options: SolveOptions = {}): LpmSolution {
  const started = performance.now();
  const merging = mergeGroups(problem);
  const relaxed = solveRelaxation(problem, merging, options);
  const tolerance = options.tolerance ?? (merging.reduced.count <= 2 ? TWO_GROUP_TOLERANCE : GENERAL_TOLERANCE);
  const p = problem.dimension;
  if (p === null || p >= spectrumSize(relaxed.logits).rank || relaxed.status === 'cancelled')
    return describe(problem, relaxed, 'global', tolerance, started);
  const local = solveRankConstrained(problem, p, options, relaxed);
  return describe(problem, local, 'local', tolerance, started);
}

/** Classes of equal share are interchangeable whatever group lists them: solved as one, written out as listed. */
function solveRelaxation(problem: LpmProblem, merging: Merging, options: SolveOptions): SolverResult {
  const { count, sizes, shares, radius } = merging.reduced;
  if (count > 2) return solveGeneral(problem, options);
  const solved = count === 1 ? solveBalanced(sizes[0]!, radius) : solveTwo(sizes, shares, radius, options);
  return { ...solved, logits: expand(merging, solved.logits) };
}

/** Two distinct shares, the larger first. */
function solveTwo(sizes: Float64Array, shares: Float64Array, radius: number, options: SolveOptions): SolverResult {
  const instance = {
    majorityClasses: sizes[0]!,
    minorityClasses: sizes[1]!,
    majorityShare: shares[0]!,
    minorityShare: shares[1]!,
    radius,
  };
  const z = solveTwoGroups(instance, createTwoGroupSolution());
  const relative = z.gap / z.objective;
  return {
    logits: twoGroupLogits(instance, z, false),
    status: relative <= (options.tolerance ?? TWO_GROUP_TOLERANCE) || z.objective === 0 ? 'solved' : 'stalled',
    objective: z.objective,
    gap: z.gap,
    multiplier: z.multiplier,
    iterations: z.iterations,
  };
}

/** Equal shares: Z = s(I − J/K), s = ρ/(K − 1), whose gradient has all its singular values equal (Fang et al. 2021, Theorem 1). */
function solveBalanced(K: number, rho: number): SolverResult {
  const s = rho / (K - 1);
  const odds = (K - 1) * Math.exp(-s);
  const objective = Math.log1p(odds);
  // σ = c (1 − p_own + p_other) with c = 1/K; every singular value of the gradient equals it, so the gap is rounding.
  const multiplier = (odds * (K / (K - 1))) / (1 + odds) / K;
  const logits: SymmetricLogits = {
    sizes: [K],
    contrasts: Float64Array.of(s),
    rank: 0,
    left: new Float64Array(0),
    singularValues: new Float64Array(0),
    right: new Float64Array(0),
  };
  return {
    logits,
    status: 'solved',
    objective,
    gap: Number.EPSILON * (objective + rho * multiplier),
    multiplier,
    iterations: 0,
  };
}

function describe(
  problem: LpmProblem,
  result: SolverResult,
  optimality: 'global' | 'local',
  tolerance: number,
  started: number,
): LpmSolution {
  const relativeGap = result.objective > 0 ? result.gap / result.objective : 0;
  // A rank-constrained optimum breaks the symmetry inside groups: it is described class by class.
  const described = optimality === 'global' ? problem : classByClass(problem);
  const description = describeGroups(described, result.logits);
  return {
    problem: described,
    objective: result.objective,
    gap: result.gap,
    relativeGap,
    lowerBound: Math.max(0, result.objective - result.gap),
    status: result.status,
    iterations: result.iterations,
    milliseconds: performance.now() - started,
    ...spectrumSize(result.logits),
    radius: nuclearRadius(problem),
    multiplier: result.multiplier,
    certified: optimality === 'global' && relativeGap <= tolerance,
    optimality,
    stationarity: optimality === 'local' ? (result.stationarity ?? null) : null,
    ...description,
    logits: result.logits,
  };
}

function classByClass(problem: LpmProblem): LpmProblem {
  return {
    ...problem,
    groups: problem.groups.flatMap((group) => new Array(group.classes).fill({ ...group, classes: 1 })),
  };
}
