/**
 * The gradient of a convolution by its input. The backend's own kernel runs element by element. Here, for stride 1,
 *
 *   dx = the convolution of dy with the filter turned by 180° and its channels exchanged, padded by k−1−p,
 *
 * and for other strides dx is gathered from dy·Wᵀ: row (n,i,j) of that product is what position (n,i,j) of the output
 * passes back to each cell (h,w,c) of the filter, and is added where that cell met the image.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tf } from '../backend.ts';
import { geometryOf, overlap, type Geometry } from './convolution.ts';
import { kernelOf, numbersOf, reshaped, rowsOf, wasmKernel, type Kernel } from './heap.ts';

/** Numbers of dy·Wᵀ at a time: 2 MiB. */
const PASSED_NUMBERS = 2 ** 19;

export function inputGradient(tf: Tf) {
  const product = kernelOf(tf, tf.BatchMatMul);
  const transpose = kernelOf(tf, tf.Transpose);
  const reverse = kernelOf(tf, tf.Reverse);
  const convolve = kernelOf(tf, tf.Conv2D);

  const byConvolution = (backend: BackendWasm, dy: TensorInfo, filter: TensorInfo, g: Geometry): TensorInfo => {
    const { top, bottom, left, right } = g.padInfo;
    const [kh, kw] = [g.filterHeight - 1, g.filterWidth - 1];
    const turned = reverse(backend, { x: filter }, { dims: [0, 1] });
    const exchanged = transpose(backend, { x: turned }, { perm: [0, 1, 3, 2] });
    const pad = [
      [0, 0],
      [kh - top, kh - bottom],
      [kw - left, kw - right],
      [0, 0],
    ] as never;
    const attributes = { strides: [1, 1], pad, dataFormat: 'NHWC', dilations: [1, 1] };
    const dx = convolve(backend, { x: dy, filter: exchanged }, attributes);
    for (const { dataId } of [turned, exchanged]) backend.disposeData(dataId);
    return dx;
  };

  const byGathering = (backend: BackendWasm, dy: TensorInfo, filter: TensorInfo, g: Geometry): TensorInfo => {
    const cells = g.filterHeight * g.filterWidth * g.inChannels;
    const positions = g.outHeight * g.outWidth;
    const together = Math.min(g.batchSize, Math.max(1, Math.floor(PASSED_NUMBERS / (cells * positions))));
    const dx = backend.makeOutput([...g.inShape], 'float32');
    numbersOf(backend, dx).fill(0);
    const flat = reshaped(filter, [cells, g.outChannels]);
    for (let first = 0; first < g.batchSize; first += together) {
      const count = Math.min(together, g.batchSize - first);
      const rows = rowsOf(backend, dy, first * positions, count * positions, g.outChannels);
      const passed = product(backend, { a: rows, b: flat }, { transposeA: false, transposeB: true });
      gather(numbersOf(backend, dx), numbersOf(backend, passed), g, first, count);
      for (const { dataId } of [rows, passed]) backend.disposeData(dataId);
    }
    return dx;
  };

  const compute: Kernel = (backend, { dy, filter }, attributes) => {
    const g = geometryOf(tf, attributes['inputShape'] as number[], filter!.shape, attributes);
    const { top, bottom, left, right } = g.padInfo;
    const unit = g.strideHeight === 1 && g.strideWidth === 1;
    const within = Math.max(top, bottom) < g.filterHeight && Math.max(left, right) < g.filterWidth;
    return (unit && within ? byConvolution : byGathering)(backend, dy!, filter!, g);
  };
  return wasmKernel(tf.Conv2DBackpropInput, compute);
}

/** Adds rows (n,i,j) of dy·Wᵀ, images first … first+count−1, to where their cells met the image. */
function gather(dx: Float32Array, passed: Float32Array, g: Geometry, first: number, count: number): void {
  const { inHeight: H, inWidth: W, inChannels: C, filterWidth, outHeight, outWidth, strideHeight, strideWidth } = g;
  const cells = g.filterHeight * filterWidth * C;
  for (let h = 0; h < g.filterHeight; h++) {
    const [i0, i1] = overlap(outHeight, H, strideHeight, h - g.padInfo.top);
    for (let w = 0; w < filterWidth; w++) {
      const [j0, j1] = overlap(outWidth, W, strideWidth, w - g.padInfo.left);
      for (let n = 0; n < count; n++) {
        for (let i = i0; i < i1; i++) {
          const line = ((first + n) * H + i * strideHeight + h - g.padInfo.top) * W + w - g.padInfo.left;
          for (let j = j0; j < j1; j++) {
            let from = ((n * outHeight + i) * outWidth + j) * cells + (h * filterWidth + w) * C;
            const end = (line + j * strideWidth + 1) * C;
            for (let to = end - C; to < end; to++, from++) dx[to]! += passed[from]!;
          }
        }
      }
    }
  }
}
