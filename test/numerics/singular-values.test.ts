/** singular values: against its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singularValueDecomposition } from '../../src-main/numerics/singular-values.ts';
import {
  diagonal,
  distance,
  matrices,
  naiveProduct,
  naiveTranspose,
  normalMatrix,
  orthonormality,
} from './matrices.ts';

describe('singular value decomposition', () => {
  it('satisfies A = U Σ Vᵀ with orthonormal factors, tall, wide and square', () => {
    fc.assert(
      fc.property(matrices(40), ({ rows: m, columns: n, values: a }) => {
        const r = Math.min(m, n);
        const { left, values, right } = singularValueDecomposition(a, m, n);
        const rebuilt = naiveProduct(
          naiveProduct(left, diagonal(values), m, r, r),
          naiveTranspose(right, n, r),
          m,
          r,
          n,
        );
        expect(distance(rebuilt, a)).toBeLessThan(1e-12);
        expect(orthonormality(left, m, r)).toBeLessThan(1e-12);
        expect(orthonormality(right, n, r)).toBeLessThan(1e-12);
        values.forEach((value, i) => expect(value >= 0 && (i === 0 || value <= values[i - 1]!)).toBe(true));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a rank-deficient matrix rank-deficient', () => {
    const [m, n, k] = [30, 30, 4];
    const a = naiveProduct(normalMatrix(m, k, 1).values, normalMatrix(k, n, 2).values, m, k, n);
    const { values } = singularValueDecomposition(a, m, n);
    expect(values[k - 1]!).toBeGreaterThan(1);
    expect(values[k]!).toBeLessThan(1e-13 * values[0]!);
    expect(singularValueDecomposition(new Float64Array(12), 4, 3).values).toEqual(new Float64Array(3));
  });

  it('keeps relative accuracy of graded columns, where the eigenvalues of AᵀA lose it', () => {
    const grades = Float64Array.of(1, 1e-5, 1e-10);
    const { left } = singularValueDecomposition(normalMatrix(6, 3, 9).values, 6, 3);
    const { values } = singularValueDecomposition(naiveProduct(left, diagonal(grades), 6, 3, 3), 6, 3);
    values.forEach((value, i) => expect(Math.abs(value / grades[i]! - 1)).toBeLessThan(1e-12));
  });
});
