/** The two-group solver against the checked values of the literature and against certificates computed from scratch. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solve } from '../../src-main/lpm/solve.ts';
import { sweepRatios } from '../../src-main/lpm/sweep.ts';
import { ratioProblem } from '../../src-main/lpm/two-group-problem.ts';
import { certificate, fullLogits } from './full-matrix.ts';

const setting = { majorityClasses: 5, minorityClasses: 5, featureBudget: 5, classifierBudget: 1 };

describe('checked values, K = 10, E_W = 1', () => {
  it.each([
    [5, 0.559782],
    [10, 0.237515],
  ])('balanced loss at E_H = %d', (featureBudget, loss) => {
    const solution = solve(ratioProblem({ ...setting, featureBudget, ratio: 1 }));
    expect(solution.objective).toBeCloseTo(loss, 6);
    expect(solution.groups[0]!.classifierCosine).toBeCloseTo(-1 / 9, 12);
  });

  // R, loss, cos w_BB, cos w_AA, cos w_AB, ‖w_A‖/‖w_B‖, cos h_BB: digits as published in the reference table.
  it.each([
    ['1', 0.559782, '-0.1111', '-0.1111', '-0.1111', '1.0000', '-0.1111'],
    ['5', 0.376706, '0.0725', '-0.1576', '-0.1381', '1.8681', '0.0103'],
    ['10', 0.261677, '0.5175', '-0.1675', '-0.2013', '3.0499', '0.3868'],
    ['100', 0.091299, '1.0000', '-0.2283', '-0.1318', '7.5868', '1.0000'],
  ])('curve at R = %s', (R, loss, wBB, wAA, wAB, ratio, hBB) => {
    const [point] = sweepRatios({ ...setting, ratios: [Number(R)] }).points;
    expect(point!.objective).toBeCloseTo(loss, 6);
    expect(point!.classifierCosineMinority!.toFixed(4)).toBe(wBB);
    expect(point!.classifierCosineMajority!.toFixed(4)).toBe(wAA);
    expect(point!.classifierCosineCross!.toFixed(4)).toBe(wAB);
    expect(point!.classifierNormRatio!.toFixed(4)).toBe(ratio);
    expect(point!.featureCosineMinority!.toFixed(4)).toBe(hBB);
  });

  it.each([
    [2, 0.543341, 0.069878],
    [3, 0.490693, 0.673534],
    [3.3, 0.47626, 0.924628],
    [3.6, 0.462807, 1],
  ])('K = 4 at R = %d', (ratio, loss, cosine) => {
    const small = { majorityClasses: 2, minorityClasses: 2, featureBudget: 1, classifierBudget: 1 };
    const [point] = sweepRatios({ ...small, ratios: [ratio] }).points;
    expect(point!.objective).toBeCloseTo(loss, 6);
    expect(point!.classifierCosineMinority).toBeCloseTo(cosine, 6);
  });
});

const settings = fc.record({
  majorityClasses: fc.integer({ min: 1, max: 9 }),
  minorityClasses: fc.integer({ min: 1, max: 9 }),
  featureBudget: fc.double({ min: -2, max: 2, noNaN: true }).map((e) => 10 ** e),
  classifierBudget: fc.double({ min: -1, max: 1, noNaN: true }).map((e) => 10 ** e),
  minorityWeight: fc.double({ min: -1, max: 1, noNaN: true }).map((e) => 10 ** e),
  ratio: fc.oneof(
    fc.double({ min: -1, max: 5, noNaN: true }).map((e) => 10 ** e),
    fc.constant(1),
    fc.constant(Infinity),
  ),
});

describe('certificates recomputed from full matrices', () => {
  it('feasible, and within 1e-9 of the optimum, on random settings', () => {
    fc.assert(
      fc.property(settings, (random) => {
        const problem = ratioProblem(random);
        const solution = solve(problem);
        const check = certificate(problem, fullLogits(solution.logits));
        expect(check.nuclearNorm).toBeLessThanOrEqual(check.rho * (1 + 1e-12));
        expect(Math.abs(check.loss - solution.objective)).toBeLessThanOrEqual(1e-11 * check.loss + 1e-300);
        // A recomputed gap cannot be better than its own rounding, about ρ‖∇f‖₂ times 1e-15.
        expect(check.gap).toBeLessThanOrEqual(1e-9 * check.loss + 1e-13 * check.rho * solution.multiplier);
        expect(solution.status).toBe('solved');
        expect(solution.relativeGap).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('keeps relative accuracy where the loss is 1e-43', () => {
    const problem = ratioProblem({
      ...setting,
      majorityClasses: 50,
      minorityClasses: 2,
      featureBudget: 1e4,
      ratio: 30,
    });
    const solution = solve(problem);
    expect(solution.objective).toBeLessThan(1e-40);
    expect(solution.relativeGap).toBeLessThan(1e-9);
    expect(solution.certified).toBe(true);
  });
});

describe('properties', () => {
  it('depends on the budgets through their product only', () => {
    const a = solve(ratioProblem({ ...setting, featureBudget: 5, classifierBudget: 1, ratio: 7 }));
    const b = solve(ratioProblem({ ...setting, featureBudget: 0.5, classifierBudget: 10, ratio: 7 }));
    expect(b.objective).toBeCloseTo(a.objective, 12);
    expect(b.groups[1]!.classifierCosine).toBeCloseTo(a.groups[1]!.classifierCosine!, 10);
    expect(b.groups[1]!.classifierNorm / a.groups[1]!.classifierNorm).toBeCloseTo(Math.sqrt(10), 10);
  });

  it('exchanging the groups exchanges the answers', () => {
    const plain = solve({
      ...ratioProblem({ ...setting, ratio: 7 }),
      groups: [
        { samples: 7, classes: 5, weight: 1 },
        { samples: 1, classes: 3, weight: 1 },
      ],
    });
    const swapped = solve({
      ...ratioProblem({ ...setting, ratio: 7 }),
      groups: [
        { samples: 1, classes: 3, weight: 1 },
        { samples: 7, classes: 5, weight: 1 },
      ],
    });
    expect(swapped.objective).toBe(plain.objective);
    expect(swapped.groups[0]).toEqual(plain.groups[1]);
  });

  it('a warm-started sweep gives the same points as single solves, in any order', () => {
    const ratios = [1, 3, 10, 12.1, 12.3, 100, 5, 1e4, 0.5, Infinity, 2];
    const swept = sweepRatios({ ...setting, ratios }).points;
    ratios.forEach((ratio, i) => {
      const alone = solve(ratioProblem({ ...setting, ratio }));
      expect(swept[i]!.objective).toBeCloseTo(alone.objective, 13);
      expect(swept[i]!.classifierCosineMinority).toBeCloseTo(alone.groups[1]!.classifierCosine!, 8);
      expect(swept[i]!.collapsed).toBe(alone.groups[1]!.collapsed);
    });
  });

  it('weight w_r is the ratio R/w_r', () => {
    const weighted = solve(ratioProblem({ ...setting, ratio: 50, minorityWeight: 10 }));
    const plain = solve(ratioProblem({ ...setting, ratio: 5 }));
    expect(weighted.objective).toBeCloseTo(plain.objective, 13);
    expect(weighted.groups[1]!.classifierCosine).toBeCloseTo(plain.groups[1]!.classifierCosine!, 10);
  });
});
