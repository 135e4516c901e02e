/**
 * Batch norm over everything but the last axis (Ioffe and Szegedy 2015), in PyTorch's convention:
 *
 *     training     x̂ = (x − m)/√(v + ε), m and v (biased) of the batch; running ← 0.9 running + 0.1 (m, v n/(n−1))
 *     evaluation   x̂ = (x − running m)/√(running v + ε)
 *     y = γ x̂ + β
 *
 * n counts the numbers of a channel in the batch. In training the gradient is written out (docs/networks.md):
 * ∂x = (γ/√(v+ε)) (∂y − mean ∂y − x̂ mean(∂y x̂)), ∂γ = Σ ∂y x̂, ∂β = Σ ∂y.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { InvalidInput } from '../../../parameters/specification.ts';
import { type Declaration, type Layer, type Pass, sizeOf } from './layer.ts';

export const MOMENTUM = 0.1;
export const EPSILON = 1e-5;

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
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const move = (buffer: string, value: Tensor): void => {
      const running = pass.value(buffer);
      running.assign(tf.add(tf.mul(running, 1 - MOMENTUM), tf.mul(value, MOMENTUM)));
    };
    const differentiable = tf.customGrad((...args) => {
      const [input, gamma, beta, save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
      const m = tf.mean(input, axes);
      const centred = tf.sub(input, m);
      const v = tf.mean(tf.square(centred), axes);
      const inverse = tf.rsqrt(tf.add(v, EPSILON));
      const normalised = tf.mul(centred, inverse);
      move(mean, m);
      move(variance, tf.mul(v, n / (n - 1)));
      save([normalised, tf.mul(gamma, inverse)]);
      return {
        value: tf.add(tf.mul(normalised, gamma), beta),
        // Tidied here: what it leaves would stay until the whole network's gradient is done.
        gradFunc: (dy: Tensor, saved: Tensor[]) =>
          tf.tidy(() => {
            const [xHat, factor] = saved as [Tensor, Tensor];
            const meanDy = tf.mean(dy, axes);
            const meanDyX = tf.mean(tf.mul(dy, xHat), axes);
            const dx = tf.mul(tf.sub(tf.sub(dy, meanDy), tf.mul(xHat, meanDyX)), factor);
            return [dx, tf.mul(meanDyX, n), tf.mul(meanDy, n)];
          }),
      };
    });
    return differentiable(x, pass.value(scale), pass.value(shift));
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
