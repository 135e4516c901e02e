/** Pooling: the maximum of 2×2 blocks (an odd last row or column is left out, as PyTorch does), and the mean over all positions. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';

export function maxPool(shape: readonly number[]): Layer {
  const [height, width, channels] = shape as [number, number, number];
  return {
    declared: [],
    output: [Math.floor(height / 2), Math.floor(width / 2), channels],
    apply: (x, { tf }) => tf.maxPool(x as Tensor4D, 2, 2, 'valid'),
  };
}

/** N×H×W×C to N×C. */
export function globalAverage(shape: readonly number[]): Layer {
  return { declared: [], output: [shape.at(-1)!], apply: (x, { tf }) => tf.mean(x, [1, 2]) };
}
