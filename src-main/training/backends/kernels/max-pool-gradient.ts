/**
 * The gradient of max pooling: dy goes to the first largest number of each window, as in the plain JavaScript backend.
 * The backend's own looks, for every number of the image, through every window that holds it and all of that window.
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';
import { overlap } from './convolution.ts';
import { numbersOf, wasmKernel, type Kernel } from './heap.ts';

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
    passBack(numbersOf(backend, dx), numbersOf(backend, input!), numbersOf(backend, dy!), g);
    return dx;
  };
  return wasmKernel(tf.MaxPoolGrad, compute);
}

function passBack(dx: Float32Array, x: Float32Array, dy: Float32Array, g: Geometry): void {
  const { inHeight: H, inWidth: W, inChannels: C, outHeight, outWidth, strideHeight, strideWidth } = g;
  dx.fill(0);
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
