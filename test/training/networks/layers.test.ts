/**
 * Every layer against plain float64 loops: its outputs, and its gradients by inputs and parameters against central
 * differences of those loops. Tolerances are those of float32 sums of some dozens of terms of size 1.
 */
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import { flatten, padTo, relu } from '../../../src-main/training/networks/layers/activation.ts';
import { batchNorm } from '../../../src-main/training/networks/layers/batch-norm.ts';
import { convolution } from '../../../src-main/training/networks/layers/convolution.ts';
import { dense } from '../../../src-main/training/networks/layers/dense.ts';
import { factorised } from '../../../src-main/training/networks/layers/factorised.ts';
import { type Layer, sequence } from '../../../src-main/training/networks/layers/layer.ts';
import { globalAverage, maxPool } from '../../../src-main/training/networks/layers/pooling.ts';
import { residual } from '../../../src-main/training/networks/layers/residual.ts';
import {
  correlation,
  differences,
  maxima,
  type Named,
  normalised,
  normals,
  plusBias,
  positionMeans,
  product,
  rectified,
  type Values,
} from './reference.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const IMAGE = [5, 4, 2];
const options = { initial: 'he', following: 'relu', bias: true } as const;
const conv = (size: 1 | 3, stride: 1 | 2, bias = true) =>
  convolution('t', IMAGE, 3, { initial: 'he', bias, size, stride });

interface Case {
  readonly layer: Layer;
  readonly input: readonly number[];
  readonly reference: (x: Values, named: Named) => Values;
}

/** ReLU(norm(conv(ReLU(norm(conv x)))) + shortcut), from the reference's parts. */
function block(stride: number, changes: boolean): Case['reference'] {
  return (x, named) => {
    const part = (name: string): Named => ({
      scale: named[`norm.${name}.scale`]!,
      shift: named[`norm.${name}.shift`]!,
    });
    const step = (from: Values, name: string, by: number, border: number): Values =>
      normalised(correlation(from, named[`conv.${name}.weight`]!, by, border), part(name));
    const branch = step(rectified(step(x, '1', stride, 1)), '2', 1, 1);
    const short = changes ? step(x, 'shortcut', stride, 0) : x;
    return rectified({ shape: branch.shape, data: branch.data.map((value, i) => value + short.data[i]!) });
  };
}

const cases: Record<string, Case> = {
  dense: {
    layer: dense('t', 4, 3, options),
    input: [4],
    reference: (x, { weight, bias }) => plusBias(product(x, weight!), bias!),
  },
  'dense without bias': {
    layer: dense('t', 4, 3, { ...options, bias: false }),
    input: [4],
    reference: (x, { weight }) => product(x, weight!),
  },
  'low-rank dense': {
    layer: factorised('t', 5, 4, 2, 'plain', options),
    input: [5],
    reference: (x, { right, left, bias }) => plusBias(product(product(x, right!), left!), bias!),
  },
  '3×3 convolution': {
    layer: conv(3, 1),
    input: IMAGE,
    reference: (x, { weight, bias }) => plusBias(correlation(x, weight!, 1, 1), bias!),
  },
  '3×3 convolution of stride 2': {
    layer: conv(3, 2, false),
    input: IMAGE,
    reference: (x, { weight }) => correlation(x, weight!, 2, 1),
  },
  '1×1 convolution of stride 2': {
    layer: conv(1, 2, false),
    input: IMAGE,
    reference: (x, { weight }) => correlation(x, weight!, 2, 0),
  },
  'batch norm of images': { layer: batchNorm('t', IMAGE), input: IMAGE, reference: (x, named) => normalised(x, named) },
  'batch norm of vectors': { layer: batchNorm('t', [3]), input: [3], reference: (x, named) => normalised(x, named) },
  'max pool': { layer: maxPool(IMAGE), input: IMAGE, reference: maxima },
  'global average': { layer: globalAverage(IMAGE), input: IMAGE, reference: positionMeans },
  relu: { layer: relu(IMAGE), input: IMAGE, reference: rectified },
  flatten: { layer: flatten(IMAGE), input: IMAGE, reference: (x) => ({ shape: [x.shape[0]!, 40], data: x.data }) },
  'residual block': { layer: residual('t', [4, 4, 2], 2, 1, 'he'), input: [4, 4, 2], reference: block(1, false) },
  'residual block with shortcut': {
    layer: residual('t', [5, 4, 2], 3, 2, 'he'),
    input: [5, 4, 2],
    reference: block(2, true),
  },
  'two layers': {
    layer: sequence([dense('t.a', 4, 3, options), relu([3]), dense('t.b', 3, 2, options)], [4]),
    input: [4],
    reference: (x, named) => {
      const hidden = rectified(plusBias(product(x, named['a.weight']!), named['a.bias']!));
      return plusBias(product(hidden, named['b.weight']!), named['b.bias']!);
    },
  },
};

const N = 3;
const tensor = ({ data, shape }: Values): Tensor => tf.tensor(Float32Array.from(data), [...shape]);
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((most, d) => Math.max(most, d), 0);

describe.each(Object.entries(cases))('%s', (_, { layer, input, reference }) => {
  const declared = layer.declared.flatMap(({ tensors }) => tensors);
  const x = normals(11, N, ...input);
  const named: Record<string, Values> = Object.fromEntries(
    declared.map(({ name, shape }, i) => [name.slice(2), normals(20 + i, ...shape)]),
  );
  const expected = reference(x, named);
  const weights = normals(12, ...expected.shape);

  it('computes what its definition says, with its gradients', () => {
    const variables = new Map<string, Variable>(
      declared.map(({ name }) => [name, tf.variable(tensor(named[name.slice(2)]!))]),
    );
    const trained = declared.filter(({ role }) => role !== 'buffer').map(({ name }) => name);
    const apply = (at: Tensor): Tensor =>
      layer.apply(at, { tf, training: true, value: (name) => variables.get(name)! });

    const y = tf.tidy(() => apply(tensor(x)));
    expect(y.shape).toEqual([...expected.shape]);
    expect(y.shape.slice(1)).toEqual([...layer.output]);
    expect(largestDifference(y.dataSync(), expected.data)).toBeLessThan(1e-5);

    const point = tf.variable(tensor(x));
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(apply(point), tensor(weights))) as Scalar,
      [point, ...trained.map((name) => variables.get(name)!)],
    );
    const value = (): number => reference(x, named).data.reduce((sum, out, i) => sum + out * weights.data[i]!, 0);
    expect(largestDifference(grads[point.name]!.dataSync(), differences(value, x.data))).toBeLessThan(1e-4);
    for (const name of trained) {
      const gradient = differences(value, named[name.slice(2)]!.data);
      expect(largestDifference(grads[variables.get(name)!.name]!.dataSync(), gradient), name).toBeLessThan(1e-4);
    }
  });
});

describe('padding', () => {
  it('puts a border of zeros around small images and leaves large ones', () => {
    const layer = padTo(4, [2, 1, 1]);
    const pass = { tf, training: false, value: () => raise() };
    const padded = layer.apply(tf.tensor4d([1, 2], [1, 2, 1, 1]), pass);
    expect(padded.shape).toEqual([1, ...layer.output]);
    expect([...padded.dataSync()]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]);
    const large = tf.zeros([1, 5, 5, 1]);
    expect(padTo(4, [5, 5, 1]).apply(large, pass)).toBe(large);
  });
});

function raise(): never {
  throw new Error('padding has no tensors');
}
