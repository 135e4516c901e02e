/**
 * Layers as plain float64 loops, straight from their definitions: what the tfjs ones are compared with. Slow, for tests only.
 * Arrays are row-major; images N×H×W×C.
 */
import { randomSource } from '../../../src-main/numerics/random.ts';

export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Tensors by the last part of their name: weight, bias, scale, … */
export type Named = Readonly<Record<string, Values>>;

export const zeros = (...shape: number[]): Values => ({
  shape,
  data: new Float64Array(shape.reduce((a, b) => a * b, 1)),
});

/** Normal numbers that are exact in float32, so that both sides start from the same. */
export function normals(seed: number, ...shape: number[]): Values {
  const { normal } = randomSource(seed);
  const values = zeros(...shape);
  values.data.forEach((_, i) => (values.data[i] = Math.fround(normal())));
  return values;
}

export function product(x: Values, w: Values): Values {
  const [n, d] = x.shape as [number, number];
  const m = w.shape[1]!;
  const y = zeros(n, m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++)
      for (let k = 0; k < d; k++) y.data[i * m + j]! += x.data[i * d + k]! * w.data[k * m + j]!;
  return y;
}

export function plusBias(x: Values, bias: Values): Values {
  const channels = bias.data.length;
  return { shape: x.shape, data: x.data.map((value, i) => value + bias.data[i % channels]!) };
}

export const rectified = (x: Values): Values => ({ shape: x.shape, data: x.data.map((value) => Math.max(0, value)) });

/** Zero padding `border` on every side, then a correlation at every `stride`-th position: torch.nn.Conv2d. */
export function correlation(x: Values, w: Values, stride: number, border: number): Values {
  const [n, height, width, inputs] = x.shape as [number, number, number, number];
  const [size, , , outputs] = w.shape as [number, number, number, number];
  const side = (length: number): number => Math.floor((length + 2 * border - size) / stride) + 1;
  const y = zeros(n, side(height), side(width), outputs);
  let at = 0;
  for (let s = 0; s < n; s++)
    for (let i = 0; i < side(height); i++)
      for (let j = 0; j < side(width); j++)
        for (let o = 0; o < outputs; o++, at++)
          for (let a = 0; a < size; a++)
            for (let b = 0; b < size; b++) {
              const row = i * stride + a - border;
              const column = j * stride + b - border;
              if (row < 0 || row >= height || column < 0 || column >= width) continue;
              for (let c = 0; c < inputs; c++)
                y.data[at]! +=
                  x.data[((s * height + row) * width + column) * inputs + c]! *
                  w.data[((a * size + b) * inputs + c) * outputs + o]!;
            }
  return y;
}

export interface Moments {
  readonly mean: Float64Array;
  /** Biased. */
  readonly variance: Float64Array;
  /** Numbers per channel. */
  readonly count: number;
}

export function moments(x: Values): Moments {
  const channels = x.shape.at(-1)!;
  const count = x.data.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  x.data.forEach((value, i) => (mean[i % channels]! += value / count));
  x.data.forEach((value, i) => (variance[i % channels]! += (value - mean[i % channels]!) ** 2 / count));
  return { mean, variance, count };
}

export function normalised(x: Values, { scale, shift }: Named, { mean, variance } = moments(x)): Values {
  const channels = x.shape.at(-1)!;
  const data = x.data.map((value, i) => {
    const c = i % channels;
    return (scale!.data[c]! * (value - mean[c]!)) / Math.sqrt(variance[c]! + 1e-5) + shift!.data[c]!;
  });
  return { shape: x.shape, data };
}

export function maxima(x: Values): Values {
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const y = zeros(n, Math.floor(height / 2), Math.floor(width / 2), channels);
  const value = (s: number, i: number, j: number, c: number): number =>
    x.data[((s * height + i) * width + j) * channels + c]!;
  let at = 0;
  for (let s = 0; s < n; s++)
    for (let i = 0; i + 1 < height; i += 2)
      for (let j = 0; j + 1 < width; j += 2)
        for (let c = 0; c < channels; c++)
          y.data[at++] = Math.max(
            value(s, i, j, c),
            value(s, i + 1, j, c),
            value(s, i, j + 1, c),
            value(s, i + 1, j + 1, c),
          );
  return y;
}

export function positionMeans(x: Values): Values {
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const y = zeros(n, channels);
  x.data.forEach((value, i) => {
    const sample = Math.floor(i / (height * width * channels));
    y.data[sample * channels + (i % channels)]! += value / (height * width);
  });
  return y;
}

/** Central differences of f by every number of `at`, which is restored. */
export function differences(f: () => number, at: Float64Array, h = 1e-5): Float64Array {
  return at.map((_, i) => {
    const kept = at[i]!;
    at[i] = kept + h;
    const up = f();
    at[i] = kept - h;
    const down = f();
    at[i] = kept;
    return (up - down) / (2 * h);
  });
}
