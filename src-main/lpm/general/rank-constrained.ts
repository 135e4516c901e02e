/**
 * The Layer-Peeled Model with a feature dimension p below the rank of the relaxation's solution: a local minimiser of
 *
 *     min_Z Σ_k c_k CE(Z[:,k], k)   subject to  ‖Z‖_* ≤ ρ,  rank Z ≤ p.
 *
 * The problem is not convex and its minimisers break the symmetry between classes of a group, so the full K×K matrix is
 * used, Z = W H with p columns, from several seeded starts; the best stationary point is returned. No global optimality
 * is claimed: `gap` measures the distance to the relaxation's lower bound, which need not be attainable.
 */

import { randomSource } from '../../numerics/random.ts';
import type { ClassGroup, LpmProblem, SolveOptions, SolverResult, SolveStatus } from '../types.ts';
import { betweenMatrix, expand, spectralPoint } from './expand.ts';
import { unpack, type Factors } from './factors.ts';
import { feasible } from './feasible.ts';
import { evaluateLoss } from './loss.ts';
import { newtonStep, visit, type Visit } from './newton-step.ts';
import { mergeGroups, type Merging, type ReducedProblem } from './reduced-problem.ts';
import { solveGeneral } from './relaxation.ts';
import { onSphere } from './start.ts';

/** Riemannian gradient, relative to f and the radius, at which a point counts as stationary. */
const STATIONARY = 1e-8;
const SEED = 20210211;

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
  const relaxed = fullMatrix(relaxation.logits.sizes, relaxation);
  const { reduced } = classes;
  const K = reduced.count;
  const whole = spectralPoint(relaxed, new Float64Array(K), K);
  if (relaxation.status === 'cancelled' || whole.rank <= p) return { ...relaxation, logits: expand(classes, whole) };

  let best: Visit | null = null;
  let status: SolveStatus = 'max-iterations';
  let iterations = relaxation.iterations;
  for (const start of starts(reduced, relaxed, p, options.warmStart)) {
    const run = descend(reduced, start, options, iterations);
    iterations += run.iterations;
    if (best === null || run.visit.state.loss.logLoss < best.state.loss.logLoss - 1e-12) {
      best = run.visit;
      status = run.status;
    }
    if (run.status === 'cancelled') {
      status = 'cancelled';
      break;
    }
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
  start: Factors,
  options: SolveOptions,
  offset: number,
): { readonly visit: Visit; readonly status: SolveStatus; readonly iterations: number } {
  const limit = options.maxIterations ?? 200;
  const radius = Math.sqrt(2 * reduced.radius);
  const tolerance = options.tolerance ?? STATIONARY;
  let current = visit(reduced, start);
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

/** The relaxation's best rank-p part, slightly perturbed off its symmetric saddle, then random factors. */
function* starts(
  reduced: ReducedProblem,
  relaxed: Float64Array,
  p: number,
  warmStart: SolveOptions['warmStart'],
): Generator<Factors> {
  const { count: K, shares, radius } = reduced;
  const random = randomSource(SEED);
  const finish = (x: Float64Array): Factors => {
    for (let k = 0; k < K; k++) {
      if (!(shares[k]! > 0)) x.fill(0, K * p + k * p, K * p + (k + 1) * p);
    }
    for (let i = 0; i < p; i++) {
      let mean = 0;
      for (let k = 0; k < K; k++) mean += x[k * p + i]! / K;
      for (let k = 0; k < K; k++) x[k * p + i] = x[k * p + i]! - mean;
    }
    return onSphere({ rank: p, x }, radius);
  };
  const noise = (size: number): Float64Array => {
    const x = new Float64Array(2 * K * p + K);
    for (let i = 0; i < 2 * K * p; i++) x[i] = size * random.normal();
    return x;
  };
  if (warmStart !== undefined && warmStart.sizes.length === K && warmStart.rank > 0)
    yield finish(truncated(warmStart, K, p, noise(1e-6)));
  const typical = Math.sqrt(radius / (K * p));
  yield finish(truncated(spectralPoint(relaxed, new Float64Array(K), K), K, p, noise(0.02 * typical)));
  const count = K <= 20 ? 12 : K <= 60 ? 5 : 2;
  for (let trial = 0; trial < count; trial++) {
    // W = Hᵀ + a little noise: own logits start positive.
    const x = noise(0.1);
    for (let i = 0; i < K * p; i++) {
      const shared = random.normal();
      x[i] = x[i]! + shared;
      x[K * p + i] = x[K * p + i]! + shared;
    }
    yield finish(x);
  }
}

function truncated(
  source: {
    readonly rank: number;
    readonly left: Float64Array;
    readonly right: Float64Array;
    readonly singularValues: Float64Array;
  },
  K: number,
  p: number,
  x: Float64Array,
): Float64Array {
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < Math.min(p, source.rank); i++) {
      const root = Math.sqrt(source.singularValues[i]!);
      x[k * p + i] = x[k * p + i]! + root * source.left[k * source.rank + i]!;
      x[K * p + k * p + i] = x[K * p + k * p + i]! + root * source.right[k * source.rank + i]!;
    }
  }
  return x;
}

/** The problem with every class a group of its own, in listed order and not merged. */
function classwise(problem: LpmProblem): Merging {
  const groups: ClassGroup[] = problem.groups.flatMap((group) =>
    Array.from({ length: group.classes }, () => ({ ...group, classes: 1 })),
  );
  const merged = mergeGroups(problem).reduced;
  const total = groups.reduce((sum, { samples, weight }) => sum + samples * weight, 0);
  return {
    reduced: {
      count: groups.length,
      sizes: new Float64Array(groups.length).fill(1),
      shares: Float64Array.from(groups, ({ samples, weight }) => (samples * weight) / total),
      radius: merged.radius,
    },
    target: groups.map((_, k) => k),
    sizes: groups.map(() => 1),
  };
}

/** Z (K×K) of the relaxation's solution. */
function fullMatrix(sizes: readonly number[], { logits }: SolverResult): Float64Array {
  const between = betweenMatrix(logits, sizes.length);
  const owner = sizes.flatMap((size, g) => Array.from({ length: size }, () => g));
  const K = owner.length;
  const out = new Float64Array(K * K);
  for (let j = 0; j < K; j++) {
    for (let k = 0; k < K; k++) {
      const g = owner[j]!;
      const h = owner[k]!;
      const value = between[g * sizes.length + h]! / Math.sqrt(sizes[g]! * sizes[h]!);
      out[j * K + k] = value + (g === h ? logits.contrasts[g]! * ((j === k ? 1 : 0) - 1 / sizes[g]!) : 0);
    }
  }
  return out;
}
