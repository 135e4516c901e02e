/**
 * Layers and losses, each as a computation by a backend and as plain loops: Σ coefficients·output is differentiated by
 * every input, by the backend on one side and by central differences of the loops in float64 on the other.
 */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { batchNormTraining, type Tf } from '../../../src-main/training/backends/index.ts';
import { randomReference, tensorOf } from './compare.ts';
import * as loops from './reference.ts';
import type { Reference } from './reference.ts';

interface Case {
  readonly name: string;
  readonly inputs: readonly (readonly number[])[];
  readonly backend: (tf: Tf, ...inputs: Tensor[]) => Tensor;
  readonly loops: (...inputs: Reference[]) => Reference;
}

const LABELS = [2, 0, 3, 3, 1];
const oneHot = (K: number): Reference => ({
  shape: [LABELS.length, K],
  data: Float64Array.from({ length: LABELS.length * K }, (_, i) => (i % K === LABELS[Math.floor(i / K)] ? 1 : 0)),
});
const square = (x: Reference, target: Reference): Reference =>
  loops.map(x, (value, i) => (value - target.data[i]!) ** 2);

const convolution = (x: number[], filter: number[], stride: number, pad: 'same' | 'valid'): Case => ({
  name: `convolution ${x.join('×')} by ${filter.join('×')}, stride ${stride}, ${pad}`,
  inputs: [x, filter],
  backend: (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, stride, pad),
  loops: (a, b) => loops.convolution(a, b, stride, pad),
});
const pooling = (kind: 'max' | 'average', x: number[], size: number, stride: number, pad: 'same' | 'valid'): Case => ({
  name: `${kind} pooling ${x.join('×')}, window ${size}, stride ${stride}, ${pad}`,
  inputs: [x],
  backend: (tf, a) => (kind === 'max' ? tf.maxPool : tf.avgPool)(a as Tensor4D, size, stride, pad),
  loops: (a) => loops.pool(a, size, stride, pad, kind),
});

export const cases: readonly Case[] = [
  {
    name: 'dense with bias and ReLU',
    inputs: [[5, 7], [7, 3], [3]],
    backend: (tf, x, w, b) => tf.relu(tf.add(tf.matMul(x as Tensor2D, w as Tensor2D), b)),
    loops: (x, w, b) => loops.map(loops.product(x, w), (value, i) => Math.max(0, value + b.data[i % 3]!)),
  },
  convolution([2, 5, 6, 2], [3, 3, 2, 3], 1, 'same'),
  convolution([2, 6, 6, 2], [3, 3, 2, 3], 2, 'same'),
  convolution([1, 7, 6, 2], [3, 2, 2, 2], 2, 'valid'),
  convolution([2, 5, 4, 3], [1, 1, 3, 2], 2, 'same'),
  pooling('max', [2, 6, 4, 2], 2, 2, 'valid'),
  pooling('max', [1, 5, 7, 2], 3, 2, 'same'),
  pooling('average', [2, 6, 4, 2], 2, 2, 'valid'),
  pooling('average', [1, 5, 7, 2], 3, 2, 'same'),
  {
    name: 'global average pooling',
    inputs: [[2, 3, 5, 4]],
    backend: (tf, x) => tf.mean(x, [1, 2]),
    loops: (x) => {
      const y = loops.zeros([2, 4]);
      x.data.forEach((value, at) => (y.data[Math.floor(at / 60) * 4 + (at % 4)]! += value / 15));
      return y;
    },
  },
  {
    name: 'batch norm of images',
    inputs: [[2, 3, 4, 3], [3], [3]],
    backend: (tf, x, scale, offset) => batchNormTraining(tf, x, scale as Tensor1D, offset as Tensor1D, 1e-3).y,
    loops: (x, scale, offset) => loops.batchNorm(x, scale, offset, 1e-3).y,
  },
  {
    name: 'batch norm of vectors',
    inputs: [[9, 4], [4], [4]],
    backend: (tf, x, scale, offset) => batchNormTraining(tf, x, scale as Tensor1D, offset as Tensor1D, 1e-5).y,
    loops: (x, scale, offset) => loops.batchNorm(x, scale, offset, 1e-5).y,
  },
  {
    name: 'softmax cross-entropy',
    inputs: [[5, 4]],
    backend: (tf, z) => tf.neg(tf.sum(tf.mul(tf.logSoftmax(z), tensorOf(tf, oneHot(4))), 1)),
    loops: (z) => loops.crossEntropy(z, LABELS),
  },
  {
    name: 'squared error',
    inputs: [[5, 4]],
    backend: (tf, z) => tf.squaredDifference(z, tensorOf(tf, oneHot(4))),
    loops: (z) => square(z, oneHot(4)),
  },
];

export interface Answer {
  readonly output: readonly number[];
  /** One per input. */
  readonly gradients: readonly (readonly number[])[];
}

/** Case i's inputs and, last, the coefficients of its output. */
const numbersOf = ({ inputs, loops: by }: Case, i: number): { inputs: Reference[]; coefficients: Reference } => {
  const values = inputs.map((shape, j) => randomReference(shape, 100 * i + j));
  return { inputs: values, coefficients: randomReference(by(...values).shape, 100 * i + 50) };
};

export async function answersOf(tf: Tf): Promise<Answer[]> {
  const read = async (tensor: Tensor): Promise<number[]> => Array.from(await tensor.data());
  const answers: Answer[] = [];
  for (const [i, one] of cases.entries()) {
    const { inputs, coefficients } = numbersOf(one, i);
    const tensors = inputs.map((input) => tensorOf(tf, input));
    const output = one.backend(tf, ...tensors);
    const gradients = tf.grads((...xs: Tensor[]) => one.backend(tf, ...xs))(tensors, tensorOf(tf, coefficients));
    answers.push({ output: await read(output), gradients: await Promise.all(gradients.map(read)) });
  }
  return answers;
}

/** The truth: errors of the central differences are about h² = 1e-10 and rounding/h = 1e-11. */
export function expectedAnswers(): Answer[] {
  const h = 1e-5;
  return cases.map((one, i) => {
    const { inputs, coefficients } = numbersOf(one, i);
    const loss = (values: Reference[]): number =>
      one.loops(...values).data.reduce((sum, value, k) => sum + value * coefficients.data[k]!, 0);
    const moved = (j: number, at: number, by: number): number =>
      loss(inputs.map((x, k) => (k === j ? loops.map(x, (value, l) => (l === at ? value + by : value)) : x)));
    const gradients = inputs.map((x, j) =>
      Array.from(x.data, (_, at) => (moved(j, at, h) - moved(j, at, -h)) / (2 * h)),
    );
    return { output: Array.from(one.loops(...inputs).data), gradients };
  });
}
