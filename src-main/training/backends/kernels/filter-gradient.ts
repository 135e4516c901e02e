/**
 * The gradient of a convolution by its filter, which the WebAssembly backend does not have:
 *
 *   dW[h,w,c,o] = Σ_{n,i,j} x[n, i·s+h−p, j·s+w−q, c] dy[n,i,j,o]  =  (Pᵀ·D)[(h,w,c), o],
 *
 * P the patches that the filter meets (convolution.ts), read where they lie, and D dy with a row per position.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { geometryOf, patches } from './convolution.ts';
import { columnsTimes } from './heap-products.ts';
import { wasmKernel, type Kernel } from './heap.ts';

export function filterGradient(tf: Tf): KernelConfig {
  const compute: Kernel = (backend, { x, dy }, attributes) => {
    const filterShape = attributes['filterShape'] as number[];
    const g = geometryOf(tf, x!.shape, filterShape, attributes);
    const { free, ...left } = patches(backend, x!, g);
    const columns = g.outChannels;
    const dW = columnsTimes(backend, left, { tensor: dy!, rowStep: columns, columnStep: 1, columns }, [...filterShape]);
    free();
    return dW;
  };
  return wasmKernel(tf.Conv2DBackpropFilter, compute);
}
