/** Learning from start to finish: a small set of random labels is fitted without an error, the same way for the same seed, and no tensor is left behind. */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import {
  batchGradients,
  buildNetwork,
  createOptimiser,
  type LossName,
  lossOf,
  type NetworkSpecification,
  type OptimiserSpecification,
} from '../../../src-main/training/networks/index.ts';
import { normals } from './reference.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const K = 3;
const N = 12;
const SHAPE = { height: 6, width: 6, channels: 1 };
const LABELS = [0, 1, 2, 2, 1, 0, 0, 1, 2, 0, 2, 1];
const SGD = { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0, decayed: 'all' } as const;
const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decayed: 'all' } as const;

interface Course {
  readonly objectives: readonly number[];
  readonly predicted: readonly number[];
  /** Tensors after the first step, after the last, and after everything is disposed of, beyond those before. */
  readonly tensors: readonly [number, number, number];
}

function train(
  given: Partial<NetworkSpecification>,
  optimising: OptimiserSpecification,
  lossName: LossName,
  rate: number,
  steps: number,
): Course {
  const before = tf.memory().numTensors;
  const network = buildNetwork(given, SHAPE, K, 5, tf);
  const optimiser = createOptimiser(optimising, network.parameters, tf);
  const loss = lossOf(lossName, K, tf);
  const x: Tensor4D = tf.tensor4d(Float32Array.from(normals(1, N, 36).data), [N, 6, 6, 1]);
  const labels = tf.tensor1d(LABELS, 'int32');
  const objectives: number[] = [];
  let steady = 0;
  for (let i = 0; i < steps; i++) {
    const batch = batchGradients(tf, network, x, ({ logits }) => loss(logits, labels));
    optimiser.step(batch.gradients, rate);
    objectives.push(batch.objective.dataSync()[0]!);
    batch.dispose();
    if (i === 0) steady = tf.memory().numTensors;
  }
  const end = tf.memory().numTensors;
  const predicted = tf.tidy(() => [...tf.argMax(network.forward(x, false).logits as Tensor2D, 1).dataSync()]);
  tf.dispose([x, labels]);
  network.dispose();
  optimiser.dispose();
  return { objectives, predicted, tensors: [steady - before, end - before, tf.memory().numTensors - before] };
}

describe.each([
  ['mlp, sgd, ce', { architecture: 'mlp', depth: 2, width: 24 }, SGD, 'ce', 0.05, 50],
  [
    'mlp with batch norm, adam, mse',
    { architecture: 'mlp', depth: 1, width: 24, batchNorm: true },
    ADAM,
    'mse',
    0.01,
    60,
  ],
  ['cnn, adam, ce', { architecture: 'cnn', widthFactor: 0.25 }, ADAM, 'ce', 0.02, 25],
] as [string, Partial<NetworkSpecification>, OptimiserSpecification, LossName, number, number][])(
  '%s',
  (_, given, optimising, loss, rate, steps) => {
    it('fits twelve random labels and leaves no tensors behind', () => {
      const { objectives, predicted, tensors } = train(given, optimising, loss, rate, steps);
      expect(predicted).toEqual(LABELS);
      expect(objectives.at(-1)).toBeLessThan(objectives[0]! / 10);
      expect(tensors[1]).toBe(tensors[0]);
      expect(tensors[2]).toBe(0);
    });
  },
);

describe('determinism', () => {
  it('gives the same course bit by bit for the same seed', () => {
    const course = (): readonly number[] =>
      train({ architecture: 'cnn', widthFactor: 0.1 }, SGD, 'ce', 0.05, 3).objectives;
    expect(course()).toEqual(course());
  });
});
