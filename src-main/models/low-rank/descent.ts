/**
 * Gradient descent on a head and its unconstrained features, as an experiment beside the optimum: W = U Vᵀ from each
 * initialisation, decay on the factors or on the product, or dense until epoch T_s and then factorised (Kamalakara et al. 2022).
 * Full batch, constant step, deterministic by its seed. One epoch is one step. It waits to be stepped and judges nothing.
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { addScaled } from '../../numerics/vector.ts';
import { imbalance } from './decay.ts';
import { effectiveRanks, type EffectiveRanks } from './effective-rank.ts';
import { etfDistance } from './head-geometry.ts';
import {
  denseInitialisation,
  initialFactors,
  product,
  spectralFactors,
  type Initialisation,
} from './initialisation.ts';
import { peeledObjective, unpackFactors, type PeeledProblem, type PeeledValue } from './peeled-objective.ts';

export interface DescentSetting {
  readonly problem: PeeledProblem;
  /** 1 ≤ r ≤ min(K, p). */
  readonly rank: number;
  readonly initialisation: Initialisation;
  /** Standard deviation of the entries of W and of the features before training. */
  readonly deviation: number;
  /** Step size > 0. */
  readonly learningRate: number;
  /** Epochs in all. */
  readonly epochs: number;
  /** T_s: dense until this epoch, then factorised by a truncated decomposition of W; 0: factorised from the start. */
  readonly factoriseAt: number;
  readonly seed: number;
}

export type DescentStatus = 'running' | 'finished' | 'diverged';

export interface EpochRecord extends PeeledValue {
  readonly epoch: number;
  readonly factorised: boolean;
  /** Of W. */
  readonly ranks: EffectiveRanks;
  /** ‖W Wᵀ/‖W Wᵀ‖_F − (I − J/K)/√(K−1)‖_F; null if W is zero. */
  readonly etfDistance: number | null;
  /** ‖UᵀU − VᵀV‖_F over its largest possible value; null while dense. */
  readonly imbalance: number | null;
  /** Euclidean norm of the gradient in all unknowns. */
  readonly gradientNorm: number;
}

export interface Descent {
  /** One epoch; does nothing unless running. */
  step(): DescentStatus;
  readonly status: DescentStatus;
  readonly epoch: number;
  /** Everything about the present point; costs far more than a step. */
  measure(): EpochRecord;
  /** W, K×p row-major, now. */
  classifiers(): Float64Array;
}

/** Growth of the objective from its first value that counts as divergence. */
const DIVERGED = 1e6;

/** @throws RangeError unless 1 ≤ r ≤ min(K, p) */
export function createDescent(setting: DescentSetting): Descent {
  const { problem, rank, initialisation, deviation, learningRate, epochs, factoriseAt, seed } = setting;
  const { counts, dimension: p } = problem;
  const K = counts.length;
  const objective = peeledObjective(problem);
  // Its own seed: the classifiers' draws must not depend on the features'.
  const features = denseInitialisation(p, K, deviation, seed ^ 0x5bd1e995);
  features.forEach((value, i) => (features[i] = value * Math.sqrt(counts[i % K]!)));

  let factorised = factoriseAt === 0;
  const first = initialFactors(initialisation, K, p, rank, deviation, seed);
  let x = factorised
    ? joined(first.left, first.right, features)
    : joined(denseInitialisation(K, p, deviation, seed), features);
  let gradient = new Float64Array(x.length);
  let value = evaluate();
  const initial = value.objective;
  let epoch = 0;
  let status: DescentStatus = 'running';

  function evaluate(): PeeledValue {
    return factorised ? objective.factorised(rank, x, gradient) : objective.dense(x, gradient);
  }
  function classifiers(): Float64Array {
    return factorised ? product(unpackFactors(x, K, p, rank).factors) : x.slice(0, K * p);
  }
  function factorise(): void {
    const factors = spectralFactors(x.subarray(0, K * p), K, p, rank);
    x = joined(factors.left, factors.right, x.subarray(K * p));
    gradient = new Float64Array(x.length);
    factorised = true;
  }

  return {
    step() {
      if (status !== 'running') return status;
      if (epoch >= epochs) return (status = 'finished');
      addScaled(x, -learningRate, gradient);
      epoch++;
      if (!factorised && epoch >= factoriseAt) factorise();
      value = evaluate();
      if (!(value.objective <= DIVERGED * initial)) status = 'diverged';
      else if (epoch >= epochs) status = 'finished';
      return status;
    },
    get status() {
      return status;
    },
    get epoch() {
      return epoch;
    },
    measure() {
      const W = classifiers();
      const finite = W.every(Number.isFinite);
      const spectrum = finite ? singularValueDecomposition(W, K, p).values : Float64Array.of(NaN);
      return {
        ...value,
        epoch,
        factorised,
        ranks: effectiveRanks(spectrum),
        etfDistance: finite ? etfDistance(multiplyTransposed(W, W, K, p, K), K) : null,
        imbalance: factorised && finite ? imbalance(unpackFactors(x, K, p, rank).factors) : null,
        gradientNorm: Math.hypot(...gradient),
      };
    },
    classifiers,
  };
}

function joined(...parts: readonly Float64Array[]): Float64Array {
  const x = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    x.set(part, at);
    at += part.length;
  }
  return x;
}
