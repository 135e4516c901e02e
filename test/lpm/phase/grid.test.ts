/** Phase grids against single solves described by geometry.ts, at the same points. */
import { describe, expect, it } from 'vitest';
import { majorityClasses, type PhaseAxis, type PhasePoint } from '../../../src-main/lpm/phase/axes.ts';
import { phaseGrid, startPhase, type PhaseRequest } from '../../../src-main/lpm/phase/grid.ts';
import type { PhaseQuantity } from '../../../src-main/lpm/phase/quantity.ts';
import { solve } from '../../../src-main/lpm/solve.ts';
import { ratioProblem } from '../../../src-main/lpm/two-group-problem.ts';
import type { InvalidInput } from '../../../src-main/parameters/specification.ts';

const fixed: PhasePoint = { ratio: 8, budget: 5, share: 0.6, weight: 1.5, classes: 10 };
const axes: Readonly<Record<string, PhaseAxis>> = {
  ratio: { key: 'ratio', from: 0.5, to: 2000, count: 6 },
  budget: { key: 'budget', from: 0.4, to: 30, count: 5 },
  share: { key: 'share', from: 0.05, to: 0.95, count: 7 },
  weight: { key: 'weight', from: 0.5, to: 40, count: 5 },
  classes: { key: 'classes', from: 2, to: 40, count: 6 },
};

/** The quantity by way of the general description of a solution. */
function truth(point: PhasePoint, quantity: PhaseQuantity): number | null {
  const KA = majorityClasses(point);
  const solution = solve(
    ratioProblem({
      majorityClasses: KA,
      minorityClasses: point.classes - KA,
      featureBudget: point.budget / 4,
      classifierBudget: 4,
      minorityWeight: point.weight,
      ratio: point.ratio,
    }),
  );
  const [A, B] = [solution.groups[0]!, solution.groups[1]!];
  switch (quantity) {
    case 'objective':
      return solution.objective;
    case 'classifierNormRatio':
      return B.classifierNorm > 0 ? A.classifierNorm / B.classifierNorm : null;
    case 'classifierCosineMajority':
      return A.classifierCosine;
    case 'classifierCosineMinority':
      return B.classifierCosine;
    case 'featureCosineMajority':
      return A.featureCosine;
    case 'featureCosineMinority':
      return B.featureCosine;
  }
}

describe('phaseGrid', () => {
  it.each([
    ['ratio', 'budget', 'classifierCosineMinority'],
    ['budget', 'ratio', 'featureCosineMinority'],
    ['share', 'ratio', 'classifierCosineMajority'],
    ['weight', 'share', 'featureCosineMajority'],
    ['classes', 'weight', 'classifierNormRatio'],
    ['share', 'classes', 'objective'],
  ] as const)('%s × %s: %s equals single solves, NaN exactly where none exists', (x, y, quantity) => {
    const request: PhaseRequest = { x: axes[x]!, y: axes[y]!, fixed, quantity };
    const { xs, ys, values, worstRelativeGap } = phaseGrid(request);
    expect(worstRelativeGap).toBeLessThan(1e-9);
    ys.forEach((v, row) =>
      xs.forEach((u, column) => {
        const expected = truth({ ...fixed, [x]: u, [y]: v }, quantity);
        const value = values[row * xs.length + column]!;
        if (expected === null) expect(value).toBeNaN();
        else expect(Math.abs(value / expected - 1), `${u}, ${v}`).toBeLessThan(1e-7);
      }),
    );
  });

  it('has cells without a value where the minority has vanished or is a single class', () => {
    const vanishing = phaseGrid({ x: axes['ratio']!, y: axes['budget']!, fixed, quantity: 'classifierCosineMinority' });
    expect(vanishing.values.some(Number.isNaN)).toBe(true);
    const single = phaseGrid({ x: axes['ratio']!, y: axes['share']!, fixed, quantity: 'classifierCosineMinority' });
    expect(single.values.slice(-single.xs.length).every(Number.isNaN)).toBe(true);
  });

  it('computes rows in any order, to the same values', () => {
    const request: PhaseRequest = {
      x: axes['ratio']!,
      y: axes['budget']!,
      fixed,
      quantity: 'classifierCosineMinority',
    };
    const whole = phaseGrid(request);
    const computation = startPhase(request);
    for (const row of [3, 0, 4, 1, 2]) computation.row(row);
    whole.values.forEach((value, i) => {
      if (Number.isNaN(value)) expect(computation.values[i]).toBeNaN();
      else expect(computation.values[i]).toBeCloseTo(value, 10);
    });
    const partial = phaseGrid(request, [2]);
    const width = partial.xs.length;
    expect(partial.values.slice(0, 2 * width).every(Number.isNaN)).toBe(true);
    expect(partial.values.slice(2 * width, 3 * width)).toEqual(whole.values.slice(2 * width, 3 * width));
  });

  it('offers the shares that whole numbers of classes give', () => {
    const { xs } = phaseGrid({
      x: { key: 'share', from: 0.01, to: 0.99, count: 50 },
      y: axes['ratio']!,
      fixed: { ...fixed, classes: 5 },
      quantity: 'objective',
    });
    expect(xs).toEqual([0.2, 0.4, 0.6, 0.8]);
  });

  it('names what is wrong', () => {
    const issues = (request: Partial<PhaseRequest>): string[] => {
      try {
        startPhase({ x: axes['ratio']!, y: axes['budget']!, fixed, quantity: 'objective', ...request });
      } catch (error) {
        return (error as InvalidInput).issues.map(({ field }) => field);
      }
      return [];
    };
    expect(issues({})).toEqual([]);
    expect(issues({ y: axes['ratio']! })).toEqual(['y']);
    expect(issues({ x: { key: 'budget', from: 0, to: 1, count: 1 }, y: axes['ratio']! })).toEqual(['xs', 'xs']);
    expect(issues({ fixed: { ...fixed, classes: 2.5, share: 1 } })).toEqual(['share', 'classes']);
  });
});
