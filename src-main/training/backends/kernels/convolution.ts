/**
 * What a convolution and its two gradients share: their geometry, the images with their padding as rows of pixels that a filter
 * meets, and where a filter's cell meets an image. Takes images as N×H×W×C alone.
 */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { TILE_ROWS } from '../../../numerics/single-tile-kernels.ts';
import type { Tf } from '../backend.ts';
import type { Left } from './heap-products.ts';
import { numbersOf, withSlack } from './heap.ts';

type Shape4D = [number, number, number, number];

export type Geometry = ReturnType<Tf['backend_util']['computeConv2DInfo']>;

/** Refuses other layouts than N×H×W×C, as the backend's own forward convolution does. Gradients have no dilation in tfjs. */
export function geometryOf(tf: Tf, input: number[], filter: number[], attributes: NamedAttrMap): Geometry {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributes as {
    strides: number | [number, number];
    pad: number | 'same' | 'valid';
    dataFormat: 'NHWC' | 'NCHW' | undefined;
    dilations: number | [number, number] | undefined;
    dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
  };
  if ((dataFormat ?? 'NHWC') !== 'NHWC') throw new Error(`convolutions take NHWC, not ${dataFormat}`);
  return tf.backend_util.computeConv2DInfo(
    input as Shape4D,
    filter as Shape4D,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  );
}

/**
 * Rows of the matrix P whose product with the filter, as a matrix of (h,w,c) by outputs, is the convolution: for every position
 * (n,i,j) of the output the numbers x[n, i·s+h−p, j·s+w−q, c] that the filter meets there, 0 outside of the image. With the padding
 * in memory those of one h follow one another. Without dilation.
 *
 * @returns `free` gives back the padded images, if any.
 */
export function patches(backend: BackendWasm, x: TensorInfo, g: Geometry): Left & { readonly free: () => void } {
  const { batchSize, inChannels: C, outHeight, outWidth, strideHeight, strideWidth } = g;
  const depth = g.filterWidth * C;
  const images = withMargin(backend, x, g, depth);
  const { top, bottom, left, right } = g.padInfo;
  const line = (g.inWidth + left + right) * C;
  const image = (g.inHeight + top + bottom) * line;
  return {
    rows: batchSize * outHeight * outWidth,
    pieces: g.filterHeight,
    step: 4 * line,
    depth,
    addresses: () => {
      const places = new Int32Array(batchSize * outHeight * outWidth);
      const first = numbersOf(backend, images).byteOffset;
      let row = 0;
      for (let n = 0; n < batchSize; n++)
        for (let i = 0; i < outHeight; i++) {
          const start = first + 4 * (n * image + i * strideHeight * line);
          for (let j = 0; j < outWidth; j++) places[row++] = start + 4 * j * strideWidth * C;
        }
      return places;
    },
    free: () => {
      if (images !== x) backend.disposeData(images.dataId);
    },
  };
}

/** The images with zeros where the filter meets what is outside of them. */
function withMargin(backend: BackendWasm, x: TensorInfo, g: Geometry, rowLength: number): TensorInfo {
  const { top, bottom, left, right } = g.padInfo;
  if (top + bottom + left + right === 0) return withSlack(backend, x, rowLength);
  const inside = g.inWidth * g.inChannels;
  const line = inside + (left + right) * g.inChannels;
  const height = g.inHeight + top + bottom;
  const shape = [g.batchSize * height * line + (rowLength % TILE_ROWS === 0 ? 0 : TILE_ROWS)];
  const padded = backend.makeOutput(shape, 'float32');
  const [from, to] = [numbersOf(backend, x), numbersOf(backend, padded)];
  // Within one view of the heap: thousands of short rows, and views of each would cost more than copying it.
  const heap = new Float32Array(from.buffer);
  const zeros = (start: number, count: number) => heap.fill(0, start, start + count);
  let source = from.byteOffset / 4;
  let target = to.byteOffset / 4;
  for (let n = 0; n < g.batchSize; n++) {
    zeros(target, top * line);
    target += top * line;
    for (let i = 0; i < g.inHeight; i++, source += inside, target += line) {
      zeros(target, left * g.inChannels);
      heap.copyWithin(target + left * g.inChannels, source, source + inside);
      zeros(target + line - right * g.inChannels, right * g.inChannels);
    }
    zeros(target, bottom * line);
    target += bottom * line;
  }
  return padded;
}

/** The outputs i in [from, to) for which i·stride + offset lies in [0, length): where a filter's cell meets the image. */
export function overlap(outputs: number, length: number, stride: number, offset: number): [from: number, to: number] {
  const from = Math.min(outputs, Math.max(0, Math.ceil(-offset / stride)));
  const to = Math.max(from, Math.min(outputs, Math.floor((length - 1 - offset) / stride) + 1));
  return [from, to];
}
