/** A multilayer perceptron from start to finish: shapes, the invariant z = W h + b, and learning a tiny set. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import { batchGradients, buildNetwork, createOptimiser, lossOf } from '../../../src-main/training/networks/index.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
});

const shape = { height: 2, width: 2, channels: 1 };

describe('mlp', () => {
  it('overfits eight random labels to zero error and leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    const network = buildNetwork({ architecture: 'mlp', depth: 1, width: 32 }, shape, 3, 5, tf);
    const optimiser = createOptimiser(
      { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0, decayed: 'all' },
      network.parameters,
      tf,
    );
    const loss = lossOf('ce', 3, tf);
    const x = tf.tensor4d(
      Float32Array.from({ length: 32 }, (_, i) => Math.sin(17 * i * i)),
      [8, 2, 2, 1],
    );
    const labels = tf.tensor1d([0, 1, 2, 2, 1, 0, 0, 1], 'int32');
    const steady = tf.memory().numTensors;
    for (let i = 0; i < 150; i++) {
      const batch = batchGradients(tf, network, x, ({ logits }) => loss(logits, labels));
      optimiser.step(batch.gradients, 0.1);
      batch.dispose();
      expect(tf.memory().numTensors).toBe(steady);
    }
    const predicted = tf.tidy(() => tf.argMax(network.forward(x, false).logits as Tensor2D, 1).dataSync());
    expect([...predicted]).toEqual([...labels.dataSync()]);
    tf.dispose([x, labels]);
    network.dispose();
    optimiser.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
