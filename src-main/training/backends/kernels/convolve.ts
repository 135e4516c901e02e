/**
 * The convolution itself, as one product of the patches that the filter meets with the filter: half again as fast as the
 * backend's own, which does what is dilated.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { geometryOf, patches } from './convolution.ts';
import { rowsTimes } from './heap-products.ts';
import { kernelOf, wasmKernel, type Kernel } from './heap.ts';

export function convolve(tf: Tf): KernelConfig {
  const dilated = kernelOf(tf, tf.Conv2D);

  const compute: Kernel = (backend, { x, filter }, attributes) => {
    const g = geometryOf(tf, x!.shape, filter!.shape, attributes);
    if (g.dilationHeight * g.dilationWidth > 1) return dilated(backend, { x, filter }, attributes);
    const { free, ...left } = patches(backend, x!, g);
    const columns = g.outChannels;
    const y = rowsTimes(backend, left, { tensor: filter!, rowStep: columns, columnStep: 1, columns }, g.outShape);
    free();
    return y;
  };
  return wasmKernel(tf.Conv2D, compute, tf.getKernel(tf.Conv2D, 'wasm'));
}
