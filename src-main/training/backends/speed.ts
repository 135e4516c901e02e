/** How fast a backend is at what training does: a dense layer's three products and a convolution with its gradients. */
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Speed, Tf } from './backend.ts';

/** Sides of the matrices and number of images: the usual ones, and those for backends too slow for them (software GPUs). */
const USUAL = { side: 512, images: 32 };
const SLOW = { side: 128, images: 2 };
/** A product of two 128×128 matrices that takes longer says that a backend is slow. */
const SLOW_MILLISECONDS = 50;
const TRIALS = 3;
/** Enough for a first estimate, little enough for a start. */
const MILLISECONDS = 180;

/** Measures the backend that is set: about a second, on slow ones some seconds. */
export async function measureSpeed(tf: Tf): Promise<Speed> {
  const small = matrix(tf, SLOW.side);
  const probe = async (): Promise<number> => timed(tf, () => tf.matMul(small, small));
  await probe();
  const { side, images: count } = Math.min(await probe(), await probe()) > SLOW_MILLISECONDS ? SLOW : USUAL;
  small.dispose();

  const square = matrix(tf, side);
  const product = (transposeA: boolean, transposeB: boolean): Promise<number> =>
    rate(tf, 2 * side ** 3, () => tf.matMul(square, square, transposeA, transposeB));
  const images: Tensor4D = tf.fill([count, 16, 16, 16], 0.5);
  const filter: Tensor4D = tf.fill([3, 3, 16, 32], 0.1);
  const gradients = tf.grads((x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, 'same'));
  const speed = {
    product: await product(false, false),
    productTransposedA: await product(true, false),
    productTransposedB: await product(false, true),
    convolutionStep: await rate(tf, 3 * 2 * count * 16 * 16 * 9 * 16 * 32, () => {
      const [dx, dw] = gradients([images, filter]) as [Tensor, Tensor];
      return tf.add(tf.sum(dx), tf.sum(dw));
    }),
  };
  tf.dispose([square, images, filter]);
  return speed;
}

function matrix(tf: Tf, side: number): Tensor2D {
  const values = Float32Array.from({ length: side * side }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5);
  return tf.tensor2d(values, [side, side]);
}

/** GFLOP/s of work, the best of some trials after a first one that is not counted. */
async function rate(tf: Tf, flops: number, work: () => Tensor): Promise<number> {
  await timed(tf, work);
  let best = Infinity;
  const end = performance.now() + MILLISECONDS;
  for (let trial = 0; trial < TRIALS || performance.now() < end; trial++) best = Math.min(best, await timed(tf, work));
  return flops / best / 1e6;
}

/** Milliseconds until the result can be read: GPUs answer before they have computed. */
async function timed(tf: Tf, work: () => Tensor): Promise<number> {
  const start = performance.now();
  const scalar = tf.tidy(() => tf.sum(work()));
  await scalar.data();
  scalar.dispose();
  return performance.now() - start;
}
