/**
 * The global optimum of a deep linear network with squared loss in closed form: any depth, counts, decays and widths, with and
 * without last-layer bias (Dang et al. 2023 without bias; with bias and any counts docs/deep-linear.md, derived there).
 *
 * Each direction of the target with weight τ² (directions.ts) solves the scalar problem with price b (scalar.ts); then
 *     s̄² = (N λ_H)^{1/M} x,   singular value of Ĥ: a = τ t/s̄^M with t = x^M/(1 + x^M),   objective (τ²/2N) φ(x).
 * Widths keep the r = min(K, d_j) directions of the largest weight. The bias is b = n/N.
 */
import { describeClasses, frameOf, classifierRows, gramOf } from './describe.ts';
import { targetDirections, type TargetDirections } from './directions.ts';
import { capacity, logPriceTimesWeight, sampleCount } from './prices.ts';
import { minimiseScalar } from './scalar.ts';
import type { DeepLinearProblem, DeepLinearSolution, Direction, SingularForm } from './types.ts';

/** The optimum of a problem with loss `mse`. Never throws; classes and directions that vanish are exactly zero. */
export function solveSquaredLoss(problem: DeepLinearProblem): DeepLinearSolution {
  const { counts, bias } = problem;
  const K = counts.length;
  const N = sampleCount(counts);
  const target = targetDirections(counts, bias);
  const room = capacity(problem);
  const directions = optimalDirections(problem, target.weights);
  const form = singularForm(target, directions, room);
  const offset = Float64Array.from(counts, (n) => (bias ? n / N : 0));
  const next = directions[room];
  return {
    problem,
    objective: directions.reduce((sum, { objective }) => sum + objective, 0),
    basis: { kind: 'exact', text: 'closed form, to rounding' },
    rank: directions.filter(({ state }) => state === 'alive').length,
    capacity: room,
    tied: next?.state === 'cut' && next.weight === directions[room - 1]!.weight,
    frame: frameOf(gramOf(classifierRows(problem, form), K, form.rank), K),
    classes: describeClasses(problem, form, offset),
    directions,
    form,
  };
}

/** The scalar problem of every direction, in the order of the weights (descending). */
export function optimalDirections(problem: DeepLinearProblem, weights: ArrayLike<number>): Direction[] {
  const M = problem.decays.length;
  const N = sampleCount(problem.counts);
  const room = capacity(problem);
  const logScale = logPriceTimesWeight(problem, N);
  const logRidge = Math.log(N) + Math.log(problem.featureDecay);
  return Array.from(weights, (weight, i): Direction => {
    const price = Math.exp(logScale - Math.log(weight));
    const best = minimiseScalar(price, M);
    const zero = { weight, price, singularValue: 0, featureValue: 0, fit: 0, objective: weight / (2 * N) };
    if (best.fit === 0) return { ...zero, state: 'vanished' };
    if (i >= room) return { ...zero, state: 'cut' };
    const logPower = (logRidge + M * best.logX) / 2;
    return {
      weight,
      price,
      singularValue: Math.exp(logPower / M),
      featureValue: Math.sqrt(weight) * best.fit * Math.exp(-logPower),
      fit: best.fit,
      objective: (weight / (2 * N)) * best.value,
      state: 'alive',
    };
  });
}

function singularForm(target: TargetDirections, directions: readonly Direction[], rank: number): SingularForm {
  const K = directions.length;
  const firstColumns = (matrix: Float64Array): Float64Array => {
    const out = new Float64Array(K * rank);
    for (let k = 0; k < K; k++) out.set(matrix.subarray(k * K, k * K + rank), k * rank);
    return out;
  };
  const kept = directions.slice(0, rank);
  return {
    rank,
    left: firstColumns(target.left),
    right: firstColumns(target.right),
    layerValues: Float64Array.from(kept, ({ singularValue }) => singularValue),
    featureValues: Float64Array.from(kept, ({ featureValue }) => featureValue),
  };
}
