/**
 * Batch norm over everything but the last axis (Ioffe and Szegedy 2015), in PyTorch's convention:
 *
 *     training     x̂ = (x − m)/√(v + ε), m and v (biased) of the batch; running ← 0.9 running + 0.1 (m, v n/(n−1))
 *     evaluation   x̂ = (x − running m)/√(running v + ε)
 *     y = γ x̂ + β
 *
 * n counts the numbers of a channel in the batch. The batch's own normalisation and its gradient are the backends'
 * (backends/batch-norm.ts).
 */
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { InvalidInput } from '../../../parameters/specification.ts';
import { batchNormTraining } from '../../backends/batch-norm.ts';
import { type Declaration, type Layer, type Pass, sizeOf } from './layer.ts';

const MOMENTUM = 0.1;
const EPSILON = 1e-5;

/** Tensors `name.scale` γ and `name.shift` β; buffers `name.mean` and `name.variance`. */
export function batchNorm(name: string, shape: readonly number[]): Layer {
  const channels = shape.at(-1)!;
  const [scale, shift, mean, variance] = ['scale', 'shift', 'mean', 'variance'].map((part) => `${name}.${part}`) as [
    string,
    string,
    string,
    string,
  ];
  const tensor = (tensorName: string, role: Declaration['role'], initial: number) => ({
    tensors: [{ name: tensorName, shape: [channels], role }],
    draw: () => [new Float32Array(channels).fill(initial)],
  });
  const positions = sizeOf(shape) / channels;

  const normalise = (x: Tensor, pass: Pass): Tensor => {
    const { tf } = pass;
    const n = x.shape[0]! * positions;
    if (n < 2)
      throw new InvalidInput([
        { field: 'batchSize', value: n, message: `must give batch norm (${name}) two numbers per channel or more` },
      ]);
    const move = (buffer: string, value: Tensor): void => {
      const running = pass.value(buffer);
      running.assign(tf.add(tf.mul(running, 1 - MOMENTUM), tf.mul(value, MOMENTUM)));
    };
    const batch = batchNormTraining(tf, x, pass.value(scale) as Tensor1D, pass.value(shift) as Tensor1D, EPSILON);
    move(mean, batch.mean);
    move(variance, tf.mul(batch.variance, n / (n - 1)));
    return batch.y;
  };

  return {
    declared: [
      tensor(scale, 'norm', 1),
      tensor(shift, 'norm', 0),
      tensor(mean, 'buffer', 0),
      tensor(variance, 'buffer', 1),
    ],
    output: shape,
    apply: (x, pass) => {
      if (pass.training) return normalise(x, pass);
      const { tf, value } = pass;
      const factor = tf.mul(value(scale), tf.rsqrt(tf.add(value(variance), EPSILON)));
      return tf.add(tf.mul(x, factor), tf.sub(value(shift), tf.mul(value(mean), factor)));
    },
  };
}
