/** Packed products: against the definition, across every boundary of tiles and blocks, and bit for bit in order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows, timesRows } from '../../src-main/numerics/packed-rows.ts';
import { distance, naiveProduct, naiveTranspose, normalMatrix } from './matrices.ts';

/** A Bᵀ, and the same by the definition: sums of rounded products in the order of the columns. */
function both(m: number, k: number, n: number, seed: number) {
  const a = normalMatrix(m, k, seed).values;
  const b = normalMatrix(n, k, seed + 1).values;
  return { result: timesRows(a, packRows(b, n, k), m), expected: naiveProduct(a, naiveTranspose(b, n, k), m, k, n) };
}

describe('the packed product', () => {
  it('is the definition to the last bit for every remainder of the tiles', () => {
    const size = fc.integer({ min: 0, max: 11 });
    fc.assert(
      fc.property(size, size, size, fc.integer(), (m, k, n, seed) => {
        const { result, expected } = both(m, k, n, seed);
        expect(distance(result, expected)).toBe(0);
      }),
    );
  });

  it.each([
    [256, 256, 128],
    [257, 257, 129],
    [255, 511, 127],
    [259, 1, 131],
    [1, 513, 258],
    [515, 7, 1],
  ])('has no seam at the boundaries of blocks: %i × %i times %i rows', (m, k, n) => {
    const { result, expected } = both(m, k, n, 5);
    expect(distance(result, expected)).toBe(0);
  });

  it('takes single precision as it is', () => {
    const [m, k, n] = [9, 300, 10];
    const a = Float32Array.from(normalMatrix(m, k, 1).values);
    const b = normalMatrix(n, k, 2).values;
    const expected = naiveProduct(Float64Array.from(a), naiveTranspose(b, n, k), m, k, n);
    expect(distance(timesRows(a, packRows(b, n, k), m), expected)).toBe(0);
  });

  it('leaves nothing behind for the next product, not even of infinite numbers', () => {
    timesRows(new Float64Array(40 * 40).fill(Infinity), packRows(new Float64Array(40 * 40).fill(1), 40, 40), 40);
    const { result, expected } = both(5, 6, 7, 3);
    expect(distance(result, expected)).toBe(0);
  });

  it('keeps what is not finite in its own row and column', () => {
    const a = new Float64Array([1, NaN, 1, 1, 1, Infinity]);
    const result = timesRows(a, packRows(new Float64Array([1, 1, 0, 1]), 2, 2), 3);
    expect([...result]).toEqual([NaN, NaN, 2, 1, Infinity, Infinity]);
  });
});
