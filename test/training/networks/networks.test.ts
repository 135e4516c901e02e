/**
 * Whole networks at a small width: outputs, z = W h + b, gradients along a direction, initial weights, state. Layers have
 * their own tests against float64 loops.
 */
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import {
  batchGradients,
  buildNetwork,
  lossOf,
  type NamedArray,
  type Network,
  type NetworkSpecification,
} from '../../../src-main/training/networks/index.ts';
import { normals } from './reference.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const K = 4;
const SHAPE = { height: 8, width: 8, channels: 2 };
const N = 6;
const build = (given: Partial<NetworkSpecification>, seed = 1): Network => buildNetwork(given, SHAPE, K, seed, tf);
const batch = (): Tensor4D => tf.tensor4d(Float32Array.from(normals(9, N, 8, 8, 2).data), [N, 8, 8, 2]);

const networks: Record<string, Partial<NetworkSpecification>> = {
  mlp: { architecture: 'mlp', depth: 2, width: 12, batchNorm: true },
  'low-rank mlp': { architecture: 'mlp', depth: 1, width: 12, rank: 3, factors: 'plain', headRank: 2 },
  'deep linear head': {
    architecture: 'mlp',
    depth: 1,
    width: 12,
    featureDimension: 6,
    featureRelu: true,
    headDepth: 3,
  },
  'fixed etf': { architecture: 'mlp', depth: 1, width: 12, classifier: 'etf', bias: false },
  cnn: { architecture: 'cnn', widthFactor: 1 / 16 },
  'vgg-11': { architecture: 'vgg-11', widthFactor: 1 / 32, featureDimension: 7 },
  'resnet-18': { architecture: 'resnet-18', widthFactor: 1 / 32, initial: 'uniform' },
};

describe.each(Object.entries(networks))('%s', (_, given) => {
  it('gives logits W h + b of its features', async () => {
    const network = build(given);
    const x = batch();
    const { features, logits } = tf.tidy(() => network.forward(x, false));
    const p = network.featureDimension;
    expect(features.shape).toEqual([N, p]);
    expect(logits.shape).toEqual([N, K]);
    const { weights, bias } = await network.head();
    expect(weights.length).toBe(K * p);
    expect(bias?.length ?? 0).toBe(network.specification.bias ? K : 0);
    const h = features.dataSync();
    logits.dataSync().forEach((z, at) => {
      const [i, k] = [Math.floor(at / K), at % K];
      let expected = bias?.[k] ?? 0;
      for (let j = 0; j < p; j++) expected += weights[k * p + j]! * h[i * p + j]!;
      expect(z).toBeCloseTo(expected, 4);
    });
    tf.dispose([x, features, logits]);
    network.dispose();
  });

  it('falls along its gradient by the gradient’s squared length', () => {
    const network = build(given);
    const x = batch();
    const loss = lossOf('ce', K, tf);
    const labels = tf.tensor1d([0, 1, 2, 3, 0, 1], 'int32');
    const objective = ({ logits }: { logits: Tensor2D }): Scalar => loss(logits, labels);
    const { gradients } = batchGradients(tf, network, x, objective);
    const squares = [...gradients.values()].map((g) => tf.sum(tf.square(g)).dataSync()[0]!);
    const squared = squares.reduce((sum, value) => sum + value, 0);
    // The step changes the loss by 1e-3 on each side, which float32 resolves to a thousandth; kinks are few that near.
    const h = 1e-3 / squared;
    const at = (step: number): number => {
      const move = (by: number): void =>
        tf.tidy(() => {
          for (const { name, variable } of network.parameters)
            variable.assign(tf.add(variable, tf.mul(gradients.get(name)!, by)));
        });
      move(step);
      const value = tf.tidy(() => objective(network.forward(x, true)).dataSync()[0]!);
      move(-step);
      return value;
    };
    expect(squared).toBeGreaterThan(1e-4);
    const slope = (at(h) - at(-h)) / (2 * h);
    expect(Math.abs(slope / squared - 1)).toBeLessThan(0.005);
    network.dispose();
  });
});

