/**
 * Losses beside cross-entropy: their derivatives by finite differences, the conditions that the theorem needs, and the
 * solver against a slow program on the full matrix that knows no symmetry.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lossOfLogits,
  ballGap,
  minimiseInBall,
  projectOntoBall,
} from '../../src-main/claims/reference/nuclear-ball.ts';
import { collapseRatio } from '../../src-main/lpm/losses/collapse-ratio.ts';
import { chooseLoss, sampleLoss, softmaxTypeLosses, type ChosenLoss } from '../../src-main/lpm/losses/softmax-type.ts';
import { minimiseLoss, solveSoftmaxType, twoTerms } from '../../src-main/lpm/losses/solve-softmax-type.ts';
import { twoGroupJet } from '../../src-main/lpm/losses/two-group-objective.ts';
import { contrastiveProblem, validateLoss, validateTwoShares } from '../../src-main/lpm/losses/validate.ts';
import { ratioInstance } from '../../src-main/lpm/two-group-problem.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { classShares, fullLogits, singularValues } from './full-matrix.ts';
import { group, problem } from './general-problems.ts';

const each = softmaxTypeLosses.map((loss) => [loss.id, chooseLoss(loss.id)] as const);
const logits = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 });
const value = (chosen: ChosenLoss, z: readonly number[], k = 1): number =>
  sampleLoss(chosen, Float64Array.from(z), k).value;

describe.each(each)('%s', (_id, chosen) => {
  it('has the gradient of its finite differences', () => {
    fc.assert(
      fc.property(logits, (z) => {
        const { gradient } = sampleLoss(chosen, Float64Array.from(z), 1);
        z.forEach((__, j) => {
          const h = 1e-6;
          const moved = (by: number) =>
            value(
              chosen,
              z.map((entry, i) => (i === j ? entry + by : entry)),
            );
          const slope = (moved(h) - moved(-h)) / (2 * h);
          expect(Math.abs(slope - gradient[j]!)).toBeLessThan(1e-5 * (1 + Math.abs(value(chosen, z))));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('is convex, blind to a shift and decreasing in the own logit', () => {
    fc.assert(
      fc.property(logits, logits, fc.double({ min: 0.01, max: 2, noNaN: true }), (a, b, by) => {
        const middle = value(
          chosen,
          a.map((entry, i) => (entry + b[i]!) / 2),
        );
        const ends = (value(chosen, a) + value(chosen, b)) / 2;
        expect(middle).toBeLessThanOrEqual(ends + 1e-12 * (1 + Math.abs(ends)));
        const here = value(chosen, a);
        expect(
          Math.abs(
            value(
              chosen,
              a.map((entry) => entry + by),
            ) - here,
          ),
        ).toBeLessThan(1e-12 * (1 + here));
        expect(
          value(
            chosen,
            a.map((entry, i) => (i === 1 ? entry + by : entry)),
          ),
        ).toBeLessThanOrEqual(here);
      }),
      { numRuns: 50 },
    );
  });

  it('reduces to four scalars with the derivatives of finite differences', () => {
    const { instance } = ratioInstance({ majorityClasses: 3, minorityClasses: 4 }, 6, 10);
    const terms = twoTerms(instance, chosen);
    const z = [0.4, 0.11, 0.53, 0.29];
    const jet = twoGroupJet(terms, z);
    const h = 1e-5;
    for (let i = 0; i < 4; i++) {
      const [up, down] = [h, -h].map((by) =>
        twoGroupJet(
          terms,
          z.map((entry, j) => (i === j ? entry + by : entry)),
        ),
      );
      expect((up!.value - down!.value) / (2 * h)).toBeCloseTo(jet.gradient[i]!, 6);
      for (let j = 0; j < 4; j++)
        expect((up!.gradient[j]! - down!.gradient[j]!) / (2 * h)).toBeCloseTo(jet.hessian[4 * i + j]!, 5);
    }
  });

  it('is solved to what the full-matrix certificate confirms and no slow program beats', () => {
    for (const [KA, KB, ratio, budget] of [
      [3, 2, 4, 1],
      [2, 3, 40, 0.3],
      [1, 3, 2, 2],
    ] as const) {
      const posed = problem([group(ratio, KA), group(1, KB)], budget);
      const solved = solveSoftmaxType(posed, chosen);
      expect(solved.certified).toBe(true);
      const shares = classShares(posed);
      const K = KA + KB;
      const radius = K * Math.sqrt(budget);
      const Z = Float64Array.from(fullLogits(solved.logits).flat());
      const loss = (column: Float64Array, k: number) => sampleLoss(chosen, column, k);
      const { value: f, gradient } = lossOfLogits(shares, Z, loss);
      expect(Math.abs(f - solved.objective)).toBeLessThan(1e-11 * (1 + f));
      expect(singularValues(fullLogits(solved.logits)).reduce((a, b) => a + b, 0)).toBeLessThan(radius * (1 + 1e-12));
      expect(ballGap(gradient, Z, K, radius)).toBeLessThan(1e-9 * f + 1e-12);
      // Rough curvature bounds of the losses over the ball: large enough for the slow program to descend.
      const slow = minimiseInBall(shares, radius, { steps: 400, tolerance: 1e-7, loss, curvature: 30 });
      expect(slow.objective).toBeGreaterThan(solved.objective * (1 - 1e-9) - 1e-12);
      expect(slow.objective - slow.gap).toBeLessThan(solved.objective * (1 + 1e-9) + 1e-12);
    }
  });

  it('keeps its lower bound under random feasible points', () => {
    const posed = problem([group(9, 2), group(1, 2)], 1);
    const solved = solveSoftmaxType(posed, chosen);
    const shares = classShares(posed);
    const random = randomSource(4);
    for (let i = 0; i < 100; i++) {
      const size = 3 * random.uniform();
      const Z = projectOntoBall(
        Float64Array.from({ length: 16 }, () => size * random.normal()),
        4,
        4,
      ).projected;
      const { value: f } = lossOfLogits(shares, Z, (column, k) => sampleLoss(chosen, column, k));
      expect(f).toBeGreaterThanOrEqual(solved.objective - solved.gap - 1e-14);
    }
  });

  it('has the simplex ETF as its balanced optimum', () => {
    const [K, budget] = [6, 0.5];
    const solved = solveSoftmaxType(problem([group(7, K)], budget), chosen);
    const s = (K * Math.sqrt(budget)) / (K - 1);
    const etf = Array.from({ length: K }, (_, j) => (j === 1 ? s * (1 - 1 / K) : -s / K));
    expect(solved.objective).toBeCloseTo(value(chosen, etf), 12);
    expect(solved.groups[0]!.classifierCosine).toBeCloseTo(-1 / (K - 1), 12);
    // The same from two groups that only look different: the solver does not know the theorem.
    const { instance } = ratioInstance({ majorityClasses: 2, minorityClasses: 4 }, 1, K * Math.sqrt(budget));
    const point = minimiseLoss(instance, chosen);
    expect(point.objective).toBeCloseTo(solved.objective, 10);
  });
});

describe('cross-entropy through the general door', () => {
  it.each([
    [1, 3, 4.135908],
    [1, 5, 1.735416],
    [1, 7, 1.36953],
    [5, 3, 245.4969],
    [5, 5, 12.192447],
    [5, 7, 4.000467],
  ])('E_H = %d, K_A = %d of 10: R0 = %d', (featureBudget, majorityClasses, expected) => {
    const setting = { majorityClasses, minorityClasses: 10 - majorityClasses, featureBudget, classifierBudget: 1 };
    expect(collapseRatio(setting, chooseLoss('cross-entropy'))! / expected).toBeCloseTo(1, 6);
  });

  it.each([
    [1, 0.559782],
    [5, 0.376706],
    [10, 0.261677],
    [100, 0.091299],
  ])('R = %d: loss %d of the authors’ curve', (R, expected) => {
    const solved = solveSoftmaxType(problem([group(R, 5), group(1, 5)]), chooseLoss('cross-entropy'));
    expect(solved.objective).toBeCloseTo(expected, 6);
  });
});

describe('collapse under other losses', () => {
  it.each(['power', 'exponential', 'pairwise-logistic', 'polynomial-tail'] as const)(
    '%s: begins at its ratio',
    (id) => {
      const chosen = chooseLoss(id);
      const setting = { majorityClasses: 3, minorityClasses: 3, featureBudget: 2, classifierBudget: 1 };
      const r0 = collapseRatio(setting, chosen)!;
      const at = (R: number) => minimiseLoss(ratioInstance(setting, R, 6 * Math.sqrt(2)).instance, chosen);
      expect(at(r0 * 1.001).z[1]).toBe(0);
      expect(at(r0 * 0.99).z[1]).toBeGreaterThan(0);
      expect(at(r0 * 0.99).relativeGap).toBeLessThan(1e-9);
    },
  );

  it('never begins where one class is the whole minority, or nothing is lost', () => {
    const one = { majorityClasses: 5, minorityClasses: 1, featureBudget: 5, classifierBudget: 1 };
    expect(collapseRatio(one, chooseLoss('exponential'))).toBeNull();
    const two = { ...one, minorityClasses: 5 };
    expect(collapseRatio(two, chooseLoss('squared-hinge'))).toBeNull();
    // Budgets at which every loss is zero to rounding: nothing is left to tell collapse by.
    const lavish = { ...two, featureBudget: 1e300 };
    for (const { id } of softmaxTypeLosses) expect(collapseRatio(lavish, chooseLoss(id)), id).toBeNull();
  });
});

describe('edges', () => {
  it('keeps the digits of a loss of 1e-45', () => {
    const posed = problem([group(30, 5), group(1, 5)], 1e4);
    const [exact, solved] = [solve(posed), solveSoftmaxType(posed, chooseLoss('cross-entropy'))];
    expect(exact.objective).toBeLessThan(1e-40);
    expect(solved.objective / exact.objective).toBeCloseTo(1, 9);
    expect(solved).toMatchObject({ certified: true, zeroLoss: false });
  });

  it('says that nothing is lost where the squared hinge reaches zero', () => {
    const solved = solveSoftmaxType(problem([group(10, 2), group(1, 2)], 5), chooseLoss('squared-hinge'));
    expect(solved).toMatchObject({ zeroLoss: true, relativeGap: 0 });
    expect(solved.objective).toBeLessThan(1e-12);
  });

  it('keeps the order of the groups as listed', () => {
    const chosen = chooseLoss('exponential');
    const there = solveSoftmaxType(problem([group(10, 2), group(1, 3)], 1), chosen);
    const back = solveSoftmaxType(problem([group(1, 3), group(10, 2)], 1), chosen);
    expect(back.groups[0]!.loss).toBeCloseTo(there.groups[1]!.loss, 12);
    expect(back.groups[1]!.margin).toBeCloseTo(there.groups[0]!.margin, 9);
  });

  it('refuses by name a third distinct count, a shape that is none, weights without a meaning', () => {
    const three = problem([group(3, 1), group(2, 1), group(1, 1)]);
    expect(() => validateTwoShares(three)).toThrow(/^counts: .* got 3$/);
    expect(() => validateTwoShares(problem([group(6, 1), group(3, 2, 2)]))).not.toThrow();
    expect(() => validateLoss('exponential', 2)).toThrow(/^shape 2:/);
    expect(() => validateLoss('power', 0)).toThrow(/^shape: .* got 0$/);
    expect(validateLoss('power', null).shape).toBe(0.5);
    const weighted = problem([group(3, 1), group(2, 1, 5)]);
    expect(() => contrastiveProblem(weighted, 1)).toThrow(/^weights:/);
    expect(() => contrastiveProblem(problem([group(3, 1), group(0, 1)]), 0)).toThrow(/^counts 0: .*temperature: /);
    expect(contrastiveProblem(problem([group(1, 2), group(3, 1), group(1, 1)]), 1).groups).toEqual([
      { samples: 3, classes: 1 },
      { samples: 1, classes: 3 },
    ]);
  });
});
