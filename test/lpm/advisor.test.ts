/** The advisor against thresholds that were checked elsewhere, and against a slow program that knows no groups. */
import { describe, expect, it } from 'vitest';
import { minimiseInBall } from '../../src-main/claims/reference/nuclear-ball.ts';
import { advise } from '../../src-main/lpm/advisor/advise.ts';
import { bracketWeight } from '../../src-main/lpm/advisor/critical-weight.ts';
import { restoredProblem, trainingSet, weightedProblem } from '../../src-main/lpm/advisor/training-set.ts';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { classShares } from './full-matrix.ts';

const budgets = { featureBudget: 5, classifierBudget: 1 };
const counts = (...pairs: [number, number][]) => pairs.map(([samples, classes]) => ({ samples, classes }));

/** Largest difference between the rows of two classes of Z in the slow program's optimum: 0 where they coincide. */
function rowDistance(problem: LpmProblem, i: number, j: number): number {
  const shares = classShares(problem);
  const K = shares.length;
  const radius = K * Math.sqrt(problem.featureBudget * problem.classifierBudget);
  const { logits } = minimiseInBall(shares, radius, { steps: 6000, tolerance: 1e-10 });
  return Math.max(...shares.map((_, k) => Math.abs(logits[i * K + k]! - logits[j * K + k]!)));
}

describe('two distinct counts', () => {
  it('gives the checked thresholds and their weights', () => {
    const advice = advise(trainingSet(counts([1000, 5], [10, 5]), budgets, null));
    expect(advice).toMatchObject({ verdict: 'collapsed', method: 'exact', ratio: 100, r1: null });
    expect(advice.r0).toBeCloseTo(12.192447, 6);
    expect(advice.avoidingWeight).toBeCloseTo(100 / 12.192447, 6);
    expect(advice.restoringWeights).toEqual([1, 100]);
    expect(advice.restored.minorityCosine).toBeCloseTo(-1 / 9, 12);
    expect(advice.avoided).toMatchObject({ collapsed: false, certified: true });
    expect(advise(trainingSet(counts([1000, 7], [100, 3]), budgets, null))).toMatchObject({
      verdict: 'vanished',
      r1: expect.closeTo(5.7053, 4),
      now: { minorityCosine: null, vanished: true, collapsed: true },
    });
  });

  it('predicts by the rule w_r > R/R0 what a program without groups finds', () => {
    const set = trainingSet(counts([1000, 2], [100, 2]), { featureBudget: 1, classifierBudget: 1 }, null);
    const { avoidingWeight } = advise(set);
    expect(avoidingWeight! * 3.38).toBeCloseTo(10, 2);
    expect(rowDistance(weightedProblem(set, avoidingWeight! * 0.98), 2, 3)).toBeLessThan(1e-13);
    expect(rowDistance(weightedProblem(set, avoidingWeight! * 1.02), 2, 3)).toBeGreaterThan(0.01);
  });

  it('has nothing to avoid where nothing collapses', () => {
    const mild = advise(trainingSet(counts([100, 5], [20, 5]), budgets, null));
    expect(mild).toMatchObject({ verdict: 'safe', avoided: null });
    expect(mild.avoidingWeight).toBeLessThan(1);
    expect(advise(trainingSet(counts([100, 4]), budgets, null))).toMatchObject({ verdict: 'balanced', r0: null });
    const single = advise(trainingSet(counts([100, 5], [50, 1]), budgets, null));
    expect(single).toMatchObject({ verdict: 'single', r0: null, avoidingWeight: null, avoided: null });
  });
});

describe('more distinct counts', () => {
  it('brackets the weight that a program without groups confirms', () => {
    const set = trainingSet(counts([300, 2], [60, 2], [5, 2]), { featureBudget: 2, classifierBudget: 1 }, null);
    const advice = advise(set);
    expect(advice).toMatchObject({ verdict: 'collapsed', method: 'bracketed', precision: 1e-6 });
    expect(rowDistance(weightedProblem(set, advice.avoidingWeight! * 0.97), 4, 5)).toBeLessThan(1e-13);
    expect(rowDistance(weightedProblem(set, advice.avoidingWeight! * 1.03), 4, 5)).toBeGreaterThan(0.01);
    expect(advice.restored.minorityCosine).toBeCloseTo(-1 / 5, 10);
  });

  it('tends to the exact answer as two counts meet', () => {
    // 100001 and 100000 samples are nearly one group of five classes, so R0 is nearly that of two groups.
    const near = advise(trainingSet(counts([100_001, 3], [100_000, 2], [1000, 5]), budgets, null), { precision: 1e-7 });
    expect(near.method).toBe('bracketed');
    expect(near.r0! / 12.192447).toBeCloseTo(1, 4);
    expect(near.r1).toBeNull();
  });

  it('takes every class of at most n samples as minority', () => {
    const set = trainingSet(counts([100, 1], [10, 1], [100, 2], [5, 1], [10, 1]), budgets, 10);
    expect(set.groups).toEqual([
      { samples: 100, classes: 3, minority: false },
      { samples: 10, classes: 2, minority: true },
      { samples: 5, classes: 1, minority: true },
    ]);
    expect(restoredProblem(set).groups.map(({ weight }) => weight)).toEqual([1, 10, 20]);
    expect(weightedProblem(set, 3).groups.map(({ weight }) => weight)).toEqual([1, 3, 3]);
  });
});

describe('bracketWeight', () => {
  const search = (holds: (weight: number) => boolean, precision = 1e-9) => {
    const steps = bracketWeight(holds, precision);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  };

  it.each([1e-9, 0.3, 1.0001, 7, 4e10])('encloses a crossing at %d', (at) => {
    const { below, above } = search((weight) => weight < at)!;
    expect(below).toBeLessThan(at);
    expect(above).toBeGreaterThanOrEqual(at);
    expect(above / below - 1).toBeLessThan(2e-9);
  });

  it('gives null where there is none', () => {
    expect(search(() => true)).toBeNull();
    expect(search(() => false)).toBeNull();
  });
});

describe('what cannot be advised on', () => {
  it.each([
    ['a class without samples', counts([10, 2], [0, 1]), null, 'counts 0'],
    ['a minority of nobody', counts([10, 2], [5, 1]), 4, 'atMost 4'],
    ['a minority of everybody', counts([10, 2], [5, 1]), 10, 'atMost 10'],
    ['one class', counts([10, 1]), null, 'counts'],
  ])('%s is refused by name', (_, given, atMost, field) => {
    const attempt = (): unknown => trainingSet(given, budgets, atMost);
    expect(attempt).toThrow(InvalidInput);
    expect(attempt).toThrow(new RegExp(`^${field}:`));
  });
});
