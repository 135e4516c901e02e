/**
 * The gradient of a convolution by its filter, which the WebAssembly backend does not have:
 *
 *   dW[h,w,c,o] = Σ_{n,i,j} x[n, i·s+h−p, j·s+w−q, c] dy[n,i,j,o]  =  (P·D)[(h,w,c), o],
 *
 * where row (h,w,c) of P holds, for every output position (n,i,j), the number of the image that the filter's cell meets
 * there (0 outside), and D is dy with a row per position. P is built and multiplied for a few images at a time, which
 * bounds the memory to some megabytes and keeps both factors in the cache; the partial products are added up.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tf } from '../backend.ts';
import { geometryOf, overlap, type Geometry } from './convolution.ts';
import { kernelOf, numbersOf, reshaped, rowsOf, wasmKernel, type Kernel } from './heap.ts';
import { transposed } from './transposed.ts';

/** Numbers of P at a time: 2 MiB, about what a core's second-level cache holds. */
const PATCH_NUMBERS = 2 ** 19;

export function filterGradient(tf: Tf) {
  const product = kernelOf(tf, tf.BatchMatMul);

  const compute: Kernel = (backend, { x, dy }, attributes) => {
    const g = geometryOf(tf, x!.shape, attributes['filterShape'] as number[], attributes);
    const cells = g.filterHeight * g.filterWidth * g.inChannels;
    const positions = g.outHeight * g.outWidth;
    const together = Math.min(g.batchSize, Math.max(1, Math.floor(PATCH_NUMBERS / (cells * positions))));
    // Channels first, so that a row of P is made of runs of neighbours in memory.
    const planes = transposed(backend, reshaped(x!, [g.batchSize * g.inHeight * g.inWidth, g.inChannels]));
    const total = backend.makeOutput([...(attributes['filterShape'] as number[])], 'float32');
    numbersOf(backend, total).fill(0);
    for (let first = 0; first < g.batchSize; first += together) {
      const count = Math.min(together, g.batchSize - first);
      const patches = backend.makeOutput([cells, count * positions], 'float32');
      fillPatches(numbersOf(backend, patches), numbersOf(backend, planes), g, first, count);
      const rows = rowsOf(backend, dy!, first * positions, count * positions, g.outChannels);
      const part = product(backend, { a: patches, b: rows }, { transposeA: false, transposeB: false });
      addTo(backend, total, part);
      for (const { dataId } of [patches, rows, part]) backend.disposeData(dataId);
    }
    backend.disposeData(planes.dataId);
    return total;
  };
  return wasmKernel(tf.Conv2DBackpropFilter, compute);
}

/** P for images first … first+count−1. */
function fillPatches(P: Float32Array, planes: Float32Array, g: Geometry, first: number, count: number): void {
  const { inHeight: H, inWidth: W, outHeight, outWidth, strideHeight, strideWidth, padInfo } = g;
  P.fill(0);
  let row = 0;
  for (let h = 0; h < g.filterHeight; h++) {
    const [i0, i1] = overlap(outHeight, H, strideHeight, h - padInfo.top);
    for (let w = 0; w < g.filterWidth; w++) {
      const [j0, j1] = overlap(outWidth, W, strideWidth, w - padInfo.left);
      for (let c = 0; c < g.inChannels; c++, row++) {
        for (let n = 0; n < count; n++) {
          const image = (c * g.batchSize + first + n) * H * W;
          const target = (row * count + n) * outHeight * outWidth;
          for (let i = i0; i < i1; i++) {
            let from = image + (i * strideHeight + h - padInfo.top) * W + j0 * strideWidth + w - padInfo.left;
            const end = target + i * outWidth + j1;
            for (let to = target + i * outWidth + j0; to < end; to++, from += strideWidth) P[to] = planes[from]!;
          }
        }
      }
    }
  }
}

function addTo(backend: BackendWasm, total: TensorInfo, part: TensorInfo): void {
  const [sum, summand] = [numbersOf(backend, total), numbersOf(backend, part)];
  for (let i = 0; i < sum.length; i++) sum[i]! += summand[i]!;
}
