/**
 * Dense, then factorised: matrices whose decomposition is known by construction, against plain loops; whole networks at full
 * rank; what is not factorised goes over bit by bit.
 */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import {
  buildNetwork,
  denseNetwork,
  factorise,
  type NamedArray,
  type Network,
  type NetworkSpecification,
} from '../../../src-main/training/networks/index.ts';
import { normals } from './reference.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

/** Walsh's matrix: orthogonal rows of ±1. */
const walsh = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (bits(i & j) % 2 === 0 ? 1 : -1)));
const bits = (n: number): number => (n === 0 ? 0 : (n & 1) + bits(n >> 1));

/** Σ_i s_i a_i b_iᵀ of unit a_i (inputs) and b_i (outputs), the first `rank` terms: as a layer stores its matrix. */
function layer(inputs: number, outputs: number, values: readonly number[], rank = values.length): number[][] {
  const [A, B] = [walsh(inputs), walsh(outputs)];
  const scale = 1 / Math.sqrt(inputs * outputs);
  return Array.from({ length: inputs }, (_, x) =>
    Array.from({ length: outputs }, (__, y) =>
      values.slice(0, rank).reduce((sum, s, i) => sum + s * scale * A[i]![x]! * B[i]![y]!, 0),
    ),
  );
}

const times = (x: readonly number[], W: readonly (readonly number[])[]): number[] =>
  W[0]!.map((_, y) => x.reduce((sum, value, i) => sum + value * W[i]![y]!, 0));
const length = (x: readonly number[]): number => Math.hypot(...x);
const difference = (x: readonly number[], y: readonly number[]): number => length(x.map((value, i) => value - y[i]!));

describe('a perceptron with known singular values', () => {
  const [INPUTS, WIDTH, K] = [16, 8, 4];
  const hidden = [5, 3, 2, 1, 0.5, 0.25, 0.125, 0.0625];
  const head = [4, 2, 1, 0.5];
  const given: Partial<NetworkSpecification> = {
    ...{ architecture: 'mlp', depth: 1, width: WIDTH, rank: 3, headRank: 2, bias: false },
  };
  const shape = { height: 1, width: 1, channels: INPUTS };
  const set = (state: readonly NamedArray[]): NamedArray[] =>
    state.map((array) => {
      const rows =
        array.name === 'hidden.1.weight'
          ? layer(INPUTS, WIDTH, hidden)
          : array.name === 'head.weight'
            ? layer(WIDTH, K, head)
            : null;
      return rows === null ? array : { ...array, values: Float32Array.from(rows.flat()) };
    });
  const biases = Array.from({ length: WIDTH }, (_, j) => 0.1 * j - 0.3);

  it('becomes the one of the largest singular values, and moves by no more than the others carry', async () => {
    const dense = buildNetwork(denseNetwork(given), shape, K, 1, tf);
    dense.load(
      set(await dense.state()).map((array) =>
        array.name === 'hidden.1.bias' ? { ...array, values: Float32Array.from(biases) } : array,
      ),
    );
    const low = buildNetwork(given, shape, K, 2, tf);
    const layers = await factorise(dense, low);
    expect(layers.map(({ name, outputs, inputs, rank }) => [name, outputs, inputs, rank])).toEqual([
      ['hidden.1', WIDTH, INPUTS, 3],
      ['head', K, WIDTH, 2],
    ]);
    const squares = (values: readonly number[]): number => values.reduce((sum, s) => sum + s * s, 0);
    expect(layers[0]!.kept).toBeCloseTo((25 + 9 + 4) / squares(hidden), 6);
    expect(layers[1]!.kept).toBeCloseTo((16 + 4) / squares(head), 6);

    const xs = Array.from({ length: 5 }, (_, i) => [...normals(20 + i, INPUTS).data]);
    const batch = tf.tensor4d(xs.flat(), [5, 1, 1, INPUTS]);
    const outputs = tf.tidy(() => low.forward(batch, false));
    const [features, logits] = [outputs.features.dataSync(), outputs.logits.dataSync()];
    const relu = (W: readonly (readonly number[])[], x: readonly number[]): number[] =>
      times(x, W).map((z, j) => Math.max(0, z + biases[j]!));
    let moved = 0;
    xs.forEach((x, i) => {
      const h = relu(layer(INPUTS, WIDTH, hidden, 3), x);
      const z = times(h, layer(WIDTH, K, head, 2));
      const [gotH, gotZ] = [[...features.slice(i * WIDTH, (i + 1) * WIDTH)], [...logits.slice(i * K, (i + 1) * K)]];
      expect(difference(gotH, h)).toBeLessThan(1e-5 * length(x));
      expect(difference(gotZ, z)).toBeLessThan(1e-4 * length(x));
      const before = relu(layer(INPUTS, WIDTH, hidden), x);
      const logitsBefore = times(before, layer(WIDTH, K, head));
      // σ₄ of the hidden layer, σ₁ and σ₃ of the head.
      expect(difference(gotH, before)).toBeLessThan(1.0001 * length(x));
      expect(difference(gotZ, logitsBefore)).toBeLessThan(1.0001 * (4 * length(x) + length(before)));
      moved += difference(gotZ, logitsBefore);
    });
    expect(moved).toBeGreaterThan(0.1);
    tf.dispose([batch, outputs.features, outputs.logits]);
    dense.dispose();
    low.dispose();
  });
});

describe.each<[string, Partial<NetworkSpecification>]>([
  ['a perceptron', { architecture: 'mlp', depth: 2, width: 12, batchNorm: true, rank: 99, headRank: 99 }],
  ['a CNN', { architecture: 'cnn', widthFactor: 1 / 16, batchNorm: true, rank: 99, headRank: 99 }],
])('%s', (_, given) => {
  const shape = { height: 8, width: 8, channels: 2 };
  const build = (specification: Partial<NetworkSpecification>, seed: number): Network =>
    buildNetwork(specification, shape, 4, seed, tf);
  const outputs = (network: Network, x: Tensor4D): Float32Array =>
    tf.tidy(() => network.forward(x, false).logits.dataSync() as Float32Array);

  it('at full rank is the same function, with its running statistics; other tensors are the same bits', async () => {
    const dense = build(denseNetwork(given), 1);
    const low = build(given, 2);
    const x = tf.tensor4d(Float32Array.from(normals(9, 6, 8, 8, 2).data), [6, 8, 8, 2]);
    // Moves the running statistics from where both begin.
    tf.tidy(() => dense.forward(x, true));
    const before = outputs(dense, x);
    const layers = await factorise(dense, low);
    for (const { kept } of layers) expect(kept).toBeCloseTo(1, 6);
    const after = outputs(low, x);
    const size = Math.max(...before.map(Math.abs));
    after.forEach((z, i) => expect(Math.abs(z - before[i]!)).toBeLessThan(1e-5 * size));
    const held = new Map((await dense.state()).map((array) => [array.name, array]));
    const shared = (await low.state()).filter(({ name }) => held.has(name));
    expect(shared.length).toBeGreaterThan(4);
    for (const array of shared) expect(array).toEqual(held.get(array.name));
    tf.dispose(x);
    dense.dispose();
    low.dispose();
  });
});

it('linear layers at the end keep the width between them', () => {
  expect(denseNetwork({ headDepth: 3, headRank: 4, rank: 2 })).toEqual({ headDepth: 3, headRank: 4, rank: null });
  expect(denseNetwork({ headRank: 4 })).toEqual({ headRank: null, rank: null });
});
