/** symmetric eigen: against its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src-main/numerics/symmetric-eigen.ts';
import { tridiagonalise } from '../../src-main/numerics/tridiagonal.ts';
import { diagonal, distance, matrices, naiveProduct, naiveTranspose, orthonormality } from './matrices.ts';

function symmetric(values: Float64Array, n: number): Float64Array {
  const transposed = naiveTranspose(values, n, n);
  return values.map((value, i) => value + transposed[i]!);
}

const squares = matrices(24).map(({ rows, columns, values }) => {
  const n = Math.min(rows, columns);
  return { n, a: symmetric(values.slice(0, n * n), n) };
});

describe('symmetric eigen-decomposition', () => {
  it('satisfies A = Q Λ Qᵀ with orthonormal Q and descending Λ', () => {
    fc.assert(
      fc.property(squares, ({ n, a }) => {
        const { values, vectors } = symmetricEigen(a, n);
        const q = naiveTranspose(vectors!, n, n);
        const rebuilt = naiveProduct(naiveProduct(q, diagonal(values), n, n, n), vectors!, n, n, n);
        expect(distance(rebuilt, a)).toBeLessThan(1e-12);
        expect(orthonormality(q, n, n)).toBeLessThan(1e-13);
        values.forEach((value, i) => expect(i === 0 || value <= values[i - 1]!).toBe(true));
        expect(distance(symmetricEigen(a, n, false).values, values)).toBeLessThan(1e-12);
      }),
    );
  });

  it('handles zero, diagonal and repeated eigenvalues', () => {
    expect(symmetricEigen(new Float64Array(9), 3).values).toEqual(new Float64Array(3));
    expect([...symmetricEigen(diagonal(Float64Array.of(1, 3, 2)), 3).values]).toEqual([3, 2, 1]);
    const ones = new Float64Array(64).fill(1);
    const { values, vectors } = symmetricEigen(ones, 8);
    expect(values[0]).toBeCloseTo(8, 12);
    for (const value of values.subarray(1)) expect(Math.abs(value)).toBeLessThan(1e-13);
    expect(orthonormality(vectors!, 8, 8)).toBeLessThan(1e-13);
  });

  it('knows the second-difference matrix: 2 − 2 cos(jπ/(n+1))', () => {
    const n = 40;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      a[i * n + i] = 2;
      if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
    }
    const expected = Float64Array.from({ length: n }, (_, j) => 2 - 2 * Math.cos(((n - j) * Math.PI) / (n + 1)));
    expect(distance(symmetricEigen(a, n, false).values, expected)).toBeLessThan(1e-13);
  });

  it.each([1e-300, 1e-190, 1e190, 1e300])('keeps its digits at entries of the size of %d', (size) => {
    const plain = Float64Array.of(-1, 3, 0.5, 3, -0.2, 1, 0.5, 1, 2);
    const expected = symmetricEigen(plain, 3, false).values;
    const { values } = symmetricEigen(
      plain.map((value) => value * size),
      3,
    );
    values.forEach((value, i) => expect(value / size / expected[i]!).toBeCloseTo(1, 12));
  });

  it.each([1e-60, 1e-100, 1e-140, 1e-150, 1e-160, 1e-190, 1e-320])(
    'ends where a block of the size of %d is negligible beside another',
    (size) => {
      const block = Float64Array.of(1, 0, 0, 0, -size, 3 * size, 0, 3 * size, -0.2 * size);
      const { values } = symmetricEigen(block, 3);
      expect(values[0]).toBe(1);
      for (const value of values.subarray(1)) expect(Math.abs(value)).toBeLessThan(Math.max(5 * size, 1e-99));
    },
  );

  it('ends where rounding errors of zero eigenvalues never become small beside their neighbours', () => {
    const n = 220;
    const factor = Float64Array.from({ length: 3 * n }, (_, index) => {
      const [i, k] = [Math.floor(index / 3), index % 3];
      return Math.sqrt(1 - i / n) * Math.cos(((k + 0.5) * Math.PI * i) / n);
    });
    const a = naiveProduct(factor, naiveTranspose(factor, n, 3), n, 3, n);
    for (let i = 0; i < n / 3; i++) a[i * n + i]! += 1;
    const { values, vectors } = symmetricEigen(a, n);
    expect(orthonormality(naiveTranspose(vectors!, n, n), n, n)).toBeLessThan(1e-12);
    const image = naiveProduct(vectors!, a, n, n, n);
    image.forEach((value, index) => {
      expect(Math.abs(value - values[Math.floor(index / n)]! * vectors![index]!)).toBeLessThan(1e-12);
    });
  });
});

describe('tridiagonalisation', () => {
  it.each([1e-120, 1e-162, 1e-300])('has no trouble with a row whose entries are of the size of %d', (size) => {
    const a = Float64Array.of(3, 0.5, size, 0.5, 2, -size, size, -size, 1);
    const { diagonal: d, offDiagonal } = tridiagonalise(a, 3, true);
    expect(Array.from(d).every(Number.isFinite)).toBe(true);
    expect(d[0]! + d[1]! + d[2]!).toBeCloseTo(6, 12);
    expect(Math.abs(offDiagonal[1]!) / (Math.SQRT2 * size)).toBeCloseTo(1, 12);
    expect(symmetricEigen(a, 3).values[0]).toBeCloseTo(2.5 + Math.SQRT1_2, 12);
  });

  it('satisfies A = Q T Qᵀ', () => {
    fc.assert(
      fc.property(squares, ({ n, a }) => {
        const { diagonal: d, offDiagonal: e, basis } = tridiagonalise(a, n, true);
        const t = diagonal(d);
        for (let i = 0; i + 1 < n; i++) t[i * n + i + 1] = t[(i + 1) * n + i] = e[i]!;
        const q = naiveTranspose(basis!, n, n);
        expect(orthonormality(q, n, n)).toBeLessThan(1e-13);
        expect(distance(naiveProduct(naiveProduct(q, t, n, n, n), basis!, n, n, n), a)).toBeLessThan(1e-12);
      }),
    );
  });
});
