/** scalars: against its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logSoftplus, logSumExp, softplus } from '../../src-main/numerics/log-sum-exp.ts';
import { findRoot } from '../../src-main/numerics/roots.ts';
import { addScaled, dot, norm, scale } from '../../src-main/numerics/vector.ts';

describe('log-sum-exp', () => {
  it('shifts with its argument and bounds the maximum', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -700, max: 700, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (x, shift) => {
          const value = logSumExp(x);
          const top = Math.max(...x);
          expect(value).toBeGreaterThanOrEqual(top);
          expect(value).toBeLessThanOrEqual(top + Math.log(x.length) + 1e-12);
          expect(Math.abs(logSumExp(x.map((v) => v + shift)) - value - shift)).toBeLessThan(1e-9);
        },
      ),
    );
    expect(logSumExp([])).toBe(-Infinity);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
  });

  it('keeps relative accuracy of tiny losses', () => {
    expect(softplus(0)).toBe(Math.LN2);
    expect(softplus(-50) / Math.exp(-50)).toBeCloseTo(1, 14);
    expect(softplus(800)).toBe(800);
    expect(logSoftplus(-2000)).toBe(-2000);
    fc.assert(
      fc.property(fc.double({ min: -600, max: 600, noNaN: true }), (x) => {
        expect(Math.abs(logSoftplus(x) - Math.log(softplus(x)))).toBeLessThan(1e-13 * Math.max(1, Math.abs(x)));
      }),
    );
  });
});

describe('findRoot', () => {
  it('finds the root of shifted monotone functions to the tolerance', () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), fc.constantFrom(1, 3, 7), (root, power) => {
        const x = findRoot((t) => (t - root) ** power, -10, 10);
        expect(Math.abs(x - root)).toBeLessThan(1e-12 * 10);
      }),
    );
  });

  it('solves what has a name, accepts roots at the ends and steep or reversed functions', () => {
    expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot(Math.cos, 0, 3)).toBeCloseTo(Math.PI / 2, 15);
    expect(findRoot((x) => x, 0, 1)).toBe(0);
    expect(findRoot((x) => 1 - x, 0, 1)).toBe(1);
    expect(findRoot((x) => 1e200 * Math.sign(x - 0.3), 0, 1)).toBeCloseTo(0.3, 13);
    expect(findRoot((x) => Math.exp(x) - 1e-9, -100, 1, { tolerance: 1e-6 })).toBeCloseTo(Math.log(1e-9), 4);
  });

  it('refuses a bracket without a sign change, naming it', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(
      new RangeError('no sign change in [-1, 1]: values 2 and 2'),
    );
    expect(() => findRoot(() => NaN, 0, 1)).toThrow(RangeError);
  });
});

describe('vectors', () => {
  it('agree with plain loops for every remainder', () => {
    for (let n = 0; n < 10; n++) {
      const x = Float64Array.from({ length: n }, (_, i) => i + 1);
      const y = Float64Array.from({ length: n }, (_, i) => 2 - i);
      expect(dot(x, y)).toBe([...x].reduce((sum, value, i) => sum + value * y[i]!, 0));
      expect(norm(x)).toBeCloseTo(Math.hypot(...x), 12);
      addScaled(y, 3, x);
      scale(y, 0.5);
      expect([...y]).toEqual([...x].map((value, i) => (2 - i + 3 * value) / 2));
    }
  });
});
