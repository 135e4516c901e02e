/** Layers without parameters that act on single numbers or on shapes: ReLU, flattening, padding with zeros. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type Layer, sizeOf } from './layer.ts';

/** max(x, 0), with derivative 0 at 0. */
export function relu(shape: readonly number[]): Layer {
  return { declared: [], output: shape, apply: (x, { tf }) => tf.relu(x) };
}

/** N×H×W×C to N×HWC. */
export function flatten(shape: readonly number[]): Layer {
  const size = sizeOf(shape);
  return { declared: [], output: [size], apply: (x, { tf }) => tf.reshape(x, [-1, size]) };
}

/**
 * Images smaller than `side` get a border of zeros, as even as it can be, up to side × side; others pass unchanged. Zero
 * is the mean where inputs are normalised.
 */
export function padTo(side: number, shape: readonly [number, number, number]): Layer {
  const [height, width, channels] = shape;
  const around = (length: number): [number, number] => {
    const missing = Math.max(0, side - length);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  };
  const rows = around(height);
  const columns = around(width);
  const unchanged = height >= side && width >= side;
  return {
    declared: [],
    output: [Math.max(side, height), Math.max(side, width), channels],
    apply: (x, { tf }) => (unchanged ? x : tf.pad(x as Tensor4D, [[0, 0], rows, columns, [0, 0]])),
  };
}
