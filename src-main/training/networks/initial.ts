/**
 * Initial weights, drawn by Peel's own generator so that they are the same on every backend. Each group of tensors has a
 * stream of its own, named by its first tensor, so that a change in one layer leaves the others as they were.
 *
 * fan_in = inputs of one unit. `he`: normal, variance 2/fan_in before a ReLU and 1/fan_in elsewhere, biases 0 (He et al.
 * 2015). `uniform`: U(−1/√fan_in, 1/√fan_in) for weights and biases, PyTorch's default.
 */
import { randomSource } from '../../numerics/random.ts';
import type { InitialWeights } from './types.ts';

export type Following = 'relu' | 'linear';

/** Standard deviation of the weights. */
export function deviation(initial: InitialWeights, fanIn: number, following: Following): number {
  if (initial === 'uniform') return 1 / Math.sqrt(3 * fanIn);
  return Math.sqrt((following === 'relu' ? 2 : 1) / fanIn);
}

/** Weights and biases of a layer. */
export function drawLayer(
  initial: InitialWeights,
  weights: number,
  biases: number,
  fanIn: number,
  following: Following,
  seed: number,
): [Float32Array, Float32Array] {
  const { normal, uniform } = randomSource(seed);
  const bound = 1 / Math.sqrt(fanIn);
  const scale = deviation(initial, fanIn, following);
  const weight = initial === 'he' ? () => scale * normal() : () => bound * (2 * uniform() - 1);
  const bias = initial === 'he' ? () => 0 : () => bound * (2 * uniform() - 1);
  return [filled(weights, weight), filled(biases, bias)];
}

export function filled(length: number, next: () => number): Float32Array {
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = next();
  return out;
}

/** The seed of a named stream: FNV-1a over the name's UTF-16 units, started from the network's seed. */
export function streamSeed(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}
