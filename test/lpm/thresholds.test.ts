/** R0 and R1 against the checked table, and against the solver itself on both sides of each threshold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepRatios } from '../../src-main/lpm/sweep.ts';
import { thresholds } from '../../src-main/lpm/thresholds.ts';

describe('checked values, K = 10, E_W = 1', () => {
  it.each([
    [1, 3, '4.135908'],
    [1, 5, '1.735416'],
    [1, 7, '1.369530'],
    [5, 3, '245.4969'],
    [5, 5, '12.192447'],
    [5, 7, '4.000467'],
  ])('R0 at E_H = %d, K_A = %d', (featureBudget, KA, value) => {
    const { r0 } = thresholds({ majorityClasses: KA, minorityClasses: 10 - KA, featureBudget, classifierBudget: 1 });
    expect(r0!.toFixed(value.split('.')[1]!.length)).toBe(value);
  });

  it('R1 at E_H = 5: 5.7053 for K_A = 7, never for K_A = 5', () => {
    const at = (KA: number) =>
      thresholds({ majorityClasses: KA, minorityClasses: 10 - KA, featureBudget: 5, classifierBudget: 1 });
    expect(at(7).r1!.toFixed(4)).toBe('5.7053');
    expect(at(5).r1).toBeNull();
  });

  it('K = 4', () => {
    const { r0 } = thresholds({ majorityClasses: 2, minorityClasses: 2, featureBudget: 1, classifierBudget: 1 });
    expect(r0!.toFixed(3)).toBe('3.380');
  });
});

const settings = fc.record({
  majorityClasses: fc.integer({ min: 2, max: 12 }),
  minorityClasses: fc.integer({ min: 2, max: 12 }),
  featureBudget: fc.double({ min: -1.5, max: 1.2, noNaN: true }).map((e) => 10 ** e),
  classifierBudget: fc.constant(1),
});

describe('thresholds are where the optimum changes', () => {
  it('collapsed from R0 on, not below it, to 1e-9 relative', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { r0 } = thresholds(setting);
        const [below, above] = sweepRatios({ ...setting, ratios: [r0! * (1 - 1e-9), r0! * (1 + 1e-9)] }).points;
        expect(below!.collapsed).toBe(false);
        expect(above!.collapsed).toBe(true);
        expect(below!.classifierCosineMinority).toBeGreaterThan(0.99);
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  it('vanished from R1 on, not below it; never means not at R = ∞ either', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { r0, r1 } = thresholds(setting);
        if (r1 === null) {
          expect(sweepRatios({ ...setting, ratios: [Infinity] }).points[0]!.vanished).toBe(false);
          return;
        }
        expect(r1).toBeGreaterThan(r0!);
        const [below, above] = sweepRatios({ ...setting, ratios: [r1 * (1 - 1e-7), r1 * (1 + 1e-7)] }).points;
        expect(below!.vanished).toBe(false);
        expect(above!.vanished).toBe(true);
        expect(above!.classifierCosineMinority).toBeNull();
        expect(above!.classifierNormRatio).toBeNull();
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('satisfies the published fixed point R0 = 1/(1 − p_own + p_otherA)', () => {
    const setting = { majorityClasses: 3, minorityClasses: 7, featureBudget: 5, classifierBudget: 1 };
    const { r0 } = thresholds(setting);
    const at = sweepRatios({ ...setting, ratios: [r0!] }).points[0]!;
    expect(at.relativeGap).toBeLessThan(1e-12);
    expect(r0!).toBeCloseTo(245.49693059826, 8);
  });

  it('is found where no double holds it, and steps over that edge smoothly', () => {
    const log = (featureBudget: number): number => {
      const found = thresholds({ majorityClasses: 5, minorityClasses: 5, featureBudget, classifierBudget: 1 });
      expect(found.r0 === null).toBe(found.logR0! > Math.log(Number.MAX_VALUE));
      return found.logR0!;
    };
    // For large ρ = 10 √E_H the logarithm grows in proportion to ρ, but for terms of order log ρ.
    const [first, second, third] = [log(1e4), log(4e4), log(16e4)];
    expect(first).toBeLessThan(690);
    expect(third).toBeGreaterThan(710);
    expect((third - second) / (second - first)).toBeCloseTo(2, 2);
    // Against the limit c_B → 0, where (with y → 0) the optimum over β = 0 is closed: 1/R0 → √(K/K_B) p_B, τ = x.
    const [KA, K] = [5, 10];
    const rho = 10 * Math.sqrt(16e4);
    const kappa = Math.SQRT2 / KA;
    const alpha = (kappa * rho - Math.log(5 * (kappa - 1 / KA))) / (kappa * (KA - 1) + 1 / KA);
    const other = Math.log(5) - kappa * (rho - (KA - 1) * alpha) - (1 - 1 / KA) * alpha;
    expect(Math.abs(third / -(Math.log(Math.sqrt(K / 5)) + other) - 1)).toBeLessThan(0.02);
  });

  it('scales with the minority weight; a single minority class never collapses', () => {
    const setting = { majorityClasses: 5, minorityClasses: 5, featureBudget: 5, classifierBudget: 1 };
    expect(thresholds({ ...setting, minorityWeight: 8 }).r0! / thresholds(setting).r0!).toBeCloseTo(8, 10);
    expect(thresholds({ ...setting, minorityClasses: 1 }).r0).toBeNull();
    expect(thresholds({ ...setting, majorityClasses: 1 }).r1).toBeNull();
  });
});
