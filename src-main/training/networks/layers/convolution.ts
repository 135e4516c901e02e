/**
 * A 3×3 or 1×1 convolution with the borders of PyTorch (padding 1 or 0 on every side). Weights are size×size×inputs×outputs.
 * A stride of 2 pads first and convolves without: backends differ in what `same` means there, and not all take numbers.
 */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { drawLayer } from '../initial.ts';
import type { InitialWeights } from '../types.ts';
import type { Layer, Pass } from './layer.ts';

export interface ConvolutionOptions {
  readonly initial: InitialWeights;
  readonly bias: boolean;
  readonly size: 1 | 3;
  readonly stride: 1 | 2;
}

/** Tensors `name.weight` and `name.bias` (outputs). */
export function convolution(
  name: string,
  shape: readonly number[],
  outputs: number,
  { initial, bias, size, stride }: ConvolutionOptions,
): Layer {
  const [height, width, inputs] = shape as [number, number, number];
  const border = (size - 1) / 2;
  const side = (length: number): number => Math.floor((length - 1) / stride) + 1;
  const weightName = `${name}.weight`;
  const biasName = `${name}.bias`;
  const fanIn = size * size * inputs;
  const convolve = (x: Tensor4D, { tf, value }: Pass): Tensor => {
    const weight = value(weightName) as unknown as Tensor4D;
    if (stride === 1) return tf.conv2d(x, weight, 1, 'same');
    const edge: [number, number] = [border, border];
    const padded = border === 0 ? x : tf.pad(x, [[0, 0], edge, edge, [0, 0]]);
    return tf.conv2d(padded, weight, stride, 'valid');
  };
  return {
    declared: [
      {
        tensors: [
          { name: weightName, shape: [size, size, inputs, outputs], role: 'weight' },
          ...(bias ? [{ name: biasName, shape: [outputs], role: 'bias' as const }] : []),
        ],
        draw: (seed) => drawLayer(initial, fanIn * outputs, outputs, fanIn, 'relu', seed),
      },
    ],
    output: [side(height), side(width), outputs],
    apply: (x, pass) => {
      const y = convolve(x as Tensor4D, pass);
      return bias ? pass.tf.add(y, pass.value(biasName)) : y;
    },
  };
}
