/** Our kernels of the WebAssembly backend against plain loops, on odd shapes too; and that they leave nothing allocated. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { batchNormTraining, useBackend, type Tf } from '../../../src-main/training/backends/index.ts';
import { expectClose, randomReference, tensorOf } from './compare.ts';
import * as reference from './reference.ts';
import type { Reference } from './reference.ts';

let tf: Tf;
let before: number;

beforeAll(async () => {
  ({ tf } = await useBackend('wasm'));
  before = tf.engine().backend.numDataIds();
});
afterAll(() => {
  expect(tf.engine().backend.numDataIds()).toBe(before);
});

/** Runs a test's tensors in a tidy, so that what is left over afterwards is a leak of a kernel. */
const tidily = (work: () => void) => () => tf.tidy(work);
const given = (shape: readonly number[], seed: number): [Reference, Tensor] => {
  const numbers = randomReference(shape, seed);
  return [numbers, tensorOf(tf, numbers)];
};

describe('matrix product', () => {
  const shapes = [
    [1, 1, 1],
    [3, 5, 7],
    [17, 33, 16],
    [40, 3, 70],
    [2, 129, 65],
    [64, 10, 1],
  ] as const;
  for (const [m, k, n] of shapes)
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const)
      it(`${m}×${k}·${k}×${n}${transposeA ? ', A transposed' : ''}${transposeB ? ', B transposed' : ''}`, () =>
        tidily(() => {
          const [a, A] = given(transposeA ? [k, m] : [m, k], 1);
          const [b, B] = given(transposeB ? [n, k] : [k, n], 2);
          const C = tf.matMul(A as Tensor2D, B as Tensor2D, transposeA, transposeB);
          expectClose(C, reference.product(a, b, transposeA, transposeB));
        })());

  it('by the same numbers under another shape', () =>
    tidily(() => {
      const [x, X] = given([8, 8], 1);
      const flat: Reference = { shape: [4, 16], data: x.data };
      const [a, A] = given([2, 8], 2);
      const [b, B] = given([2, 4], 3);
      expectClose(tf.matMul(A as Tensor2D, X as Tensor2D), reference.product(a, x));
      expectClose(tf.matMul(B as Tensor2D, tf.reshape(X, [4, 16])), reference.product(b, flat));
      expectClose(tf.matMul(A as Tensor2D, X as Tensor2D), reference.product(a, x));
    })());

  it('of batches', () =>
    tidily(() => {
      const [a, A] = given([3, 4, 2], 1);
      const [b, B] = given([3, 4, 5], 2);
      const C = tf.matMul(A, B, true, false);
      for (let i = 0; i < 3; i++) {
        const part = (x: Reference): Reference => {
          const [, rows, columns] = x.shape as [number, number, number];
          return { shape: [rows, columns], data: x.data.subarray(i * rows * columns, (i + 1) * rows * columns) };
        };
        expectClose(tf.gather(C, i), reference.product(part(a), part(b), true));
      }
    })());
});

describe('sums and means', () => {
  const cases: [shape: number[], axis: number[] | undefined][] = [
    [
      [7, 5, 3, 4],
      [0, 1, 2],
    ],
    [
      [7, 5, 3, 4],
      [1, 2],
    ],
    [[7, 5, 3, 4], [0]],
    [
      [7, 5, 3, 4],
      [0, 2],
    ],
    [[7, 5, 3, 4], undefined],
    [[6, 9], [-2]],
    [[6, 9], [1]],
    [[1, 1], [0]],
    [[5, 1], [0]],
  ];
  for (const [shape, axis] of cases)
    it(`over ${axis ? axis.join(', ') : 'all axes'} of ${shape.join('×')}`, () =>
      tidily(() => {
        const [x, X] = given(shape, 3);
        const axes = (axis ?? shape.map((_, i) => i)).map((i) => (i < 0 ? i + shape.length : i));
        const kept = shape.filter((_, i) => !axes.includes(i));
        const total = reference.zeros(kept);
        x.data.forEach((value, at) => {
          let [rest, index] = [at, 0];
          const indices = shape.map((_, i) => {
            const stride = reference.sizeOf(shape.slice(i + 1));
            const here = Math.floor(rest / stride);
            rest -= here * stride;
            return here;
          });
          indices.forEach((here, i) => (index = axes.includes(i) ? index : index * shape[i]! + here));
          total.data[index]! += value;
        });
        const count = x.data.length / total.data.length;
        expectClose(tf.sum(X, axis), total);
        expectClose(
          tf.mean(X, axis),
          reference.map(total, (value) => value / count),
        );
        const widened = shape.map((length, i) => (axes.includes(i) ? 1 : length));
        expectClose(tf.sum(X, axis, true), { shape: widened, data: total.data });
        expectClose(tf.mean(X, axis, true), { shape: widened, data: total.data.map((value) => value / count) });
      })());
});

