/** Every threshold against the closed form on both of its sides, and ratios against a scan of the price itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveSquaredLoss } from '../../../src-main/models/deep-linear/closed-form.ts';
import {
  aliveRatios,
  classDecayFactors,
  vanishingDecayFactor,
  vanishingWeight,
} from '../../../src-main/models/deep-linear/thresholds.ts';
import type { DeepLinearProblem } from '../../../src-main/models/deep-linear/types.ts';
import { validateDeepLinear } from '../../../src-main/models/deep-linear/validate.ts';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';

const settings = fc.record({
  counts: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 6 }),
  bias: fc.boolean(),
  decays: fc.array(
    fc.double({ min: -4, max: -2, noNaN: true }).map((e) => 10 ** e),
    { minLength: 1, maxLength: 5 },
  ),
  featureDecay: fc.double({ min: -4, max: -2, noNaN: true }).map((e) => 10 ** e),
});

describe('vanishing', () => {
  it('a class is zero from its decay factor on and not before', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const each: DeepLinearProblem = { ...setting, loss: 'mse', widths: null };
        const scaled = (f: number): DeepLinearProblem => ({
          ...each,
          decays: each.decays.map((decay) => decay * f),
          featureDecay: each.featureDecay * f,
        });
        const factors = classDecayFactors(solveSquaredLoss(each));
        factors.forEach((f, k) => {
          expect(solveSquaredLoss(scaled(f * (1 + 1e-9))).classes[k]!.vanished).toBe(true);
          expect(solveSquaredLoss(scaled(f * (1 - 1e-9))).classes[k]!.vanished).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('depth 1 without bias: n_k ≤ N² λ_W λ_H, the formula that science states for M = 1', () => {
    expect(vanishingWeight({ decays: [0.02], featureDecay: 0.005 }, 300)).toBeCloseTo(300 ** 2 * 0.02 * 0.005, 10);
    // At n = n* the factor is 1.
    const decays = { decays: [1e-3, 2e-3, 5e-4], featureDecay: 1e-3 };
    expect(vanishingDecayFactor(decays, 500, vanishingWeight(decays, 500))).toBeCloseTo(1, 13);
  });

  it('ratios: both ends are found where one part of the samples does not count', () => {
    const decays = new Array<number>(50).fill(5e-4);
    const setting = { decays, featureDecay: 5e-4, majorityCount: 1000, otherSamples: 5000, minorityClasses: 5 };
    const { from, to } = aliveRatios(setting)!;
    const alive = (R: number): boolean =>
      vanishingWeight(setting, setting.otherSamples + (setting.minorityClasses * 1000) / R) < 1000 / R;
    expect([from * 0.999, from * 1.001, to * 0.999, to * 1.001].map(alive)).toEqual([false, true, true, false]);
  });

  it('ratios: the minority is alive strictly inside the interval only', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (setting, KA, KB) => {
        const nA = setting.counts[0]! * 10;
        const { decays, featureDecay } = setting;
        const alive = (R: number): boolean => {
          const counts = [...new Array<number>(KA).fill(nA), ...new Array<number>(KB).fill(nA / R)];
          return !solveSquaredLoss({ counts, loss: 'mse', bias: false, decays, featureDecay, widths: null }).classes.at(
            -1,
          )!.vanished;
        };
        const found = aliveRatios({
          majorityCount: nA,
          otherSamples: KA * nA,
          minorityClasses: KB,
          decays,
          featureDecay,
        });
        for (let e = -6; e <= 8; e += 0.5) {
          const R = 10 ** e;
          expect(alive(R)).toBe(found !== null && R > found.from && R < found.to);
        }
        if (found === null) return;
        for (const [end, side] of [
          [found.from, 1],
          [found.to, -1],
        ] as const) {
          expect(alive(end * (1 + side * 1e-9))).toBe(true);
          expect(alive(end * (1 - side * 1e-9))).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the door', () => {
  const good = {
    counts: [3, 2],
    loss: 'mse',
    bias: false,
    depth: 2,
    decays: [0.1],
    featureDecay: 0.1,
    widths: [],
  } as const;

  it('spreads one value over the layers', () => {
    expect(validateDeepLinear({ ...good, widths: [7] })).toMatchObject({ decays: [0.1, 0.1], widths: [7, 7] });
    expect(validateDeepLinear(good).widths).toBeNull();
  });

  it.each([
    [{ counts: [3] }, 'counts'],
    [{ counts: [3, 0] }, 'counts'],
    [{ depth: 0 }, 'depth'],
    [{ depth: 1.5 }, 'depth'],
    [{ decays: [0.1, 0.1, 0.1] }, 'decay'],
    [{ decays: [0] }, 'decay'],
    [{ featureDecay: 0 }, 'featureDecay'],
    [{ widths: [3, 3, 3] }, 'widths'],
    [{ widths: [0] }, 'widths'],
  ])('refuses %j naming %s', (fault, field) => {
    const caught = (() => {
      try {
        validateDeepLinear({ ...good, ...fault });
        return null;
      } catch (error) {
        return error as InvalidInput;
      }
    })();
    expect(caught).toBeInstanceOf(InvalidInput);
    expect(caught!.issues.map((issue) => issue.field)).toEqual([field]);
  });
});
