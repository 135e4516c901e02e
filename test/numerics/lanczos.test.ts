/** Lanczos: against the dense decomposition, on the whole space and on a complement; its residual is what it says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smallestEigenvalue } from '../../src-main/numerics/lanczos.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { symmetricEigen } from '../../src-main/numerics/symmetric-eigen.ts';
import { naiveProduct, naiveTranspose } from './matrices.ts';

function problem(seed: number, n: number) {
  const random = randomSource(seed);
  const half = Float64Array.from({ length: n * n }, () => random.normal());
  const transposed = naiveTranspose(half, n, n);
  const matrix = half.map((value, i) => value + transposed[i]!);
  const start = Float64Array.from({ length: n }, () => random.normal());
  const apply = (v: Float64Array, out: Float64Array): void => out.set(naiveProduct(matrix, v, n, n, 1));
  return { matrix, start, apply };
}

it('finds the smallest eigenvalue of random matrices, with a true residual', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 30 }), (seed, n) => {
      const { matrix, start, apply } = problem(seed, n);
      const found = smallestEigenvalue(apply, { start, tolerance: 1e-12 })!;
      const { values } = symmetricEigen(matrix, n, false);
      const size = Math.max(Math.abs(values[0]!), Math.abs(values[n - 1]!));
      expect(Math.abs(found.value - values[n - 1]!)).toBeLessThan(1e-10 * size);
      const image = naiveProduct(matrix, found.vector, n, n, 1);
      const residual = Math.hypot(...image.map((value, i) => value - found.value * found.vector[i]!));
      expect(Math.abs(found.residual - residual)).toBeLessThan(1e-12 * size);
    }),
  );
});

it('restricts itself to the complement of given vectors', () => {
  const n = 12;
  const { matrix, start, apply } = problem(3, n);
  const { values, vectors } = symmetricEigen(matrix, n);
  const lowest = vectors!.slice((n - 1) * n);
  const found = smallestEigenvalue(apply, { start, orthogonalTo: [lowest] })!;
  expect(found.value).toBeCloseTo(values[n - 2]!, 9);
});

it('says that an empty complement has no eigenvalue', () => {
  const unit = Float64Array.of(1);
  expect(smallestEigenvalue((v, out) => out.set(v), { start: unit, orthogonalTo: [unit] })).toBeNull();
});