describe('convolution and its gradients', () => {
  const cases = [
    { x: [2, 5, 7, 3], filter: [3, 3, 3, 4], stride: 1, pad: 'same' },
    { x: [2, 5, 7, 3], filter: [3, 3, 3, 4], stride: 2, pad: 'same' },
    { x: [3, 8, 8, 2], filter: [3, 3, 2, 5], stride: 2, pad: 'same' },
    { x: [2, 7, 6, 3], filter: [2, 4, 3, 1], stride: 1, pad: 'valid' },
    { x: [2, 9, 8, 1], filter: [3, 2, 1, 3], stride: 3, pad: 'valid' },
    { x: [2, 6, 6, 4], filter: [1, 1, 4, 3], stride: 2, pad: 'same' },
    { x: [1, 4, 4, 2], filter: [5, 5, 2, 2], stride: 1, pad: 'same' },
    { x: [2, 6, 5, 2], filter: [3, 3, 2, 2], stride: 1, pad: 3 },
    { x: [2, 8, 8, 3], filter: [7, 7, 3, 2], stride: 2, pad: 3 },
    { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], stride: 1, pad: 'valid' },
    // Several rounds of images, the last one shorter.
    { x: [41, 20, 20, 8], filter: [3, 3, 8, 4], stride: 1, pad: 'same' },
    { x: [41, 40, 40, 8], filter: [3, 3, 8, 2], stride: 2, pad: 'same' },
  ] as const;
  for (const { x: xShape, filter: filterShape, stride, pad } of cases)
    it(`${xShape.join('×')} by ${filterShape.join('×')}, stride ${stride}, ${pad}`, () =>
      tidily(() => {
        const [x, X] = given(xShape, 4);
        const [filter, F] = given(filterShape, 5);
        const out = reference.outputShape(xShape, [filterShape[0], filterShape[1]], stride, pad);
        const [dy, DY] = given([xShape[0], ...out, filterShape[3]], 6);
        const gradients = tf.grads((a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, stride, pad));
        const [dX, dF] = gradients([X, F], DY) as [Tensor, Tensor];
        expectClose(
          tf.conv2d(X as Tensor4D, F as Tensor4D, stride, pad),
          reference.convolution(x, filter, stride, pad),
        );
        const { dx, dFilter } = reference.convolutionGradients(x, filter, dy, stride, pad);
        expectClose(dX, dx);
        expectClose(dF, dFilter);
      })());

  it('dilated, which the backend itself does', () =>
    tidily(() => {
      const [x, X] = given([2, 7, 7, 2], 4);
      const [filter, F] = given([2, 2, 2, 3], 5);
      // A filter of two cells apart by two is one of three with zeros in between.
      const spread = reference.map({ shape: [3, 3, 2, 3], data: new Float64Array(54) }, () => 0);
      filter.data.forEach((value, at) => {
        const [h, w, rest] = [Math.floor(at / 12), Math.floor(at / 6) % 2, at % 6];
        spread.data[2 * h * 18 + 2 * w * 6 + rest] = value;
      });
      const y = tf.conv2d(X as Tensor4D, F as Tensor4D, 1, 'valid', 'NHWC', 2);
      expectClose(y, reference.convolution(x, spread, 1, 'valid'));
    })());
});

