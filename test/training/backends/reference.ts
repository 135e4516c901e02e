/**
 * Layers and losses as plain loops in float64, written from their definitions: the truth that the backends' single
 * precision is compared with. Slow on purpose; shares no code with src-main.
 */

export interface Reference {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

export const zeros = (shape: readonly number[]): Reference => ({ shape, data: new Float64Array(sizeOf(shape)) });

type Padding = 'same' | 'valid' | number;

/** Outputs along one axis and the padding before it, as TensorFlow defines them. */
function axis(length: number, filter: number, stride: number, pad: Padding): [outputs: number, before: number] {
  if (pad === 'valid') return [Math.ceil((length - filter + 1) / stride), 0];
  if (typeof pad === 'number') return [Math.floor((length + 2 * pad - filter) / stride) + 1, pad];
  const outputs = Math.ceil(length / stride);
  return [outputs, Math.floor(Math.max(0, (outputs - 1) * stride + filter - length) / 2)];
}

/** Every meeting of a window's cell with the image: visit(image n, output i j, cell h w, row, column). */
function windows(
  shape: readonly number[],
  filter: readonly [number, number],
  stride: number,
  pad: Padding,
  visit: (n: number, i: number, j: number, h: number, w: number, row: number, column: number) => void,
): [number, number] {
  const [N, H, W] = shape as [number, number, number];
  const [outHeight, top] = axis(H, filter[0], stride, pad);
  const [outWidth, left] = axis(W, filter[1], stride, pad);
  for (let n = 0; n < N; n++)
    for (let i = 0; i < outHeight; i++)
      for (let j = 0; j < outWidth; j++)
        for (let h = 0; h < filter[0]; h++)
          for (let w = 0; w < filter[1]; w++) {
            const [row, column] = [i * stride + h - top, j * stride + w - left];
            if (row >= 0 && row < H && column >= 0 && column < W) visit(n, i, j, h, w, row, column);
          }
  return [outHeight, outWidth];
}

export function outputShape(shape: readonly number[], filter: readonly [number, number], stride: number, pad: Padding) {
  return windows(shape, filter, stride, pad, () => undefined);
}

export function convolution(x: Reference, filter: Reference, stride: number, pad: Padding): Reference {
  const [N, H, W, C] = x.shape as [number, number, number, number];
  const [kh, kw, , O] = filter.shape as [number, number, number, number];
  const [outHeight, outWidth] = outputShape(x.shape, [kh, kw], stride, pad);
  const y = zeros([N, outHeight, outWidth, O]);
  windows(x.shape, [kh, kw], stride, pad, (n, i, j, h, w, row, column) => {
    for (let c = 0; c < C; c++)
      for (let o = 0; o < O; o++)
        y.data[((n * outHeight + i) * outWidth + j) * O + o]! +=
          x.data[((n * H + row) * W + column) * C + c]! * filter.data[((h * kw + w) * C + c) * O + o]!;
  });
  return y;
}

/** dW and dx from dy by the definition of the convolution. */
export function convolutionGradients(x: Reference, filter: Reference, dy: Reference, stride: number, pad: Padding) {
  const [, H, W, C] = x.shape as [number, number, number, number];
  const [kh, kw, , O] = filter.shape as [number, number, number, number];
  const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
  const [dx, dFilter] = [zeros(x.shape), zeros(filter.shape)];
  windows(x.shape, [kh, kw], stride, pad, (n, i, j, h, w, row, column) => {
    for (let c = 0; c < C; c++)
      for (let o = 0; o < O; o++) {
        const d = dy.data[((n * outHeight + i) * outWidth + j) * O + o]!;
        const [image, cell] = [((n * H + row) * W + column) * C + c, ((h * kw + w) * C + c) * O + o];
        dx.data[image]! += d * filter.data[cell]!;
        dFilter.data[cell]! += d * x.data[image]!;
      }
  });
  return { dx, dFilter };
}

export function pool(x: Reference, size: number, stride: number, pad: Padding, kind: 'max' | 'average'): Reference {
  const [N, H, W, C] = x.shape as [number, number, number, number];
  const [outHeight, outWidth] = outputShape(x.shape, [size, size], stride, pad);
  const y = zeros([N, outHeight, outWidth, C]);
  const counts = zeros(y.shape);
  if (kind === 'max') y.data.fill(-Infinity);
  windows(x.shape, [size, size], stride, pad, (n, i, j, _h, _w, row, column) => {
    for (let c = 0; c < C; c++) {
      const at = ((n * outHeight + i) * outWidth + j) * C + c;
      const value = x.data[((n * H + row) * W + column) * C + c]!;
      counts.data[at]!++;
      y.data[at] = kind === 'max' ? Math.max(y.data[at]!, value) : y.data[at]! + value;
    }
  });
  if (kind === 'average') y.data.forEach((total, at) => (y.data[at] = total / counts.data[at]!));
  return y;
}

/** A·B with either transposed. */
export function product(a: Reference, b: Reference, transposeA = false, transposeB = false): Reference {
  const [m, k] = (transposeA ? [...a.shape].reverse() : a.shape) as [number, number];
  const n = (transposeB ? b.shape[0] : b.shape[1]) as number;
  const y = zeros([m, n]);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let l = 0; l < k; l++)
        y.data[i * n + j]! += a.data[transposeA ? l * m + i : i * k + l]! * b.data[transposeB ? j * k + l : l * n + j]!;
  return y;
}

export function batchNorm(x: Reference, scale: Reference, offset: Reference, epsilon: number) {
  const C = scale.shape[0]!;
  const M = x.data.length / C;
  const [y, mean, variance] = [zeros(x.shape), zeros([C]), zeros([C])];
  for (let c = 0; c < C; c++) {
    for (let r = 0; r < M; r++) mean.data[c]! += x.data[r * C + c]! / M;
    for (let r = 0; r < M; r++) variance.data[c]! += (x.data[r * C + c]! - mean.data[c]!) ** 2 / M;
    const deviation = Math.sqrt(variance.data[c]! + epsilon);
    for (let r = 0; r < M; r++)
      y.data[r * C + c] = (scale.data[c]! * (x.data[r * C + c]! - mean.data[c]!)) / deviation + offset.data[c]!;
  }
  return { y, mean, variance };
}

/** −log softmax(logits)_label of every row. */
export function crossEntropy(logits: Reference, labels: readonly number[]): Reference {
  const K = logits.shape[1]!;
  const y = zeros([logits.shape[0]!]);
  labels.forEach((label, n) => {
    const row = logits.data.subarray(n * K, (n + 1) * K);
    const largest = Math.max(...row);
    y.data[n] = largest - row[label]! + Math.log(row.reduce((sum, z) => sum + Math.exp(z - largest), 0));
  });
  return y;
}

export const map = (x: Reference, f: (value: number, at: number) => number): Reference => ({
  shape: x.shape,
  data: x.data.map(f),
});