describe('initial weights', () => {
  const given = { architecture: 'mlp', depth: 2, width: 300 } as const;
  const read = async (network: Network, name: string): Promise<Float32Array> =>
    (await network.state()).find((array) => array.name === name)!.values;
  const spread = (values: Float32Array): number => Math.hypot(...values) / Math.sqrt(values.length);

  it('are the same for the same seed, others for another', async () => {
    const [a, b, c] = await Promise.all([build(given, 7), build(given, 7), build(given, 8)].map((n) => n.state()));
    expect(a).toEqual(b);
    expect(a!.filter(({ name }) => name.endsWith('weight')).map(({ values }) => values)).not.toEqual(
      c!.filter(({ name }) => name.endsWith('weight')).map(({ values }) => values),
    );
  });

  it('of one layer stay as they are when others change', async () => {
    const shallow = await read(build({ ...given, depth: 1 }), 'hidden.1.weight');
    expect(await read(build(given), 'hidden.1.weight')).toEqual(shallow);
  });

  it('have He’s variance before a ReLU, 1/p in the head, PyTorch’s bound where uniform', async () => {
    const he = build(given);
    // 128 inputs; 38,400 and 90,000 draws: the spread is within 2 % by five standard errors.
    expect(spread(await read(he, 'hidden.1.weight')) / Math.sqrt(2 / 128)).toBeCloseTo(1, 1.7);
    expect(spread(await read(he, 'hidden.2.weight')) / Math.sqrt(2 / 300)).toBeCloseTo(1, 1.7);
    expect(Math.abs(spread(await read(he, 'head.weight')) * Math.sqrt(300) - 1)).toBeLessThan(0.1);
    expect(spread(await read(he, 'hidden.1.bias'))).toBe(0);
    const uniform = await read(build({ ...given, initial: 'uniform' }), 'hidden.1.weight');
    expect(Math.max(...uniform.map(Math.abs))).toBeLessThanOrEqual(Math.fround(1 / Math.sqrt(128)));
    expect(spread(uniform) * Math.sqrt(3 * 128)).toBeCloseTo(1, 1.7);
  });

  it('of a fixed classifier are unit vectors of cosine −1/(K−1)', async () => {
    const { weights } = await build({ ...given, width: 9, classifier: 'etf' }).head();
    for (let k = 0; k < K; k++)
      for (let j = 0; j < K; j++) {
        let inner = 0;
        for (let i = 0; i < 9; i++) inner += weights[k * 9 + i]! * weights[j * 9 + i]!;
        expect(inner).toBeCloseTo(k === j ? 1 : -1 / (K - 1), 6);
      }
  });

  it('of spectral factors are balanced: VᵀV = UᵀU', async () => {
    const network = build({ architecture: 'mlp', depth: 1, width: 10, rank: 3, factors: 'spectral' });
    const [V, U] = [await read(network, 'hidden.1.right'), await read(network, 'hidden.1.left')];
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++) {
        let difference = 0;
        for (let i = 0; i < 128; i++) difference += V[i * 3 + a]! * V[i * 3 + b]!;
        for (let i = 0; i < 10; i++) difference -= U[a * 10 + i]! * U[b * 10 + i]!;
        expect(difference).toBeCloseTo(0, 5);
      }
  });
});

describe('state', () => {
  const given = { architecture: 'mlp', depth: 1, width: 5, batchNorm: true } as const;

  it('carries a network over bit by bit, running statistics too', async () => {
    const [from, to] = [build(given, 1), build(given, 2)];
    tf.tidy(() => void from.forward(batch(), true));
    const state = await from.state();
    expect(state.map(({ name }) => name)).toContain('hidden.1.norm.mean');
    to.load(state);
    expect(await to.state()).toEqual(state);
    const outputs = [from, to].map((network) => network.forward(batch(), false).logits.dataSync());
    expect(outputs[0]).toEqual(outputs[1]);
  });

  it('is refused with every name that does not fit, and nothing changes', async () => {
    const network = build(given);
    const before = await network.state();
    const [first, second, ...rest] = before as [NamedArray, NamedArray, ...NamedArray[]];
    const wrong = [{ ...first, shape: [5, 128] }, ...rest, { ...second, name: 'stranger' }];
    const load = (): void => network.load(wrong.map((array) => ({ ...array, values: array.values.map((v) => v + 1) })));
    expect(load).toThrow(InvalidInput);
    expect(load).toThrow(
      /hidden\.1\.weight 5×128: must be 128×5, has 640 values.*hidden\.1\.bias: is missing.*stranger/,
    );
    expect(await network.state()).toEqual(before);
  });
});