describe('max pooling gradient', () => {
  const pooled = (X: Tensor, size: number, stride: number, pad: 'same' | 'valid', DY: Tensor): Tensor =>
    tf.grad((a) => tf.maxPool(a as Tensor4D, size, stride, pad))(X, DY);

  it('gives dy to the first of equal numbers, once', () =>
    tidily(() => {
      const X = tf.tensor4d([2, 2, 2, 1, 0, 0, 0, 0], [1, 2, 4, 1]);
      const dX = pooled(X, 2, 2, 'valid', tf.tensor4d([10, 20], [1, 1, 2, 1]));
      expect([...dX.dataSync()]).toEqual([10, 0, 20, 0, 0, 0, 0, 0]);
    })());

  it('the same for four channels at a time, wherever the equal numbers stand', () =>
    tidily(() => {
      // Channel c has its largest number, 1, at the places whose bits are set in c + 1, numbered a b over c d.
      const places = [0, 1, 2, 3];
      const channels = Array.from({ length: 12 }, (_, c) => c + 1);
      const at = (place: number, c: number): number => (c >> place) & 1;
      const X = tf.tensor4d(
        places.flatMap((place) => channels.map((c) => at(place, c))),
        [1, 2, 2, 12],
      );
      const dX = pooled(X, 2, 2, 'valid', tf.tensor4d(channels, [1, 1, 1, 12]));
      const expected = places.flatMap((place) =>
        channels.map((c) => (place === places.find((first) => at(first, c) === 1) ? c : 0)),
      );
      expect([...dX.dataSync()]).toEqual(expected);
    })());

  for (const [shape, size, stride, pad] of [
    [[2, 6, 8, 3], 2, 2, 'valid'],
    [[2, 7, 5, 8], 2, 2, 'valid'],
    [[2, 7, 5, 3], 2, 2, 'same'],
    [[2, 7, 7, 2], 3, 2, 'same'],
    [[1, 6, 5, 1], 3, 1, 'valid'],
    [[3, 4, 4, 2], 4, 4, 'valid'],
  ] as const)
    it(`${shape.join('×')}, window ${size}, stride ${stride}, ${pad}`, () =>
      tidily(() => {
        const [x, X] = given(shape, 7);
        const out = reference.outputShape(shape, [size, size], stride, pad);
        const [dy, DY] = given([shape[0], ...out, shape[3]], 8);
        // Maxima are linear in x near x: their difference quotient with a small step is exact.
        const step = 1e-7;
        const value = (at: number, by: number): number => {
          const moved = reference.map(x, (number, i) => (i === at ? number + by : number));
          return reference.pool(moved, size, stride, pad, 'max').data.reduce((sum, y, i) => sum + y * dy.data[i]!, 0);
        };
        const dx = reference.map(x, (_, at) => (value(at, step) - value(at, -step)) / (2 * step));
        expectClose(pooled(X, size, stride, pad, DY), dx);
      })());
});

describe('batch norm', () => {
  it('keeps its precision where the mean is large', () =>
    tidily(() => {
      const [x, X] = given([50, 3], 9);
      const [shifted, S] = [reference.map(x, (value) => Math.fround(value + 1000)), tf.add(X, 1000)];
      const one = tf.ones([3]) as Tensor1D;
      const scale = { shape: [3], data: new Float64Array(3).fill(1) };
      const expected = reference.batchNorm(shifted, scale, reference.zeros([3]), 1e-5);
      const { y, mean, variance } = batchNormTraining(tf, S, one, tf.zeros([3]) as Tensor1D, 1e-5);
      expectClose(mean, expected.mean, 1e-6);
      expectClose(variance, expected.variance, 1e-6);
      expectClose(y, expected.y, 1e-5);
    })());
});

describe('copies that are references', () => {
  it('outlive what they were made from', () => {
    const x = tf.tensor1d([1, 2, 3]);
    const [copy, same] = [tf.clone(x), tf.cast(x, 'float32')];
    x.dispose();
    expect([...copy.dataSync()]).toEqual([1, 2, 3]);
    copy.dispose();
    expect([...same.dataSync()]).toEqual([1, 2, 3]);
    same.dispose();
  });
});
