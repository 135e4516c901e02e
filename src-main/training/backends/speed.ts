/** How fast a backend is at what training does: a dense layer's three products and a convolution with its gradients. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Speed, Tf } from './backend.ts';

const N = 512;
const TRIALS = 3;
/** Enough for a first estimate on slow backends, little enough for a start. */
const MILLISECONDS = 60;

/** Measures the backend that is set in about half a second; on plain JavaScript in some seconds. */
export async function measureSpeed(tf: Tf): Promise<Speed> {
  const square = matrix(tf);
  const product = (transposeA: boolean, transposeB: boolean) =>
    rate(tf, 2 * N ** 3, () => tf.matMul(square, square, transposeA, transposeB));
  const images = tf.fill([32, 16, 16, 16], 0.5) as Tensor4D;
  const filter = tf.fill([3, 3, 16, 32], 0.1) as Tensor4D;
  const gradients = tf.grads((x, w) => tf.conv2d(x as typeof images, w as typeof filter, 1, 'same'));
  const flops = 3 * 2 * 32 * 16 * 16 * 9 * 16 * 32;
  const speed = {
    product: await product(false, false),
    productTransposedA: await product(true, false),
    productTransposedB: await product(false, true),
    convolutionStep: await rate(tf, flops, () => {
      const [dx, dw] = gradients([images, filter]);
      return tf.add(tf.sum(dx!), tf.sum(dw!));
    }),
  };
  tf.dispose([square, images, filter]);
  return speed;
}

function matrix(tf: Tf) {
  return tf.tensor2d(
    Float32Array.from({ length: N * N }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5),
    [N, N],
  );
}

/** GFLOP/s of work, the best of TRIALS; each result is awaited, since GPUs answer before they have computed. */
async function rate(tf: Tf, flops: number, work: () => Tensor): Promise<number> {
  const once = async (): Promise<void> => {
    const scalar = tf.tidy(() => tf.sum(work()));
    await scalar.data();
    scalar.dispose();
  };
  await once();
  let best = 0;
  const end = performance.now() + MILLISECONDS * TRIALS;
  for (let trial = 0; trial < TRIALS || performance.now() < end; trial++) {
    const start = performance.now();
    await once();
    best = Math.max(best, flops / (performance.now() - start) / 1e6);
  }
  return best;
}
