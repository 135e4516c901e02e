/**
 * What a point of the descent looks like beside the closed form: variability collapse and distance to the predicted Gram matrices
 * in every layer, balance of neighbouring layers, class lengths. Squared loss only.
 */
import { multiply, multiplyLeftTransposed, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { dot, norm } from '../../numerics/vector.ts';
import { classifierRows, featureRows, gramOf } from './describe.ts';
import type { FactorProblem } from './factors.ts';
import { sampleCount } from './prices.ts';
import type { DeepLinearSolution } from './types.ts';

export interface LayerMetrics {
  /** tr Σ_W/tr Σ_B of the features H_j; null without deviations or where all class means coincide. */
  readonly collapse: number | null;
  /** ‖G/‖G‖_F − P/‖P‖_F‖_F, G the Gram matrix of H_j's class means and P the prediction; null where one is zero. */
  readonly featureDistance: number | null;
  /** The same for the rows of W_M … W_j. */
  readonly classifierDistance: number | null;
}

export interface DescentMetrics {
  /** j = 1 … M. */
  readonly layers: readonly LayerMetrics[];
  /** Largest ‖λ_j W_jᵀW_j − λ_{j−1} W_{j−1}W_{j−1}ᵀ‖_F over ‖λ_j W_jᵀW_j‖_F, j = 1 … M, with H_1 as layer 0. */
  readonly imbalance: number;
  /** ‖w_k‖, the rows of W_M … W_1. */
  readonly classifierNorms: readonly number[];
}

/** A function from points to their metrics; the predicted Gram matrices are computed once. */
export function descentMetrics(target: FactorProblem, theory: DeepLinearSolution): (x: Float64Array) => DescentMetrics {
  const { problem, sizes, rows } = target;
  const K = problem.counts.length;
  const M = problem.decays.length;
  const N = sampleCount(problem.counts);
  // A cut between equal weights leaves the frame open: there is no one prediction.
  const predicted = (gram: (j: number) => Float64Array): (Float64Array | null)[] =>
    Array.from({ length: M }, (_, j) => (theory.tied ? null : gram(j + 1)));
  const features = predicted((j) => gramOf(featureRows(problem, theory.form, j), K, theory.form.rank));
  const classifiers = predicted((j) => gramOf(classifierRows(problem, theory.form, j), K, theory.form.rank));

  return (x) => {
    const outputs = target.layers(x);
    const products = partialProducts(target, x);
    const layers = Array.from({ length: M }, (_, j): LayerMetrics => {
      const d = sizes[j]!;
      const means = classMeans(outputs[j]!, problem.counts, d);
      return {
        collapse: collapseOf(outputs[j]!.subarray(K * d, rows * d), means, K, d, N),
        featureDistance: gramDistance(gramOf(means, K, d), features[j]!),
        classifierDistance: gramDistance(gramOf(products[j]!, K, d), classifiers[j]!),
      };
    });
    return {
      layers,
      imbalance: imbalanceOf(target, x),
      classifierNorms: problem.counts.map((_, k) => norm(products[0]!.subarray(k * sizes[0]!, (k + 1) * sizes[0]!))),
    };
  };
}

/** W_M … W_j (K×d_j) for j = 1 … M. */
function partialProducts({ sizes, views, problem }: FactorProblem, x: Float64Array): Float64Array[] {
  const { weights } = views(x);
  const K = problem.counts.length;
  const products: Float64Array[] = [];
  let product = weights.at(-1)!;
  products.unshift(product);
  for (let j = weights.length - 2; j >= 0; j--) {
    product = multiply(product, weights[j]!, K, sizes[j + 1]!, sizes[j]!);
    products.unshift(product);
  }
  return products;
}

function classMeans(rows: Float64Array, counts: readonly number[], d: number): Float64Array {
  return Float64Array.from(
    { length: counts.length * d },
    (_, at) => rows[at]! / Math.sqrt(counts[Math.floor(at / d)]!),
  );
}

function collapseOf(deviations: Float64Array, means: Float64Array, K: number, d: number, N: number): number | null {
  if (deviations.length === 0) return null;
  let between = 0;
  for (let i = 0; i < d; i++) {
    let centre = 0;
    for (let k = 0; k < K; k++) centre += means[k * d + i]! / K;
    for (let k = 0; k < K; k++) between += (means[k * d + i]! - centre) ** 2 / K;
  }
  return between > 0 ? dot(deviations, deviations) / N / between : null;
}

function gramDistance(gram: Float64Array, predicted: Float64Array | null): number | null {
  if (predicted === null) return null;
  const [a, b] = [norm(gram), norm(predicted)];
  if (a === 0 || b === 0) return null;
  return norm(gram.map((value, at) => value / a - predicted[at]! / b));
}

function imbalanceOf({ problem, sizes, rows, views }: FactorProblem, x: Float64Array): number {
  const { weights, features } = views(x);
  let worst = 0;
  weights.forEach((w, j) => {
    const d = sizes[j]!;
    const below =
      j === 0
        ? multiplyLeftTransposed(features, features, rows, d, d)
        : multiplyTransposed(weights[j - 1]!, weights[j - 1]!, d, sizes[j - 1]!, d);
    const belowDecay = j === 0 ? problem.featureDecay : problem.decays[j - 1]!;
    const above = multiplyLeftTransposed(w, w, sizes[j + 1]!, d, d).map((value) => value * problem.decays[j]!);
    const size = norm(above);
    const difference = norm(above.map((value, at) => value - belowDecay * below[at]!));
    worst = Math.max(worst, size > 0 ? difference / size : 0);
  });
  return worst;
}
