/** Batch norm's two modes and its running statistics against direct computation. */
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import { batchNorm } from '../../../src-main/training/networks/layers/batch-norm.ts';
import { moments, normalised, normals, type Values } from './reference.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const layer = batchNorm('n', [2, 3, 2]);
const tensor = ({ data, shape }: Values): Tensor => tf.tensor(Float32Array.from(data), [...shape]);

function setUp(): { variables: Map<string, Variable>; apply: (x: Tensor, training: boolean) => Tensor } {
  const variables = new Map<string, Variable>();
  for (const { tensors, draw } of layer.declared)
    tensors.forEach(({ name, shape }, i) => variables.set(name, tf.variable(tf.tensor(draw(0)[i]!, [...shape]))));
  const apply = (x: Tensor, training: boolean): Tensor =>
    tf.tidy(() => layer.apply(x, { tf, training, value: (name) => variables.get(name)! }));
  return { variables, apply };
}

describe('batch norm', () => {
  it('gives each channel mean 0 and variance 1 in training, however far away it was', () => {
    const { apply } = setUp();
    const x = normals(3, 4, 2, 3, 2);
    x.data.forEach((value, i) => (x.data[i] = 300 + 7 * value));
    const { mean, variance } = moments({ shape: x.shape, data: Float64Array.from(apply(tensor(x), true).dataSync()) });
    for (const channel of [0, 1]) {
      expect(mean[channel]).toBeCloseTo(0, 4);
      expect(variance[channel]).toBeCloseTo(1, 4);
    }
  });

  it('moves the running statistics by a tenth, with the unbiased variance, and uses them in evaluation', () => {
    const { variables, apply } = setUp();
    let [mean, variance] = [Float64Array.of(0, 0), Float64Array.of(1, 1)];
    for (const seed of [1, 2, 3]) {
      const x = normals(seed, 4, 2, 3, 2);
      const batch = moments(x);
      expect(batch.count).toBe(24);
      apply(tensor(x), true);
      mean = mean.map((value, c) => 0.9 * value + 0.1 * batch.mean[c]!);
      variance = variance.map((value, c) => 0.9 * value + (0.1 * batch.variance[c]! * 24) / 23);
    }
    [0, 1].forEach((c) => {
      expect(variables.get('n.mean')!.dataSync()[c]).toBeCloseTo(mean[c]!, 6);
      expect(variables.get('n.variance')!.dataSync()[c]).toBeCloseTo(variance[c]!, 6);
    });
    const x = normals(4, 2, 2, 3, 2);
    const [scale, shift] = [normals(5, 2), normals(6, 2)];
    variables.get('n.scale')!.assign(tensor(scale));
    variables.get('n.shift')!.assign(tensor(shift));
    const expected = normalised(x, { scale, shift }, { mean, variance, count: 24 });
    apply(tensor(x), false)
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(expected.data[i]!, 5));
    expect(variables.get('n.mean')!.dataSync()[0]).toBeCloseTo(mean[0]!, 6);
  });

  it('refuses to normalise one number by itself', () => {
    const single = batchNorm('n', [2]);
    const { variables } = setUp();
    const pass = { tf, training: true, value: (name: string) => variables.get(name)! };
    expect(() => single.apply(tf.ones([1, 2]), pass)).toThrow(InvalidInput);
    expect(() => single.apply(tf.ones([1, 2]), { ...pass, training: false })).not.toThrow();
  });
});
