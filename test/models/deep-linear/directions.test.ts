/** The target's directions with bias: an orthonormal eigenbasis of D − n nᵀ/N, for counts far apart and close together. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { targetDirections } from '../../../src-main/models/deep-linear/directions.ts';

function check(counts: readonly number[]): void {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const { weights, left, right } = targetDirections(counts, true);
  const column = (matrix: Float64Array, i: number): number[] => counts.map((_, k) => matrix[k * K + i]!);
  const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
  const top = Math.max(...counts);
  for (let i = 0; i < K; i++) {
    const u = column(left, i);
    const mean = inner(counts, u) / N;
    u.forEach((value, k) =>
      expect(Math.abs(counts[k]! * (value - mean) - weights[i]! * value)).toBeLessThan(1e-12 * top),
    );
    for (let j = 0; j <= i; j++) {
      expect(Math.abs(inner(u, column(left, j)) - (i === j ? 1 : 0))).toBeLessThan(1e-11);
      const expected = i === j && weights[i]! > 0 ? 1 : 0;
      expect(Math.abs(inner(column(right, i), column(right, j)) - expected)).toBeLessThan(1e-9);
    }
    if (i > 0) expect(weights[i]!).toBeLessThanOrEqual(weights[i - 1]!);
  }
  expect(weights[K - 1]).toBe(0);
  // The trace Σ n − n²/N, without cancellation.
  const trace = counts.reduce((sum, n) => sum + (n / N) * (N - n), 0);
  expect(Math.abs(weights.reduce((sum, w) => sum + w, 0) / trace - 1)).toBeLessThan(1e-12);
}

it('is orthonormal and diagonalises, random counts', () => {
  const count = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000_000 }));
  fc.assert(
    fc.property(fc.array(count, { minLength: 2, maxLength: 12 }), (counts) => check(counts)),
    { numRuns: 200 },
  );
});

it.each([
  [[7, 7, 7]],
  [[1_000_000, 999_999, 1]],
  [[1_000_000, 1, 1, 2]],
  [[3, 3 + 1e-9, 1]],
  [Array.from({ length: 60 }, (_, k) => Math.round(1e5 * 0.85 ** k) + 1)],
])('and for %j', (counts) => check(counts));
