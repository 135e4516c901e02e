/**
 * The Layer-Peeled Model as it is posed, over W and H, by projected gradient descent from a random start: the slow and
 * independent check of the solvers. Any number of free features per class, any loss. It finds stationary points of a
 * problem that is not convex and proves nothing about them.
 *
 *     min Σ_i c_i L(W h_i, k_i)   s.t.   ‖W‖_F² ≤ K E_W,   Σ_i ‖h_i‖²/n_{k_i} ≤ K E_H     (n_k features of class k)
 */
import { randomSource } from '../../numerics/random.ts';
import { ontoBall, projectedDescent } from './projected-descent.ts';
import { crossEntropy, type SampleLoss } from './sample-losses.ts';

export interface PlainProblem {
  /** K. */
  readonly classes: number;
  /** p. */
  readonly dimension: number;
  /** Class of every free feature. */
  readonly labels: readonly number[];
  /** c_i, the weight of every feature's loss. */
  readonly weights: readonly number[];
  readonly featureBudget: number;
  readonly classifierBudget: number;
  /** Cross-entropy unless given. */
  readonly loss?: SampleLoss;
  /** Bounds on every ‖w_k‖² and every class's mean ‖h‖² instead of on their means over the classes. */
  readonly perClass?: boolean;
}

export interface PlainPoint {
  /** W, K×p row-major. */
  readonly classifiers: Float64Array;
  /** One feature per row, n×p row-major. */
  readonly features: Float64Array;
  readonly objective: number;
  /** Length of the projected gradient step of length 1: 0 at a stationary point. */
  readonly residual: number;
  readonly steps: number;
}

export interface PlainOptions {
  readonly seed: number;
  readonly steps: number;
  /** Residual at which it stops; default 1e-10. */
  readonly tolerance?: number;
}

/** One run from a random start of full norm. */
export function plainDescent(problem: PlainProblem, options: PlainOptions): PlainPoint {
  const { classes: K, dimension: p, labels } = problem;
  const random = randomSource(options.seed);
  const split = K * p;
  const [forClassifiers, forFeatures] = [K * problem.classifierBudget, K * problem.featureBudget];
  /** √n_k of every feature: the unknowns are h_i/√n_k, on which the budget is a ball. */
  const roots = labels.map((k) => Math.sqrt(labels.filter((label) => label === k).length));
  const { x, value, residual, steps } = projectedDescent({
    evaluate: (at) => lossAndGradient(problem, roots, at),
    project(at) {
      const out = Float64Array.from(at);
      if (problem.perClass === true) ontoClassBalls(problem, out);
      else {
        ontoBall(out.subarray(0, split), forClassifiers);
        ontoBall(out.subarray(split), forFeatures);
      }
      return out;
    },
    // Far outside both balls, so that the projection lands on their surface.
    start: Float64Array.from({ length: split + labels.length * p }, () => {
      return 1e3 * (forClassifiers + forFeatures) * random.normal();
    }),
    steps: options.steps,
    tolerance: options.tolerance,
  });
  const features = x.slice(split);
  roots.forEach((root, i) => {
    for (let d = 0; d < p; d++) features[i * p + d] = features[i * p + d]! * root;
  });
  return { classifiers: x.slice(0, split), features, objective: value, residual, steps };
}

/** Each classifier, and the features of each class together, onto a ball of their own. */
function ontoClassBalls({ classes: K, dimension: p, labels, ...problem }: PlainProblem, x: Float64Array): void {
  for (let k = 0; k < K; k++) {
    ontoBall(x.subarray(k * p, (k + 1) * p), problem.classifierBudget);
    const rows = labels.flatMap((label, i) => (label === k ? [x.subarray((K + i) * p, (K + i + 1) * p)] : []));
    const joined = Float64Array.from(rows.flatMap((row) => [...row]));
    ontoBall(joined, problem.featureBudget);
    rows.forEach((row, i) => row.set(joined.subarray(i * p, (i + 1) * p)));
  }
}

/** f and its gradient in (W, h_i/√n_k). */
function lossAndGradient(
  { classes: K, dimension: p, labels, weights, loss = crossEntropy }: PlainProblem,
  roots: readonly number[],
  x: Float64Array,
): { readonly value: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(x.length);
  let value = 0;
  labels.forEach((k, i) => {
    const at = K * p + i * p;
    const root = roots[i]!;
    const z = new Float64Array(K);
    for (let j = 0; j < K; j++) for (let d = 0; d < p; d++) z[j] = z[j]! + x[j * p + d]! * x[at + d]! * root;
    const sample = loss(z, k);
    value += weights[i]! * sample.value;
    for (let j = 0; j < K; j++) {
      const factor = weights[i]! * sample.gradient[j]! * root;
      for (let d = 0; d < p; d++) {
        gradient[j * p + d] = gradient[j * p + d]! + factor * x[at + d]!;
        gradient[at + d] = gradient[at + d]! + factor * x[j * p + d]!;
      }
    }
  });
  return { value, gradient };
}

/** The problem with `features` free features per class, each with an equal part of its class's share c_k. */
export function plainProblem(
  shares: readonly number[],
  setting: Pick<PlainProblem, 'dimension' | 'featureBudget' | 'classifierBudget' | 'loss' | 'perClass'>,
  features = 1,
): PlainProblem {
  const copies = Array.from({ length: features }, () => shares.map((_, k) => k)).flat();
  return { ...setting, classes: shares.length, labels: copies, weights: copies.map((k) => shares[k]! / features) };
}
