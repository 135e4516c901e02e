/**
 * Run by the set-up scripts as a program of its own, `self-test.ts NAME`: starts that backend, compares a product and the
 * gradient of a small convolutional network with WebAssembly's, measures, and prints one line of JSON. Exit 1 where
 * they differ by more than single precision explains.
 */
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { BackendName, Tf } from './backend.ts';
import { batchNormTraining } from './batch-norm.ts';
import { useBackend } from './use.ts';

const TOLERANCE = 1e-4;

const numbers = (tf: Tf, shape: number[], factor: number): Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(factor * i * i + i)),
    shape,
  );

async function results(name: BackendName): Promise<Float32Array[]> {
  const { tf } = await useBackend(name);
  const product = tf.matMul(
    numbers(tf, [70, 50], 0.1) as Tensor2D,
    numbers(tf, [30, 50], 0.2) as Tensor2D,
    false,
    true,
  );
  const loss = (x: Tensor, filter: Tensor, weights: Tensor): Tensor => {
    const convolved = tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, 'same');
    const { y } = batchNormTraining(tf, convolved, tf.ones([6]), tf.zeros([6]), 1e-5);
    const pooled = tf.reshape(tf.maxPool(tf.relu(y), 2, 2, 'valid'), [4, -1]) as Tensor2D;
    const logits = tf.matMul(pooled, weights as Tensor2D);
    return tf.neg(tf.mean(tf.logSoftmax(logits)));
  };
  const inputs = [numbers(tf, [4, 8, 8, 3], 0.3), numbers(tf, [3, 3, 3, 6], 0.4), numbers(tf, [96, 5], 0.5)];
  const gradients = tf.grads(loss)(inputs);
  return Promise.all([product, ...gradients].map(async (tensor) => (await tensor.data()) as Float32Array));
}

const name = process.argv[2] as BackendName;
const expected = await results('wasm');
const actual = await results(name);
const errors = expected.map((one, i) => {
  const largest = one.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return one.reduce((max, value, j) => Math.max(max, Math.abs(value - actual[i]![j]!)), 0) / largest;
});
const { description, version, speed } = await useBackend(name, { measure: true });
process.stdout.write(`${JSON.stringify({ description, version, speed, error: Math.max(...errors) })}\n`);
process.exit(errors.every((error) => error < TOLERANCE) ? 0 : 1);
