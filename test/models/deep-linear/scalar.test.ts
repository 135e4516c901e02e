/** The scalar minimiser against a search over a grid, on both sides of the zero bound and inside the trap above it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  logLargerRoot,
  minimiseScalar,
  rootCeiling,
  scalarObjective,
  zeroBound,
} from '../../../src-main/models/deep-linear/scalar.ts';
import { searchScalar } from './reference/scalar-search.ts';

describe('zero bound and ceiling', () => {
  it.each([
    [1, '1.000000'],
    [2, '0.500000'],
    [3, '0.529134'],
    [4, '0.569877'],
    [6, '0.637270'],
  ])('β_%d is the checked value', (M, value) => {
    expect(zeroBound(M).toFixed(6)).toBe(value);
  });

  it('the ceiling is the largest slope of 1/(1 + x^M), found on a grid', () => {
    for (const M of [2, 3, 5, 8]) {
      let largest = 0;
      for (let x = 0; x < 4; x += 1e-4) largest = Math.max(largest, (M * x ** (M - 1)) / (1 + x ** M) ** 2);
      expect(rootCeiling(M)).toBeCloseTo(largest, 7);
      expect(rootCeiling(M)).toBeGreaterThan(zeroBound(M));
    }
  });
});

describe('the minimiser', () => {
  it('satisfies b = M x^{M−1}/(1 + x^M)² at prices next to nothing, where the root is M^{1/(M+1)} b^{−1/(M+1)}', () => {
    for (const M of [1, 2, 3, 7])
      for (const b of [1e-40, 1e-100, 1e-200]) {
        const leading = (Math.log(M) - Math.log(b)) / (M + 1);
        expect(logLargerRoot(b, M)!).toBeCloseTo(leading, 10);
      }
  });

  it('agrees with a search of the half line, at any depth and price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: -6, max: 0.3, noNaN: true }), (M, exponent) => {
        const b = 10 ** exponent;
        const found = minimiseScalar(b, M);
        const searched = searchScalar(b, M);
        expect(Math.abs(found.value - searched.value)).toBeLessThan(1e-12);
        expect(Math.abs(found.value - scalarObjective(Math.exp(found.logX), b, M))).toBeLessThan(1e-14);
        // Away from the bound the minimisers agree too; a flat minimum fixes x to the root of rounding only.
        if (Math.abs(b / zeroBound(M) - 1) > 1e-6)
          expect(Math.abs(Math.exp(found.logX) - searched.x)).toBeLessThan(1e-6 * Math.max(1, searched.x));
      }),
      { numRuns: 200 },
    );
  });

  it('is exactly zero from the bound on and not before', () => {
    for (const M of [1, 2, 3, 4, 7]) {
      expect(minimiseScalar(zeroBound(M), M)).toEqual({ logX: -Infinity, value: 1, fit: 0 });
      const below = minimiseScalar(zeroBound(M) * (1 - 1e-9), M);
      expect(below.value).toBeLessThan(1);
      // A jump for M ≥ 2 (x^M = M − 1), none for M = 1.
      expect(below.fit).toBeCloseTo((M - 1) / M, 7);
    }
  });

  it('is not the larger root in the trap between bound and ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (M, share) => {
        const b = zeroBound(M) + share * (rootCeiling(M) - zeroBound(M));
        const root = Math.exp(logLargerRoot(b, M)!);
        expect((M * root ** (M - 1)) / (1 + root ** M) ** 2).toBeCloseTo(b, 10);
        expect(scalarObjective(root, b, M)).toBeGreaterThan(1);
        expect(minimiseScalar(b, M).fit).toBe(0);
        expect(searchScalar(b, M).x).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps its digits at extreme prices', () => {
    for (const M of [1, 2, 5]) {
      const b = 1e-200;
      const { logX } = minimiseScalar(b, M);
      // b = M x^{−M−1} (1 + O(x^{−M})).
      expect(logX).toBeCloseTo((Math.log(M) - Math.log(b)) / (M + 1), 10);
    }
    expect(minimiseScalar(1 - 1e-12, 1).fit).toBeCloseTo(5e-13, 16);
    expect(logLargerRoot(rootCeiling(3) * 1.001, 3)).toBeNull();
    expect(logLargerRoot(rootCeiling(3), 3)).not.toBeNull();
  });
});
