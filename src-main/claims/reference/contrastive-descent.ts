/**
 * The supervised contrastive loss as it is posed, over one free feature per sample, by projected gradient descent: the slow
 * and independent check of the convex program over class means.
 *
 *     min (1/N) Σ_i (1/n_{k_i}) Σ_{j: k_j = k_i} −log( e^{h_i·h_j/τ} / Σ_l e^{h_i·h_l/τ} )
 *     s.t. (1/K) Σ_k (1/n_k) Σ_{i in k} ‖h_i‖² ≤ E_H                       (Fang, He, Long, Su 2021)
 */
import { randomSource } from '../../numerics/random.ts';
import { inner, ontoBall, projectedDescent } from './projected-descent.ts';

export interface SampleContrastive {
  readonly labels: readonly number[];
  readonly dimension: number;
  readonly featureBudget: number;
  readonly temperature: number;
}

/** Loss and gradient in the features, one per row. */
export function contrastiveLoss(
  { labels, dimension: p, temperature }: SampleContrastive,
  features: Float64Array,
): { readonly value: number; readonly gradient: Float64Array } {
  const n = labels.length;
  const gradient = new Float64Array(n * p);
  const row = (i: number): Float64Array => features.subarray(i * p, (i + 1) * p);
  const sizes = labels.map((k) => labels.filter((label) => label === k).length);
  let value = 0;
  for (let i = 0; i < n; i++) {
    const s = labels.map((_, j) => inner(row(i), row(j)) / temperature);
    const top = Math.max(...s);
    const total = s.reduce((sum, value) => sum + Math.exp(value - top), 0);
    s.forEach((value_, j) => {
      const positive = labels[j] === labels[i] ? 1 / sizes[i]! : 0;
      if (positive > 0) value += (positive * (top + Math.log(total) - value_)) / n;
      const slope = (Math.exp(value_ - top) / total - positive) / n / temperature;
      for (let d = 0; d < p; d++) {
        gradient[i * p + d] = gradient[i * p + d]! + slope * features[j * p + d]!;
        gradient[j * p + d] = gradient[j * p + d]! + slope * features[i * p + d]!;
      }
    });
  }
  return { value, gradient };
}

/** One run from a random start of full norm. */
export function contrastiveDescent(
  problem: SampleContrastive,
  options: { readonly seed: number; readonly steps: number },
) {
  const { labels, dimension: p, featureBudget } = problem;
  const random = randomSource(options.seed);
  const budget = featureBudget * new Set(labels).size;
  const roots = labels.map((k) => Math.sqrt(labels.filter((label) => label === k).length));
  const scaled = (x: Float64Array): Float64Array => x.map((value, e) => value * roots[Math.floor(e / p)]!);
  const { x, value, residual, steps } = projectedDescent({
    evaluate(at) {
      const there = contrastiveLoss(problem, scaled(at));
      return { value: there.value, gradient: scaled(there.gradient) };
    },
    project(at) {
      const out = Float64Array.from(at);
      ontoBall(out, budget);
      return out;
    },
    start: Float64Array.from({ length: labels.length * p }, () => 1e3 * budget * random.normal()),
    steps: options.steps,
  });
  return { features: scaled(x), objective: value, residual, steps };
}
