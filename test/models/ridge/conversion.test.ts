/** Thresholds and conversions against checked values, the plain solver and each other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singularSpectrum } from '../../../src-main/lpm/geometry.ts';
import { gramDistance } from '../../../src-main/models/frames/distance.ts';
import { gramOf } from '../../../src-main/models/frames/class-frame.ts';
import { layerPeeledFrame } from '../../../src-main/models/frames/references.ts';
import { decaysForBudgets, placeOnMap } from '../../../src-main/models/ridge/conversion.ts';
import { ridgeSpectrum, solveRidge } from '../../../src-main/models/ridge/solve.ts';
import {
  collapseCount,
  collapseDecay,
  collapseRatio,
  collapsingMajority,
  reluVanishingCount,
} from '../../../src-main/models/ridge/thresholds.ts';
import { proximalGradient } from './reference/proximal-gradient.ts';

const base = { loss: 'cross-entropy' as const, bias: false, normalisation: 'sample' as const };
const counts = [
  { samples: 500, classes: 5 },
  { samples: 20, classes: 4 },
];
const several = [...counts, { samples: 90, classes: 2 }];

describe('thresholds', () => {
  it('have the checked values of Hong and Ling’s criterion', () => {
    const setting = { decay: 0.005, normalisation: 'sample' as const };
    expect(collapsingMajority({ ...setting, majorityClasses: 5, minorityClasses: 5 }, 100)).toBeCloseTo(300, 9);
    expect(collapsingMajority({ ...setting, majorityClasses: 3, minorityClasses: 7 }, 100)).toBeCloseTo(1300 / 3, 9);
    expect(collapsingMajority({ ...setting, majorityClasses: 9, minorityClasses: 1 }, 100)).toBeNull();
    expect(collapseCount(0.005, 2000, 'sample')).toBeCloseTo(100, 12);
    expect(collapseDecay(100, 2000, 'sample')).toBeCloseTo(0.005, 15);
  });

  it('are where a plain solver, which knows no formula, collapses', () => {
    // N = 12 with n_B = 1: √1/12.
    const groups = [
      { samples: 5, classes: 2 },
      { samples: 1, classes: 2 },
    ];
    for (const bias of [false, true])
      for (const [factor, collapsed] of [
        [0.9, false],
        [1.05, true],
      ] as const) {
        const l = factor * collapseDecay(1, 12, 'sample');
        const { Z } = proximalGradient({ ...base, bias, groups, classifierDecay: l, featureDecay: l }, 400);
        // Within-minority contrast of the logits.
        const contrast = (Z[2]![2]! - Z[2]![3]! - Z[3]![2]! + Z[3]![3]!) / 2;
        if (collapsed) expect(Math.abs(contrast)).toBeLessThan(1e-10);
        else expect(contrast).toBeGreaterThan(0.1);
      }
  });

  it('in R at fixed n_A are where the solver’s pattern changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 2, max: 6 }),
        fc.double({ min: -3.5, max: -1.5, noNaN: true }),
        fc.constantFrom('sample' as const, 'class' as const),
        (majorityClasses, minorityClasses, log, normalisation) => {
          const decay = 10 ** log;
          const ratio = collapseRatio({ majorityClasses, minorityClasses, decay, normalisation }, 400)!;
          const collapsedAt = (R: number) =>
            solveRidge({
              ...base,
              normalisation,
              groups: [
                { samples: 400, classes: majorityClasses },
                { samples: 400 / R, classes: minorityClasses },
              ],
              classifierDecay: decay,
              featureDecay: decay,
            }).groups[1]!.collapsed;
          expect(collapsedAt(ratio * 1.001)).toBe(true);
          if (ratio > 1.002) expect(collapsedAt(ratio / 1.001)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with ReLU features need more samples than without by K/(K−1)', () => {
    const l = collapseDecay(100, 2000, 'sample');
    expect(reluVanishingCount(l, 2000, 10)).toBeCloseTo(1000 / 9, 9);
  });
});

describe('conversion', () => {
  it('per class is the same problem: same logits, same budgets, either way', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        fc.constantFrom(counts, several),
        (featureBudget, classifierBudget, groups) => {
          const decays = decaysForBudgets(groups, { featureBudget, classifierBudget }, 'class');
          const solution = solveRidge({ ...base, normalisation: 'class', groups, ...decays });
          const exact = groups.length === 2 ? 1e-10 : 1e-5;
          expect(Math.abs(solution.budgets.featureByClass / featureBudget - 1)).toBeLessThan(exact);
          expect(Math.abs(solution.budgets.classifier / classifierBudget - 1)).toBeLessThan(exact);
          const { peeled } = placeOnMap(solution)!;
          const spectrum = singularSpectrum(peeled.logits);
          ridgeSpectrum(solution).forEach((value, i) =>
            expect(Math.abs(value - spectrum[i]!)).toBeLessThan(Math.max(exact, 1e-9) * spectrum[0]! * 10),
          );
          expect(Math.abs(peeled.objective / solution.fit - 1)).toBeLessThan(exact);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('per sample finds decays that spend the budgets, of a geometry that is not the LPM’s', () => {
    for (const groups of [counts, several])
      for (const featureBudget of [5, 20]) {
        const decays = decaysForBudgets(groups, { featureBudget, classifierBudget: 2 }, 'sample');
        const solution = solveRidge({ ...base, groups, ...decays });
        expect(solution.budgets.featureByClass).toBeCloseTo(featureBudget, 6);
        expect(solution.budgets.classifier).toBeCloseTo(2, 6);
        const { peeled } = placeOnMap(solution)!;
        // At its own budgets the Layer-Peeled optimum has the smaller loss, and another geometry.
        expect(peeled.objective).toBeLessThan(solution.fit);
        const frames = [solution.frames, layerPeeledFrame(peeled.logits)].map(({ classifier }) => gramOf(classifier));
        expect(gramDistance(frames[0]!, frames[1]!)).toBeGreaterThan(0.01);
      }
  });

  it('places a network on the map: budgets, ratio and thresholds of the same counts', () => {
    const solution = solveRidge({ ...base, groups: counts, classifierDecay: 5e-4, featureDecay: 5e-4 });
    const place = placeOnMap(solution)!;
    expect(place.ratio).toBeCloseTo(25, 12);
    expect(place.classifierBudget * 9).toBeCloseTo(
      5 * solution.groups[0]!.classifierNorm ** 2 + 4 * solution.groups[1]!.classifierNorm ** 2,
      9,
    );
    // R0 is the LPM's own at these budgets: its minority has collapsed exactly when R is beyond it.
    expect(place.peeled.groups[1]!.collapsed).toBe(place.thresholds!.r0! <= 25);
    expect(placeOnMap(solveRidge({ ...base, groups: counts, classifierDecay: 1, featureDecay: 1 }))).toBeNull();
  });
});
