/**
 * Data sets that need no file, each a pure function of its seed: Gaussian clusters of a given separation, noise with random
 * labels (nothing can be learned, only memorised), and images of oriented gratings that a small network separates.
 */
import { randomSource, type RandomSource } from '../../numerics/random.ts';
import type { Dataset, Split } from '../types.ts';

export interface GeneratedOptions {
  readonly classes: number;
  /** Training samples per class; a quarter as many are added as test set. */
  readonly samplesPerClass: number;
  /** Dimension of vectors; images of gratings are side×side. */
  readonly dimension: number;
  /** Distance between class means over the standard deviation of a class along any direction. */
  readonly separation: number;
  readonly seed: number;
}

const names = (K: number): string[] => Array.from({ length: K }, (_, k) => String(k));

function draw(
  options: GeneratedOptions,
  size: number,
  fill: (out: Float32Array, at: number, label: number, random: RandomSource) => void,
  random: RandomSource,
) {
  const split = (perClass: number): Split => {
    const N = options.classes * perClass;
    const inputs = new Float32Array(N * size);
    const labels = Int32Array.from({ length: N }, (_, i) => Math.floor(i / perClass));
    labels.forEach((label, i) => fill(inputs, i * size, label, random));
    return { inputs, labels };
  };
  return { train: split(options.samplesPerClass), test: split(Math.max(1, Math.round(options.samplesPerClass / 4))) };
}

/** Means on a sphere of radius separation/√2, so that two of them lie about `separation` apart in high dimension; unit noise. */
export function gaussianClusters(options: GeneratedOptions): Dataset {
  const { classes: K, dimension: d, separation, seed } = options;
  const random = randomSource(seed);
  const means = new Float64Array(K * d);
  for (let k = 0; k < K; k++) {
    const row = means.subarray(k * d, (k + 1) * d);
    for (let j = 0; j < d; j++) row[j] = random.normal();
    const length = Math.hypot(...row);
    for (let j = 0; j < d; j++) row[j] = (row[j]! * separation) / Math.SQRT2 / length;
  }
  return {
    name: 'gaussian clusters',
    classes: names(K),
    shape: { height: 1, width: d, channels: 1 },
    ...draw(
      options,
      d,
      (out, at, label, source) => {
        for (let j = 0; j < d; j++) out[at + j] = means[label * d + j]! + source.normal();
      },
      random,
    ),
    origin: `${K} classes in ${d} dimensions, separation ${separation}, seed ${seed}`,
  };
}

/** Standard normal inputs whose labels say nothing about them. */
export function randomLabels(options: GeneratedOptions): Dataset {
  const { classes: K, dimension: d, seed } = options;
  return {
    name: 'random labels',
    classes: names(K),
    shape: { height: 1, width: d, channels: 1 },
    ...draw(
      options,
      d,
      (out, at, _, source) => {
        for (let j = 0; j < d; j++) out[at + j] = source.normal();
      },
      randomSource(seed),
    ),
    origin: `normal noise, ${K} classes in ${d} dimensions, seed ${seed}`,
  };
}

/** Gratings: class k has orientation πk/K and a frequency of its own; phase is random, noise has the amplitude 1/separation. */
export function gratings(options: GeneratedOptions): Dataset {
  const { classes: K, dimension: side, separation, seed } = options;
  return {
    name: 'gratings',
    classes: names(K),
    shape: { height: side, width: side, channels: 1 },
    ...draw(
      options,
      side * side,
      (out, at, label, source) => {
        const angle = (Math.PI * label) / K;
        const frequency = (2 * Math.PI * (2 + (label % 3))) / side;
        const phase = 2 * Math.PI * source.uniform();
        for (let y = 0; y < side; y++)
          for (let x = 0; x < side; x++)
            out[at + y * side + x] =
              Math.sin(frequency * (x * Math.cos(angle) + y * Math.sin(angle)) + phase) + source.normal() / separation;
      },
      randomSource(seed),
    ),
    origin: `${side}×${side}, ${K} classes, noise 1/${separation}, seed ${seed}`,
  };
}
