/**
 * The Layer-Peeled Model as it is posed, over W and H, by projected gradient descent from a random start: the slow and
 * independent check of the solvers. Any number of free features per class, any loss. It finds stationary points of a
 * problem that is not convex and proves nothing about them.
 *
 *     min Σ_i c_i L(W h_i, k_i)   s.t.   ‖W‖_F² ≤ K E_W,   Σ_i ‖h_i‖²/n_{k_i} ≤ K E_H     (n_k features of class k)
 *
 * Steps are Barzilai and Borwein's with a nonmonotone line search (Birgin, Martínez and Raydan 2000).
 */
import { randomSource } from '../../numerics/random.ts';
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
}

export interface PlainPoint {
  /** W, K×p row-major. */
  readonly classifiers: Float64Array;
  /** One feature per row, n×p row-major. */
  readonly features: Float64Array;
  readonly objective: number;
  /** ‖projected gradient step of length 1‖: 0 at a stationary point. */
  readonly residual: number;
  readonly steps: number;
}

export interface PlainOptions {
  readonly seed: number;
  readonly steps: number;
  /** Residual at which it stops; default 1e-10. */
  readonly tolerance?: number;
}

const MEMORY = 10;

/** One run from a random start of full norm. */
export function plainDescent(problem: PlainProblem, options: PlainOptions): PlainPoint {
  const { classes: K, dimension: p, labels } = problem;
  const random = randomSource(options.seed);
  const split = K * p;
  const budgets = [K * problem.classifierBudget, K * problem.featureBudget];
  /** √n_k of every feature: the unknowns are h_i/√n_k, on which the budget is a ball. */
  const roots = labels.map((k) => Math.sqrt(labels.filter((label) => label === k).length));
  const project = (x: Float64Array): Float64Array => {
    const out = Float64Array.from(x);
    [out.subarray(0, split), out.subarray(split)].forEach((part, i) => {
      const size = part.reduce((sum, value) => sum + value * value, 0);
      if (size > budgets[i]!) part.forEach((value, j) => (part[j] = value * Math.sqrt(budgets[i]! / size)));
    });
    return out;
  };
  const evaluate = (x: Float64Array) => lossAndGradient(problem, roots, x);
  // Far outside both balls, so that the projection lands on their surface.
  let x = project(
    Float64Array.from({ length: split + labels.length * p }, () => 1e3 * budgets[0]! * budgets[1]! * random.normal()),
  );
  let { value, gradient } = evaluate(x);
  const recent = [value];
  let step = 1;
  let best = { x, value };
  let residual = Infinity;
  let steps = 0;
  for (; steps < options.steps; steps++) {
    const target = project(x.map((entry, i) => entry - step * gradient[i]!));
    const direction = target.map((entry, i) => entry - x[i]!);
    residual = Math.sqrt(inner(direction, direction)) / Math.min(1, step);
    if (residual <= (options.tolerance ?? 1e-10)) break;
    const slope = inner(gradient, direction);
    const ceiling = Math.max(...recent);
    let length = 1;
    let next = target;
    let there = evaluate(next);
    while (there.value > ceiling + 1e-4 * length * slope && length > 1e-12) {
      length /= 2;
      next = x.map((entry, i) => entry + length * direction[i]!);
      there = evaluate(next);
    }
    const moved = next.map((entry, i) => entry - x[i]!);
    const change = there.gradient.map((entry, i) => entry - gradient[i]!);
    const curvature = inner(moved, change);
    step = curvature > 0 ? Math.min(1e6, Math.max(1e-6, inner(moved, moved) / curvature)) : Math.min(1e6, 2 * step);
    x = next;
    ({ value, gradient } = there);
    recent.push(value);
    if (recent.length > MEMORY) recent.shift();
    if (value < best.value) best = { x, value };
  }
  const features = best.x.slice(split);
  roots.forEach((root, i) => {
    for (let d = 0; d < p; d++) features[i * p + d] = features[i * p + d]! * root;
  });
  return { classifiers: best.x.slice(0, split), features, objective: best.value, residual, steps };
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

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The problem with one free feature per class. @param shares c_k */
export function meansOnly(
  shares: readonly number[],
  dimension: number,
  featureBudget: number,
  classifierBudget: number,
): PlainProblem {
  const classes = shares.length;
  return {
    classes,
    dimension,
    labels: shares.map((_, k) => k),
    weights: shares,
    featureBudget,
    classifierBudget,
  };
}

/** Cosine of rows i and j of an n×p matrix; NaN if one of them is zero. */
export function rowCosine(rows: Float64Array, p: number, i: number, j: number): number {
  const [a, b] = [rows.subarray(i * p, (i + 1) * p), rows.subarray(j * p, (j + 1) * p)];
  return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
}

/** Norm of row i of an n×p matrix. */
export function rowNorm(rows: Float64Array, p: number, i: number): number {
  const row = rows.subarray(i * p, (i + 1) * p);
  return Math.sqrt(inner(row, row));
}
