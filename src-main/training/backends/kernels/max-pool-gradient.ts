/**
 * The gradient of max pooling: dy goes to the first largest number of each window, as in the plain JavaScript backend.
 * The backend's own looks, for every number of the image, through every window that holds it and all of that window.
 * The windows that networks mostly have, 2×2 side by side, are done four channels at a time (quarters.ts).
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { overlap } from './convolution.ts';
import { numbersOf, onHeap, wasmKernel, type Kernel } from './heap.ts';
import { quartersKernel, type Quarters } from './quarters.ts';

type Geometry = ReturnType<Tf['backend_util']['computePool2DInfo']>;

export function maxPoolGradient(tf: Tf): KernelConfig {
  const compute: Kernel = (backend, { dy, input }, attributes) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes as {
      filterSize: number | [number, number];
      strides: number | [number, number];
      pad: number | 'same' | 'valid';
      dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
    };
    const shape = input!.shape as [number, number, number, number];
    const g = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const dx = backend.makeOutput([...shape], 'float32');
    const [DX, X, DY] = [numbersOf(backend, dx), numbersOf(backend, input!), numbersOf(backend, dy!)];
    DX.fill(0);
    if (isQuarters(g)) passBackQuarters(quarters(backend), DX, X, DY, g);
    else passBack(DX, X, DY, g);
    return dx;
  };
  return wasmKernel(tf.MaxPoolGrad, compute);
}

const quarters = onHeap(quartersKernel);

function isQuarters(g: Geometry): boolean {
  const { top, bottom, left, right } = g.padInfo;
  const sides = [g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth];
  return sides.every((side) => side === 2) && top + bottom + left + right === 0 && g.inChannels % 4 === 0;
}

/** Row by row of the output; an odd last row or column of the image belongs to no window. */
function passBackQuarters(kernel: Quarters, dx: Float32Array, x: Float32Array, dy: Float32Array, g: Geometry) {
  const line = 4 * g.inWidth * g.inChannels;
  for (let n = 0; n < g.batchSize; n++)
    for (let i = 0; i < g.outHeight; i++) {
      const image = (n * g.inHeight + 2 * i) * line;
      const output = 4 * (n * g.outHeight + i) * g.outWidth * g.inChannels;
      kernel(x.byteOffset + image, dx.byteOffset + image, dy.byteOffset + output, line, 4 * g.inChannels, g.outWidth);
    }
}

function passBack(dx: Float32Array, x: Float32Array, dy: Float32Array, g: Geometry): void {
  const { inHeight: H, inWidth: W, inChannels: C, outHeight, outWidth, strideHeight, strideWidth } = g;
  for (let n = 0; n < g.batchSize; n++) {
    for (let i = 0; i < outHeight; i++) {
      const [h0, h1] = overlap(g.filterHeight, H, 1, i * strideHeight - g.padInfo.top);
      const top = n * H + i * strideHeight - g.padInfo.top;
      for (let j = 0; j < outWidth; j++) {
        const [w0, w1] = overlap(g.filterWidth, W, 1, j * strideWidth - g.padInfo.left);
        const left = j * strideWidth - g.padInfo.left;
        const output = ((n * outHeight + i) * outWidth + j) * C;
        for (let c = 0; c < C; c++) {
          let best = ((top + h0) * W + left + w0) * C + c;
          let largest = x[best]!;
          for (let h = h0; h < h1; h++) {
            let at = ((top + h) * W + left + w0) * C + c;
            for (let w = w0; w < w1; w++, at += C) {
              const value = x[at]!;
              if (value > largest) {
                largest = value;
                best = at;
              }
            }
          }
          dx[best]! += dy[output + c]!;
        }
      }
    }
  }
}
