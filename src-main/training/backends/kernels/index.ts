/** The kernels that training needs and the WebAssembly backend lacks or has only slow: one line for each file here. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { cast, identity } from './identity.ts';
import { convolve } from './convolve.ts';
import { filterGradient } from './filter-gradient.ts';
import { inputGradient } from './input-gradient.ts';
import { matrixProduct } from './matrix-product.ts';
import { maxPoolGradient } from './max-pool-gradient.ts';
import { mean, sum } from './sum.ts';

const kernels: readonly ((tf: Tf) => KernelConfig)[] = [
  identity,
  cast,
  matrixProduct,
  sum,
  mean,
  convolve,
  filterGradient,
  inputGradient,
  maxPoolGradient,
];

/** Puts ours in place of the backend's own. Before the backend is initialised. */
export function registerTrainingKernels(tf: Tf): void {
  for (const make of kernels) {
    const kernel = make(tf);
    if (tf.getKernel(kernel.kernelName, kernel.backendName)) tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel(kernel);
  }
}
