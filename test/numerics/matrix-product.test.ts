/** matrix product: against its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  multiply,
  multiplyLeftTransposed,
  multiplySymmetric,
  multiplyTransposed,
  multiplyVector,
  transpose,
} from '../../src-main/numerics/matrix-product.ts';
import { distance, naiveProduct, naiveTranspose, normalMatrix } from './matrices.ts';

const size = fc.integer({ min: 0, max: 23 });

describe('matrix products', () => {
  it('agree with the definition for every remainder of the blocking', () => {
    fc.assert(
      fc.property(size, size, size, fc.integer(), (m, k, n, seed) => {
        const a = normalMatrix(m, k, seed).values;
        const b = normalMatrix(k, n, seed + 1).values;
        const expected = naiveProduct(a, b, m, k, n);
        const aT = naiveTranspose(a, m, k);
        const bT = naiveTranspose(b, k, n);
        expect(distance(multiply(a, b, m, k, n), expected)).toBeLessThan(1e-12);
        expect(distance(multiplyTransposed(a, bT, m, k, n), expected)).toBeLessThan(1e-12);
        expect(distance(multiplyLeftTransposed(aT, b, k, m, n), expected)).toBeLessThan(1e-12);
      }),
    );
  });

  it('cross a panel boundary without a seam', () => {
    const [m, k, n] = [5, 700, 61];
    const a = normalMatrix(m, k, 1).values;
    const b = normalMatrix(k, n, 2).values;
    expect(distance(multiply(a, b, m, k, n), naiveProduct(a, b, m, k, n))).toBeLessThan(1e-11);
  });

  it('compute a symmetric product by halves, across the boundaries of its blocks', () => {
    for (const [m, k] of [
      [0, 3],
      [1, 1],
      [63, 5],
      [64, 5],
      [130, 7],
    ] as const) {
      const a = normalMatrix(m, k, 6).values;
      const weighted = a.map((value, i) => value * ((i % k) + 1));
      const expected = naiveProduct(weighted, naiveTranspose(a, m, k), m, k, m);
      const result = multiplySymmetric(weighted, a, m, k);
      expect(distance(result, expected)).toBeLessThan(1e-12);
      expect(naiveTranspose(result, m, m)).toEqual(result);
    }
  });

  it('write into the given output and transpose exactly', () => {
    const a = normalMatrix(4, 7, 3).values;
    const out = new Float64Array(28);
    expect(transpose(a, 4, 7, out)).toBe(out);
    expect(out).toEqual(naiveTranspose(a, 4, 7));
    expect(transpose(out, 7, 4)).toEqual(a);
  });

  it('multiply a vector', () => {
    const { values } = normalMatrix(6, 9, 4);
    const x = normalMatrix(9, 1, 5).values;
    expect(distance(multiplyVector(values, x, 6, 9), naiveProduct(values, x, 6, 9, 1))).toBeLessThan(1e-13);
  });
});
