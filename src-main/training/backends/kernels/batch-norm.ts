/** Batch normalisation over the last axis and its gradient (formulas in ../batch-norm.ts), on the WebAssembly heap; sums in float64. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { numbersOf } from './heap.ts';

export const FORWARD = 'PeelBatchNorm';
export const GRADIENT = 'PeelBatchNormGradient';

export const batchNormKernels = (): KernelConfig[] => [
  { kernelName: FORWARD, backendName: 'wasm', kernelFunc: forward },
  { kernelName: GRADIENT, backendName: 'wasm', kernelFunc: gradient },
];

const forward: KernelConfig['kernelFunc'] = (call) => {
  const backend = call.backend as BackendWasm;
  const { x, scale, offset } = call.inputs;
  const epsilon = call.attrs!['epsilon'] as number;
  const C = scale!.shape[0]!;
  const y = backend.makeOutput([...x!.shape], 'float32');
  const mean = backend.makeOutput([C], 'float32');
  const variance = backend.makeOutput([C], 'float32');
  const [X, Y] = [numbersOf(backend, x!), numbersOf(backend, y)];
  const M = X.length / C;
  // Deviations from the first row: near the mean, so that squares lose nothing where the mean is large.
  const near = X.slice(0, C);
  const sums = new Float64Array(C);
  const squares = new Float64Array(C);
  for (let at = 0; at < X.length;)
    for (let c = 0; c < C; c++, at++) {
      const deviation = X[at]! - near[c]!;
      sums[c]! += deviation;
      squares[c]! += deviation * deviation;
    }
  const factor = new Float64Array(C);
  const shift = new Float64Array(C);
  const [means, variances] = [numbersOf(backend, mean), numbersOf(backend, variance)];
  const [gamma, beta] = [numbersOf(backend, scale!), numbersOf(backend, offset!)];
  for (let c = 0; c < C; c++) {
    const distance = sums[c]! / M;
    const v = Math.max(0, squares[c]! / M - distance * distance);
    means[c] = near[c]! + distance;
    variances[c] = v;
    factor[c] = gamma[c]! / Math.sqrt(v + epsilon);
    shift[c] = beta[c]! - factor[c]! * (near[c]! + distance);
  }
  for (let at = 0; at < X.length;) for (let c = 0; c < C; c++, at++) Y[at] = factor[c]! * X[at]! + shift[c]!;
  return [y, mean, variance];
};

const gradient: KernelConfig['kernelFunc'] = (call) => {
  const backend = call.backend as BackendWasm;
  const { dy, x, scale, mean, variance } = call.inputs;
  const epsilon = call.attrs!['epsilon'] as number;
  const C = scale!.shape[0]!;
  const dx = backend.makeOutput([...x!.shape], 'float32');
  const dScale = backend.makeOutput([C], 'float32');
  const dOffset = backend.makeOutput([C], 'float32');
  const [X, DY, DX] = [numbersOf(backend, x!), numbersOf(backend, dy!), numbersOf(backend, dx)];
  const means = Float64Array.from(numbersOf(backend, mean!));
  const variances = numbersOf(backend, variance!);
  const gamma = numbersOf(backend, scale!);
  const M = X.length / C;
  const sums = new Float64Array(C);
  const products = new Float64Array(C);
  for (let at = 0; at < X.length;)
    for (let c = 0; c < C; c++, at++) {
      const d = DY[at]!;
      sums[c]! += d;
      products[c]! += d * (X[at]! - means[c]!);
    }
  // dx = factor dy − slope (x − μ) − constant, channel by channel.
  const factor = new Float64Array(C);
  const slope = new Float64Array(C);
  const constant = new Float64Array(C);
  const [dGamma, dBeta] = [numbersOf(backend, dScale), numbersOf(backend, dOffset)];
  for (let c = 0; c < C; c++) {
    const inverse = 1 / Math.sqrt(variances[c]! + epsilon);
    dGamma[c] = products[c]! * inverse;
    dBeta[c] = sums[c]!;
    factor[c] = gamma[c]! * inverse;
    slope[c] = (factor[c]! * inverse * inverse * products[c]!) / M;
    constant[c] = (factor[c]! * sums[c]!) / M;
  }
  for (let at = 0; at < X.length;)
    for (let c = 0; c < C; c++, at++) DX[at] = factor[c]! * DY[at]! - slope[c]! * (X[at]! - means[c]!) - constant[c]!;
  return [dx, dScale, dOffset];
};
