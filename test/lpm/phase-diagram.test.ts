/** The phase diagram against single solves at the same points. */
import { expect, it } from 'vitest';
import { phaseDiagram } from '../../src-main/lpm/phase-diagram.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import { ratioProblem } from '../../src-main/lpm/two-group-problem.ts';

it('equals single solves everywhere, NaN exactly where the minority has vanished', () => {
  const setting = { majorityClasses: 6, minorityClasses: 4, classifierBudget: 1, minorityWeight: 1 };
  const ratios = [1, 2, 4, 10, 100, 1e4];
  const budgets = [0.5, 2, 5, 20, 50];
  const diagram = phaseDiagram(setting, ratios, budgets);
  expect(diagram.worstRelativeGap).toBeLessThan(1e-9);
  let vanished = 0;
  budgets.forEach((featureBudget, row) =>
    ratios.forEach((ratio, column) => {
      const truth = solve(ratioProblem({ ...setting, featureBudget, ratio })).groups[1]!.classifierCosine;
      const value = diagram.cosines[row * ratios.length + column]!;
      if (truth === null) {
        vanished++;
        expect(value).toBeNaN();
      } else expect(value).toBeCloseTo(truth, 8);
    }),
  );
  expect(vanished).toBeGreaterThan(0);
});
