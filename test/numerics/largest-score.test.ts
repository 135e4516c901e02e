/**
 * Largest scores against float64 sums in the order of the columns, to the last bit: also where single precision cannot tell them
 * apart, overflows, underflows, or has nothing to say.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scorer } from '../../src-main/numerics/largest-score.ts';
import { normalMatrix } from './matrices.ts';

type Rows = Float64Array | Float32Array;

function byDefinition(
  a: Rows,
  m: number,
  b: Float64Array,
  c: Float64Array,
  n: number,
  k: number,
  without?: Int32Array,
) {
  const index = new Int32Array(m);
  const score = new Float64Array(m).fill(-Infinity);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      if (j === without?.[i]) continue;
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[j * k + l]!;
      if (sum + c[j]! > score[i]!) [index[i], score[i]] = [j, sum + c[j]!];
    }
  return { index, score };
}

function expectDefinition(a: Rows, m: number, b: Float64Array, c: Float64Array, n: number, k: number): void {
  const { largest, score } = scorer({ b, c, n, k });
  const found = largest(a, m, null);
  expect(found).toEqual(byDefinition(a, m, b, c, n, k));
  found.index.forEach((j, i) => expect(score(a, i, j)).toBe(found.score[i]));
  const without = found.index.map((j, i) => (i % 5 === 0 ? -1 : j));
  expect(largest(a, m, without)).toEqual(byDefinition(a, m, b, c, n, k, without));
}

const zeros = (n: number): Float64Array => new Float64Array(n);
const normal = (rows: number, columns: number, seed: number): Float64Array => normalMatrix(rows, columns, seed).values;

describe('largest scores', () => {
  it('are those of the definition for every remainder of the tiles', () => {
    const size = fc.integer({ min: 1, max: 19 });
    fc.assert(
      fc.property(size, size, size, fc.integer(), (m, k, n, seed) => {
        expectDefinition(normal(m, k, seed), m, normal(n, k, seed + 1), normal(1, n, seed + 2), n, k);
      }),
    );
  });

  it.each([
    [600, 40, 300],
    [9, 700, 270],
    [513, 257, 9],
  ])('have no seam at the boundaries of blocks: %i rows of %i numbers, %i scores', (m, k, n) => {
    expectDefinition(Float32Array.from(normal(m, k, 1)), m, normal(n, k, 2), normal(1, n, 3), n, k);
  });

  it.each([1e-4, 1e-7, 1e-10, 1e-14])('tell apart what differs by %s of its size', (difference) => {
    const [m, k, n] = [40, 300, 12];
    // All of one sign, so that nothing cancels in the bound, and every b_j the same but for the difference.
    const a = normal(m, k, 4).map(Math.abs);
    const [common, own] = [normal(1, k, 5).map(Math.abs), normal(n, k, 6)];
    const b = own.map((x, at) => common[at % k]! * (1 + difference * x));
    expectDefinition(a, m, b, zeros(n), n, k);
  });

  it('are right where more coincide than a shortlist holds; a tie goes to the lowest', () => {
    const [m, k, n] = [30, 20, 90];
    const one = normal(1, k, 7);
    const b = Float64Array.from({ length: n * k }, (_, at) => one[at % k]! * (at < 3 * k ? 0.5 : 1));
    const a = normal(m, k, 8);
    expectDefinition(a, m, b, zeros(n), n, k);
    const { index } = scorer({ b, c: zeros(n), n, k }).largest(a, m, null);
    // The three short ones win where the product is negative, the others where it is positive.
    expect(new Set(index)).toEqual(new Set([0, 3]));
  });

  it.each([
    [1e-200, 1e-120],
    [1e150, 1e150],
    [1e-30, 1e30],
    [1e-45, 1],
  ])('do not depend on the range of single precision: factors of %s and %s', (sizeA, sizeB) => {
    const [m, k, n] = [20, 30, 15];
    const a = normal(m, k, 9).map((x) => sizeA * x);
    const b = normal(n, k, 10).map((x, at) => sizeB * x * 10 ** -(Math.floor(at / k) % 4));
    expectDefinition(a, m, b, zeros(n), n, k);
  });

  it('are −∞ at 0 where every score is left out, and pass over what is not a number', () => {
    const { largest } = scorer({ b: Float64Array.of(1), c: zeros(1), n: 1, k: 1 });
    expect(largest(Float64Array.of(2), 1, Int32Array.of(0))).toEqual({
      index: Int32Array.of(0),
      score: Float64Array.of(-Infinity),
    });
    const broken = scorer({ b: Float64Array.of(NaN, 1, 3, Infinity), c: zeros(4), n: 4, k: 1 });
    expect(broken.largest(Float64Array.of(-2), 1, null)).toEqual({
      index: Int32Array.of(1),
      score: Float64Array.of(-2),
    });
  });
});
