/** Losses and the penalty against their formulas in float64, and their gradients against central differences of those. */
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import { buildNetwork, type LossOptions, lossOf, peeledPenalty } from '../../../src-main/training/networks/index.ts';
import { differences, normals } from './reference.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const [N, K] = [5, 3];
const LABELS = [0, 2, 1, 2, 2];
const WEIGHTS = Float32Array.of(0.5, 2, 1.25);
const ADJUSTMENT = Float32Array.of(-1, 0.5, -2.25);

function formula(name: 'ce' | 'mse', z: Float64Array, { classWeights, logitAdjustment }: LossOptions): number {
  let total = 0;
  LABELS.forEach((y, i) => {
    const row = Array.from({ length: K }, (_, k) => z[i * K + k]!);
    const adjusted = row.map((value, k) => value + (logitAdjustment?.[k] ?? 0));
    const ce = Math.log(adjusted.reduce((sum, value) => sum + Math.exp(value), 0)) - adjusted[y]!;
    const mse = row.reduce((sum, value, k) => sum + (value - (k === y ? 1 : 0)) ** 2, 0) / 2;
    total += ((classWeights?.[y] ?? 1) * (name === 'ce' ? ce : mse)) / N;
  });
  return total;
}

const labels = (): Tensor1D => tf.tensor1d(LABELS, 'int32');
const logits = (z: Float64Array): Tensor2D => tf.tensor2d(Float32Array.from(z), [N, K]);

describe.each([
  ['ce', {}],
  ['ce', { classWeights: WEIGHTS }],
  ['ce', { logitAdjustment: ADJUSTMENT, classWeights: WEIGHTS }],
  ['mse', {}],
  ['mse', { classWeights: WEIGHTS }],
] as const)('%s %o', (name, options: LossOptions) => {
  it('is its formula, with its gradient', () => {
    const loss = lossOf(name, K, tf, options);
    const z = normals(2, N, K).data;
    expect(loss(logits(z), labels()).dataSync()[0]).toBeCloseTo(formula(name, z, options), 6);
    const gradient = tf
      .grad((x) => loss(x as Tensor2D, labels()))(logits(z))
      .dataSync();
    differences(() => formula(name, z, options), z).forEach((value, i) => expect(gradient[i]).toBeCloseTo(value, 6));
  });
});

describe('cross-entropy', () => {
  it('of huge logits is their difference, neither infinite nor NaN, and so is its gradient', () => {
    const loss = lossOf('ce', 2, tf);
    const z = tf.tensor2d([1e4, -1e4, 1e4, -1e4], [2, 2]);
    const y = tf.tensor1d([0, 1], 'int32');
    expect(loss(z, y).dataSync()[0]).toBe(1e4);
    const gradient = tf
      .grad((x) => loss(x as Tensor2D, y))(z)
      .dataSync();
    expect([...gradient].map((g) => g + 0)).toEqual([0, 0, 0.5, -0.5]);
  });
});

describe('the peeled penalty', () => {
  it.each(['sample', 'class'] as const)(
    'is λ_W/2 over all the head’s weights, λ_b/2 on its bias, and λ_H/2 over the draws of an epoch as the batch estimates them, per %s',
    async (normalisation) => {
      const shape = { height: 1, width: 4, channels: 1 };
      const network = buildNetwork(
        { architecture: 'mlp', depth: 0, headDepth: 2, initial: 'uniform' },
        shape,
        K,
        3,
        tf,
      );
      const drawn = [30, 15, 5];
      const decay = { classifier: 0.3, features: 0.02, bias: 0.1, drawn, normalisation };
      const penalty = peeledPenalty(tf, network, decay);
      const x = tf.tensor4d(Float32Array.from(normals(4, N, 4).data), [N, 1, 4, 1]);
      const labels = Int32Array.from({ length: N }, (_, i) => i % K);
      const y = tf.tensor1d(labels, 'int32');
      const squares = new Map((await network.state()).map(({ name, values }) => [name, Math.hypot(...values) ** 2]));
      // A network of depth 0: the features are the inputs.
      const values = x.dataSync();
      const features = labels.reduce(
        (sum, k, i) =>
          sum + Math.hypot(...values.subarray(4 * i, 4 * i + 4)) ** 2 / (normalisation === 'class' ? drawn[k]! : 1),
        0,
      );
      const expected =
        0.15 * (squares.get('head.1.weight')! + squares.get('head.2.weight')!) +
        0.05 * squares.get('head.bias')! +
        0.01 * (50 / N) * features;
      expect(penalty.of(network.forward(x, true), y).dataSync()[0]).toBeCloseTo(expected, 5);
      const { grads } = tf.variableGrads(() => penalty.of(network.forward(x, true), y) as Scalar);
      const weight = network.parameters[0]!.variable;
      const initial = weight.dataSync();
      grads[weight.name]!.dataSync().forEach((g, i) => expect(g).toBeCloseTo(0.3 * initial[i]!, 6));
      penalty.dispose();
      network.dispose();
    },
  );
});

describe('what cannot be a loss', () => {
  it('is refused with the field', () => {
    expect(() => lossOf('ce', 2, tf, { classWeights: WEIGHTS })).toThrow(
      /classWeights \[.*\]: must be one number for each of the 2 classes/,
    );
    expect(() => lossOf('ce', K, tf, { classWeights: Float32Array.of(1, -1, 1) })).toThrow(
      /classWeights -1: cannot be that of class 1/,
    );
    const infinite = Float32Array.of(0, 0, Number.NEGATIVE_INFINITY);
    expect(() => lossOf('ce', K, tf, { logitAdjustment: infinite })).toThrow(InvalidInput);
    expect(() => lossOf('mse', K, tf, { logitAdjustment: ADJUSTMENT })).toThrow(/logitAdjustment/);
  });
});
