/**
 * Batch normalisation in training, as one operation with one gradient. Composed of tfjs operations it reads and writes
 * its images some thirty times per step; here the forward pass reads them twice and the gradient twice.
 *
 *   μ, v = mean and biased variance over all axes but the last,   x̂ = (x − μ)/√(v + ε),   y = γ x̂ + β
 *   dβ = Σ dy,   dγ = Σ dy x̂,   dx = γ/√(v + ε) (dy − dβ/M − x̂ dγ/M)   with M numbers per channel  (derived: docs/backends.md)
 *
 * μ and v are for the running statistics: no gradient flows through them. No second derivatives.
 */
import type { KernelConfig, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { BackendName, Tf } from './backend.ts';
import { batchNormKernels, FORWARD, GRADIENT } from './kernels/batch-norm.ts';

export interface Normalised<T extends Tensor> {
  readonly y: T;
  readonly mean: Tensor1D;
  /** Biased: divided by M. */
  readonly variance: Tensor1D;
}

/** x is …×C, scale γ and offset β are C. Differentiable by x, γ and β. */
export function batchNormTraining<T extends Tensor>(
  tf: Tf,
  x: T,
  scale: Tensor1D,
  offset: Tensor1D,
  epsilon: number,
): Normalised<T> {
  const outputs = tf.engine().runKernel(FORWARD, { x, scale, offset } as never, { epsilon });
  const [y, mean, variance] = outputs as unknown as [T, Tensor1D, Tensor1D];
  return { y, mean, variance };
}

/** The gradient, once per process, and kernels for the backend: direct loops for WebAssembly, composed for others. */
export function registerBatchNorm(tf: Tf, name: BackendName, tfName: string): void {
  if (!tf.getGradient(FORWARD)) {
    tf.registerGradient({
      kernelName: FORWARD,
      inputsToSave: ['x', 'scale'],
      outputsToSave: [false, true, true],
      gradFunc: (dys, saved, attributes) => {
        const [x, scale, mean, variance] = saved as [Tensor, Tensor, Tensor, Tensor];
        const dy = (dys as Tensor[])[0]!;
        const inputs = { dy, x, scale, mean, variance } as never;
        const [dx, dScale, dOffset] = tf.engine().runKernel(GRADIENT, inputs, attributes) as unknown as Tensor[];
        return { x: () => dx!, scale: () => dScale!, offset: () => dOffset! };
      },
    });
  }
  if (tf.getKernel(FORWARD, tfName)) return;
  for (const kernel of name === 'wasm' ? batchNormKernels() : composed(tf, tfName)) tf.registerKernel(kernel);
}

function composed(tf: Tf, backendName: string): KernelConfig[] {
  const axesOf = (x: Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);
  const forward: KernelConfig['kernelFunc'] = ({ inputs, attrs }) => {
    const { x, scale, offset } = inputs as unknown as Record<'x' | 'scale' | 'offset', Tensor>;
    const { mean, variance } = tf.moments(x, axesOf(x));
    const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, attrs!['epsilon'] as number)));
    return [tf.add(tf.mul(tf.sub(x, mean), factor), offset), mean, variance];
  };
  const gradient: KernelConfig['kernelFunc'] = ({ inputs, attrs }) => {
    const { dy, x, scale, mean, variance } = inputs as unknown as Record<
      'dy' | 'x' | 'scale' | 'mean' | 'variance',
      Tensor
    >;
    const inverse = tf.rsqrt(tf.add(variance, attrs!['epsilon'] as number));
    const normalised = tf.mul(tf.sub(x, mean), inverse);
    const dOffset = tf.sum(dy, axesOf(x));
    const dScale = tf.sum(tf.mul(dy, normalised), axesOf(x));
    const M = x.size / scale.size;
    const rest = tf.sub(tf.sub(dy, tf.div(dOffset, M)), tf.mul(normalised, tf.div(dScale, M)));
    return [tf.mul(tf.mul(scale, inverse), rest), dScale, dOffset];
  };
  return [
    { kernelName: FORWARD, backendName, kernelFunc: forward },
    { kernelName: GRADIENT, backendName, kernelFunc: gradient },
  ];
}
