/** The geometry that a convolution's two gradients share, and the rows and columns where a filter's cell meets the image. */
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { Tf } from '../backend.ts';

type Shape4D = [number, number, number, number];

export type Geometry = ReturnType<Tf['backend_util']['computeConv2DInfo']>;

/** Refuses other layouts than N×H×W×C, as the backend's forward convolution does. Gradients have no dilation in tfjs. */
export function geometryOf(tf: Tf, input: number[], filter: number[], attributes: NamedAttrMap): Geometry {
  const { strides, pad, dataFormat, dimRoundingMode } = attributes as {
    strides: number | [number, number];
    pad: number | 'same' | 'valid';
    dataFormat: 'NHWC' | 'NCHW' | undefined;
    dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
  };
  if ((dataFormat ?? 'NHWC') !== 'NHWC') throw new Error(`convolution gradients take NHWC, not ${dataFormat}`);
  return tf.backend_util.computeConv2DInfo(input as Shape4D, filter as Shape4D, strides, 1, pad, dimRoundingMode);
}

/** The outputs i in [from, to) for which i·stride + offset lies in [0, length): where a filter's cell meets the image. */
export function overlap(outputs: number, length: number, stride: number, offset: number): [from: number, to: number] {
  const from = Math.min(outputs, Math.max(0, Math.ceil(-offset / stride)));
  const to = Math.max(from, Math.min(outputs, Math.floor((length - 1 - offset) / stride) + 1));
  return [from, to];
}
