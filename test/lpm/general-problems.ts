/** Problems and measures shared by the tests of the general solver. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ClassGroup, LpmProblem, SolverResult } from '../../src-main/lpm/types.ts';
import { certificate, fullLogits } from './full-matrix.ts';

export function group(samples: number, classes: number, weight = 1): ClassGroup {
  return { samples, classes, weight };
}

export function problem(groups: readonly ClassGroup[], featureBudget = 5, classifierBudget = 1): LpmProblem {
  return { groups, featureBudget, classifierBudget, dimension: null };
}

/** 3–6 groups, up to 5 classes each, counts over three decades, budgets over two. */
export const randomProblems: fc.Arbitrary<LpmProblem> = fc
  .record({
    groups: fc.array(
      fc.record({
        samples: fc.double({ min: 0, max: 3, noNaN: true }).map((x) => Math.round(10 ** x)),
        classes: fc.integer({ min: 1, max: 4 }),
        weight: fc.constantFrom(1, 1, 0.5, 3),
      }),
      { minLength: 3, maxLength: 6 },
    ),
    budget: fc.double({ min: -0.5, max: 1.5, noNaN: true }).map((x) => 10 ** x),
  })
  .map(({ groups, budget }) => problem(groups, budget));

/** Re-derives everything a result claims from the full K×K matrix, sharing no code with the solver. */
export function verify(posed: LpmProblem, result: SolverResult, tolerance = 1e-7): void {
  expect(result.status).toBe('solved');
  const { loss, nuclearNorm, rho, gap } = certificate(posed, fullLogits(result.logits));
  expect(nuclearNorm / rho).toBeLessThan(1 + 1e-11);
  expect(Math.abs(loss / result.objective - 1)).toBeLessThan(1e-11);
  expect(gap / loss).toBeLessThan(tolerance + 1e-12);
  expect(Math.abs(gap - result.gap) / loss).toBeLessThan(1e-10);
}
