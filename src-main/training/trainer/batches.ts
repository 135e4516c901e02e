/** Samples as the tensors that a network takes, through one buffer that is used again. The caller disposes of the tensors. */
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tf } from '../backends/index.ts';
import type { Normaliser } from '../data/normalise.ts';
import type { ImageShape, Split } from '../types.ts';

export interface Batch {
  readonly x: Tensor4D;
  readonly y: Tensor1D;
  /** Labels, on this side. */
  readonly labels: Int32Array;
}

export type Batches = (split: Split, indices: Int32Array) => Batch;

export function batchSource(tf: Tf, normaliser: Normaliser, { height, width, channels }: ImageShape): Batches {
  const size = height * width * channels;
  let buffer = new Float32Array(0);
  return (split, indices) => {
    const length = indices.length * size;
    if (buffer.length < length) buffer = new Float32Array(length);
    normaliser.fill(indices, split, buffer);
    const labels = Int32Array.from(indices, (i) => split.labels[i]!);
    return {
      x: tf.tensor4d(buffer.subarray(0, length), [indices.length, height, width, channels], 'float32'),
      y: tf.tensor1d(labels, 'int32'),
      labels,
    };
  };
}

/** Samples of one chunk of an evaluation: about a million numbers, so that the activations of a convolution stay small. */
export function chunkSize({ height, width, channels }: ImageShape): number {
  return Math.max(32, Math.min(512, Math.floor(2 ** 18 / (height * width * channels))));
}
