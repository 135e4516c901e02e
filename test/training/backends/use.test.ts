/** Starting backends: the WebAssembly one is there wherever Peel runs, computes in single precision and differentiates. */
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../../src-main/training/backends/index.ts';

describe('useBackend', () => {
  it('starts WebAssembly with gradients', async () => {
    const { tf, name, threads } = await useBackend('wasm');
    expect([name, tf.getBackend()]).toEqual(['wasm', 'wasm']);
    expect(threads).toBeGreaterThanOrEqual(1);
    const gradient = tf.grad((x) => tf.sum(tf.relu(x)))(tf.tensor1d([1, -2, 3]));
    expect([...gradient.dataSync()]).toEqual([1, 0, 1]);
  });
});
