/** Features, labels and classifiers to measure: random ones, and ones that have collapsed up to a given noise. */
import { arraySource } from '../../src-main/collapse/source.ts';
import type { Classifier, FeatureSource, MeasureOptions } from '../../src-main/collapse/types.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import type { Sample } from './definitions.ts';

/** Class means of spread 1 (or a simplex ETF), samples at `noise` about them, everything moved by `offset`. */
export function sample(
  counts: readonly number[],
  d: number,
  { noise = 1, offset = 0, seed = 1, etf = false, bias = true } = {},
): Sample {
  const random = randomSource(seed);
  const K = counts.length;
  const row = (size: number): number[] => Array.from({ length: d }, () => size * random.normal());
  const means = counts.map((_, k) =>
    etf ? Array.from({ length: d }, (__, j) => (j === k ? 1 : 0) - (j < K ? 1 / K : 0)) : row(1),
  );
  const labels = counts.flatMap((n, k) => new Array<number>(n).fill(k));
  // Not in the order of classes.
  for (let i = labels.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [labels[i], labels[j]] = [labels[j]!, labels[i]!];
  }
  return {
    classes: K,
    labels,
    features: labels.map((k) => row(noise).map((x, j) => x + means[k]![j]! + offset)),
    weights: etf ? means.map((m) => [...m]) : counts.map(() => row(1)),
    bias: bias ? counts.map(() => random.normal()) : null,
  };
}

export function sourceOf({ features, labels }: Sample): FeatureSource {
  return arraySource(Float64Array.from(features.flat()), Int32Array.from(labels), features[0]!.length);
}

export function classifierOf({ weights, bias }: Sample): Classifier {
  return { weights: Float64Array.from(weights.flat()), bias: bias && Float64Array.from(bias) };
}

export function options(classes: number, changes: Partial<MeasureOptions> = {}): MeasureOptions {
  return {
    classes,
    centre: 'classes',
    pooling: 'samples',
    majority: null,
    weights: null,
    decays: null,
    covariance: true,
    ...changes,
  };
}
