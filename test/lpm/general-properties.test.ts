/** Properties of the optimum that hold for every problem, on random ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveGeneral } from '../../src-main/lpm/general/solve.ts';
import { certificate, fullLogits } from './full-matrix.ts';
import { problem, randomProblems, verify } from './general-problems.ts';
import { projectedGradient } from './reference/projected-gradient.ts';

const runs = { numRuns: 25 };
const sameLoss = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(2e-7);

describe('random problems', () => {
  it('are certified by a dense recomputation on the classes', () => {
    fc.assert(
      fc.property(randomProblems, (posed) => verify(posed, solveGeneral(posed))),
      { numRuns: 60 },
    );
  });

  it('agree with projected gradient on the full matrix', () => {
    const tightness: number[] = [];
    fc.assert(
      fc.property(randomProblems, (posed) => {
        const result = solveGeneral(posed);
        // Both bracket the optimum, however far the reference has converged: each upper end is above the other's lower.
        const reference = certificate(posed, projectedGradient(posed, 400));
        expect(reference.loss).toBeGreaterThan(result.objective - result.gap - 1e-12);
        expect(result.objective).toBeGreaterThan(reference.loss - reference.gap - 1e-12);
        tightness.push(reference.gap / reference.loss);
      }),
      { numRuns: 12 },
    );
    // A bracket of any width would prove nothing: the reference's own is narrow on the middle problem.
    expect(tightness.sort((a, b) => a - b)[6]).toBeLessThan(2e-2);
  });
});

describe('invariances', () => {
  it('the order of the groups does not matter', () => {
    fc.assert(
      fc.property(randomProblems, (posed) => {
        const forward = solveGeneral(posed);
        const backward = solveGeneral({ ...posed, groups: [...posed.groups].reverse() });
        sameLoss(backward.objective, forward.objective);
        const last = posed.groups.length - 1;
        forward.logits.sizes.forEach((size, g) => expect(backward.logits.sizes[last - g]).toBe(size));
        forward.logits.contrasts.forEach((s, g) => expect(backward.logits.contrasts[last - g]! - s).toBeCloseTo(0, 2));
      }),
      runs,
    );
  });

  it('scaling all counts, or moving a factor between counts and weights, does not matter', () => {
    fc.assert(
      fc.property(randomProblems, fc.integer({ min: 2, max: 50 }), (posed, factor) => {
        const { objective } = solveGeneral(posed);
        const scaled = posed.groups.map((g) => ({ ...g, samples: g.samples * factor }));
        const moved = posed.groups.map((g) => ({ ...g, samples: g.samples * g.weight, weight: 1 }));
        sameLoss(solveGeneral({ ...posed, groups: scaled }).objective, objective);
        sameLoss(solveGeneral({ ...posed, groups: moved }).objective, objective);
      }),
      runs,
    );
  });

  it('only the product of the budgets matters, and more budget means less loss', () => {
    fc.assert(
      fc.property(randomProblems, fc.double({ min: 0.1, max: 10, noNaN: true }), (posed, factor) => {
        const { objective } = solveGeneral(posed);
        const traded = problem(posed.groups, posed.featureBudget * factor, 1 / factor);
        sameLoss(solveGeneral(traded).objective, objective);
        expect(solveGeneral(problem(posed.groups, posed.featureBudget * 1.5)).objective).toBeLessThan(objective);
      }),
      runs,
    );
  });

  it('splitting a group leaves the same matrix', () => {
    fc.assert(
      fc.property(randomProblems, (posed) => {
        const split = posed.groups.flatMap((g) =>
          g.classes > 1
            ? [
                { ...g, classes: 1 },
                { ...g, classes: g.classes - 1 },
              ]
            : [g],
        );
        const parts = solveGeneral({ ...posed, groups: split });
        verify({ ...posed, groups: split }, parts);
        const whole = fullLogits(solveGeneral(posed).logits);
        fullLogits(parts.logits).forEach((row, j) =>
          row.forEach((z, k) => expect(z - whole[j]![k]!).toBeCloseTo(0, 6)),
        );
      }),
      runs,
    );
  });

  it('λ is the derivative of the loss by the radius', () => {
    fc.assert(
      fc.property(randomProblems, (posed) => {
        const classes = posed.groups.reduce((sum, g) => sum + g.classes, 0);
        const at = (E_H: number) => solveGeneral(problem(posed.groups, E_H), { tolerance: 1e-10 });
        const h = 1e-4;
        const [lower, middle, upper] = [
          at(posed.featureBudget * (1 - h) ** 2),
          at(posed.featureBudget),
          at(posed.featureBudget * (1 + h) ** 2),
        ];
        const slope = (lower.objective - upper.objective) / (2 * h * classes * Math.sqrt(posed.featureBudget));
        expect(slope / middle.multiplier).toBeCloseTo(1, 4);
      }),
      runs,
    );
  });
});
