/**
 * The gradient of average pooling with padding. TensorFlow (and the forward pass everywhere) averages over the numbers of
 * a window that lie inside the image; the gradient kernels of the WebAssembly, WebGPU and plain JavaScript backends of
 * tfjs 4.22 divide by the whole window. Here dy is multiplied by whole/inside first, where there is padding at all.
 */
import type { NamedTensorInfoMap, Tensor4D } from '@tensorflow/tfjs-core';
import { overlap } from './kernels/convolution.ts';
import type { Tf } from './backend.ts';

const mended = new Set<string>();

/** Replaces the gradient kernel of that tfjs backend. Native TensorFlow has it right. */
export function mendAveragePooling(tf: Tf, backendName: string): void {
  if (backendName === 'tensorflow' || mended.has(backendName)) return;
  mended.add(backendName);
  const original = tf.getKernel(tf.AvgPoolGrad, backendName);
  tf.unregisterKernel(tf.AvgPoolGrad, backendName);
  tf.registerKernel({
    ...original,
    kernelFunc: (call) => {
      const { dy, input } = call.inputs as NamedTensorInfoMap & { dy: Tensor4D; input: Tensor4D };
      const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as {
        filterSize: number | [number, number];
        strides: number | [number, number];
        pad: number | 'same' | 'valid';
        dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
      };
      const g = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode);
      const { top, bottom, left, right } = g.padInfo;
      if (top + bottom + left + right === 0) return original.kernelFunc(call);
      const insideOf = (output: number, stride: number, before: number, filter: number, length: number): number => {
        const [from, to] = overlap(filter, length, 1, output * stride - before);
        return to - from;
      };
      const factors = new Float32Array(g.outHeight * g.outWidth);
      for (let i = 0; i < g.outHeight; i++)
        for (let j = 0; j < g.outWidth; j++) {
          const rows = insideOf(i, g.strideHeight, top, g.filterHeight, g.inHeight);
          const columns = insideOf(j, g.strideWidth, left, g.filterWidth, g.inWidth);
          factors[i * g.outWidth + j] = (g.filterHeight * g.filterWidth) / Math.max(1, rows * columns);
        }
      const factor = tf.tensor4d(factors, [1, g.outHeight, g.outWidth, 1]);
      const scaled = tf.mul(dy, factor);
      const dx = original.kernelFunc({ ...call, inputs: { ...call.inputs, dy: scaled } });
      tf.dispose([factor, scaled]);
      return dx;
    },
  });
}
