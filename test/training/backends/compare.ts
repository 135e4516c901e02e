/** Numbers for tests, and how far single precision may be from them. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { randomSource } from '../../../src-main/numerics/random.ts';
import type { Tf } from '../../../src-main/training/backends/index.ts';
import { sizeOf, type Reference } from './reference.ts';

/** Normal numbers rounded to single precision, so that both sides start from the same. */
export function randomReference(shape: readonly number[], seed: number): Reference {
  const random = randomSource(seed);
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(random.normal())) };
}

export const tensorOf = (tf: Tf, { shape, data }: Reference): Tensor => tf.tensor(Float32Array.from(data), [...shape]);

/**
 * Largest difference over the largest number, below the tolerance. Sums of n products in single precision err by about
 * √n·6e-8 of their terms: 1e-5 allows for the few thousand terms of these tests and none for a wrong one.
 */
export function expectClose(actual: Tensor, expected: Reference, tolerance = 1e-5): void {
  expect(actual.shape).toEqual([...expected.shape]);
  const numbers = actual.dataSync();
  const scale = expected.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  const difference = expected.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - numbers[i]!)), 0);
  expect(difference / scale).toBeLessThan(tolerance);
}
