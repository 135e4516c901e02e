/**
 * Rank-r heads of unconstrained features under cross-entropy with decay: local minima from several starts, the best of which is
 * returned beside a proven lower bound. The problem is not convex once the rank is bounded or decay is on the factors, so
 * nothing global is claimed unless the two meet.
 *
 *     min  Σ_k (n_k/N) CE(W h_k, k) + decay(W) + (λ_H/2) Σ_k n_k ‖h_k‖²,    W = U Vᵀ of rank ≤ r
 */
import { createLbfgs, type Differentiable, type Lbfgs, type LbfgsOptions } from '../../numerics/lbfgs.ts';
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { solveRidge } from '../ridge/solve.ts';
import type { DecayOn } from './decay.ts';
import { factorDecayBound } from './factor-decay-bound.ts';
import { initialFactors, product, spectralFactors, type Initialisation } from './initialisation.ts';
import { peeledObjective, unpackFactors, type PeeledProblem } from './peeled-objective.ts';

export interface CeHeadProblem {
  /** n_k ≥ 1, one per class. */
  readonly counts: readonly number[];
  readonly decayOn: DecayOn;
  /** λ_W > 0: of W, or of U and of V. */
  readonly classifierDecay: number;
  /** λ_H > 0, per sample. */
  readonly featureDecay: number;
}

/** What does not depend on the rank: the lower bound, and the certified optimum with decay on the product as a start. */
export interface CeBound {
  readonly lowerBound: number;
  /** X = Z D^{1/2} of that optimum, K×K row-major. */
  readonly weightedLogits: Float64Array;
}

export interface CeHead {
  readonly objective: number;
  /** W, K×r row-major: p = r dimensions suffice. */
  readonly classifiers: Float64Array;
  /** H̃, r×K row-major. */
  readonly features: Float64Array;
  /** Which start led to it. */
  readonly start: Initialisation | 'truncated optimum' | 'rank r − 1';
  /** Euclidean norm of the gradient there. */
  readonly gradientNorm: number;
}

const SCHEMES: readonly Initialisation[] = ['spectral', 'spectral-ones', 'plain'];
const SEEDS = 3;

/**
 * The bound of every rank at once: the relaxation's own with decay on the product, factor-decay-bound.ts otherwise. Yields
 * between its solves.
 */
export function* boundCeHead(problem: CeHeadProblem): Generator<undefined, CeBound> {
  const { counts, decayOn, classifierDecay, featureDecay } = problem;
  const groups = counts.map((samples) => ({ samples, classes: 1 }));
  const { lowerBound, weighted } = solveRidge({
    groups,
    classifierDecay,
    featureDecay,
    loss: 'cross-entropy',
    bias: false,
    normalisation: 'sample',
  });
  const K = counts.length;
  const { left, right, rank, singularValues } = weighted;
  const scaled = left.map((value, i) => value * singularValues[i % rank]!);
  return {
    weightedLogits: multiplyTransposed(scaled, right, K, rank, K),
    lowerBound: decayOn === 'product' ? lowerBound : yield* factorDecayBound(counts, classifierDecay, featureDecay),
  };
}

/**
 * The best local minimum of rank r over three initialisations, a few seeds each, the truncated dense optimum, and where it
 * is given the head of rank r − 1, so that more rank never costs. Yields between stretches of a few milliseconds.
 */
export function* solveCeHead(
  problem: CeHeadProblem,
  rank: number,
  bound: CeBound,
  narrower: CeHead | null = null,
): Generator<undefined, CeHead> {
  const K = problem.counts.length;
  const posed: PeeledProblem = { ...problem, loss: 'cross-entropy', dimension: rank };
  const objective = peeledObjective(posed);
  const onProduct = problem.decayOn === 'product';
  const f: Differentiable = (x, gradient) =>
    (onProduct ? objective.dense(x, gradient) : objective.factorised(rank, x, gradient)).objective;
  let best: CeHead | null = null;
  for (const { name, classifiers, features } of starts(problem, rank, bound, narrower)) {
    const factors = spectralFactors(classifiers, K, rank, rank);
    const first = onProduct ? [...classifiers, ...features] : [...factors.left, ...factors.right, ...features];
    const solver = yield* minimise(f, Float64Array.from(first), { gradientTolerance: 1e-10, maxIterations: 3000 });
    if (best !== null && !(solver.value < best.objective - 1e-12)) continue;
    const { x } = solver;
    const W = onProduct ? x.slice(0, K * rank) : product(unpackFactors(x, K, rank, rank).factors);
    best = {
      objective: solver.value,
      classifiers: W,
      features: x.slice(x.length - rank * K),
      start: name,
      gradientNorm: solver.gradientNorm,
    };
  }
  return best!;
}

interface Start {
  readonly name: CeHead['start'];
  readonly classifiers: Float64Array;
  readonly features: Float64Array;
}

function* starts(
  { classifierDecay, featureDecay }: CeHeadProblem,
  r: number,
  bound: CeBound,
  narrower: CeHead | null,
): Generator<Start> {
  const X = bound.weightedLogits;
  const K = Math.sqrt(X.length);
  const ratio = Math.pow(featureDecay / classifierDecay, 0.25);
  const size = Math.sqrt(singularValueDecomposition(X, K, K).values[0]! + 1e-6);
  const { normal } = randomSource(r);
  const pair = (name: Start['name'], left: Float64Array, right: Float64Array, noise: number): Start => ({
    name,
    classifiers: left.map((value) => ratio * (value + noise * normal())),
    // H̃ is r×K, `right` K×r.
    features: Float64Array.from(
      { length: r * K },
      (_, i) => (right[(i % K) * r + Math.floor(i / K)]! + noise * normal()) / ratio,
    ),
  });
  if (narrower !== null) {
    const padded = Float64Array.from({ length: K * r }, (_, i) =>
      i % r < r - 1 ? narrower.classifiers[Math.floor(i / r) * (r - 1) + (i % r)]! : 1e-3 * normal(),
    );
    const row = Float64Array.from({ length: K }, () => 1e-3 * normal());
    yield { name: 'rank r − 1', classifiers: padded, features: Float64Array.from([...narrower.features, ...row]) };
  }
  const truncated = spectralFactors(X, K, K, r);
  // Off its symmetric saddle.
  yield pair('truncated optimum', truncated.left, truncated.right, 0.02 * size);
  for (let seed = 1; seed <= SEEDS; seed++)
    for (const scheme of SCHEMES) {
      // H̃ = Wᵀ: own logits start positive.
      const W = product(initialFactors(scheme, K, r, r, size / Math.sqrt(r), seed));
      yield pair(scheme, W, W, 0.1 * size);
    }
}

/** Runs a minimiser to its end, yielding every 25 steps and once at the end. */
function* minimise(f: Differentiable, start: Float64Array, options: LbfgsOptions): Generator<undefined, Lbfgs> {
  const solver = createLbfgs(f, start, options);
  for (let i = 1; solver.step() === 'running'; i++) if (i % 25 === 0) yield;
  yield;
  return solver;
}
