/** The curves of R0 and R1 on a diagram: the solver itself must change its pattern where they run. */
import { describe, expect, it } from 'vitest';
import {
  majorityClasses,
  type PhaseAxis,
  type PhaseAxisKey,
  type PhasePoint,
} from '../../../src-main/lpm/phase/axes.ts';
import { phaseGrid } from '../../../src-main/lpm/phase/grid.ts';
import { sweepRatios } from '../../../src-main/lpm/sweep.ts';

const fixed: PhasePoint = { ratio: 30, budget: 5, share: 0.6, weight: 1.5, classes: 10 };
const axes: Readonly<Record<string, PhaseAxis>> = {
  ratio: { key: 'ratio', from: 1, to: 1e4, count: 12 },
  budget: { key: 'budget', from: 0.5, to: 50, count: 9 },
  share: { key: 'share', from: 0.05, to: 0.95, count: 9 },
  weight: { key: 'weight', from: 0.5, to: 40, count: 8 },
  classes: { key: 'classes', from: 4, to: 40, count: 8 },
};

function patternAt(point: PhasePoint): 'spread' | 'collapsed' | 'vanished' {
  const KA = majorityClasses(point);
  const { collapsed, vanished } = sweepRatios({
    majorityClasses: KA,
    minorityClasses: point.classes - KA,
    featureBudget: point.budget,
    classifierBudget: 1,
    minorityWeight: point.weight,
    ratios: [point.ratio],
  }).points[0]!;
  return vanished ? 'vanished' : collapsed ? 'collapsed' : 'spread';
}

describe('contours', () => {
  it.each([
    ['ratio', 'budget'],
    ['budget', 'ratio'],
    ['ratio', 'weight'],
    ['weight', 'budget'],
    ['ratio', 'share'],
    ['share', 'budget'],
    ['classes', 'ratio'],
    ['weight', 'classes'],
  ] as const)('%s × %s: the optimum changes its pattern on the curve, within 1e-6 of it', (x, y) => {
    const { contours } = phaseGrid({ x: axes[x]!, y: axes[y]!, fixed, quantity: 'classifierCosineMinority' }, []);
    expect(contours.length).toBeGreaterThan(0);
    const along: PhaseAxisKey = ['ratio', 'weight', 'budget'].includes(x) ? x : y;
    for (const { label, x: us, y: vs } of contours) {
      us.forEach((u, i) => {
        const point: PhasePoint = { ...fixed, [x]: u, [y]: vs[i] };
        // Up in R, down in w_r and in the budgets is towards collapse.
        const towards = along === 'ratio' ? 1 + 1e-6 : 1 - 1e-6;
        const beyond = patternAt({ ...point, [along]: point[along] * towards });
        const before = patternAt({ ...point, [along]: point[along] / towards });
        // A single minority class has nothing to coincide with, so it vanishes from the spread pattern.
        const single = point.classes - majorityClasses(point) === 1;
        const r1 = [single ? 'spread' : 'collapsed', 'vanished'];
        expect([before, beyond]).toEqual(label === 'R₀' ? ['spread', 'collapsed'] : r1);
      });
    }
  });

  it('runs monotonically from edge to edge where both axes are continuous', () => {
    const { contours, xs } = phaseGrid(
      { x: axes['ratio']!, y: axes['budget']!, fixed, quantity: 'classifierCosineMinority' },
      [],
    );
    const r0 = contours.find(({ label }) => label === 'R₀')!;
    expect(r0.x.at(-1)).toBeCloseTo(xs.at(-1)!, 9);
    for (let i = 1; i < r0.x.length; i++) {
      expect(r0.x[i]! / r0.x[i - 1]!).toBeGreaterThan(1 - 1e-12);
      expect(r0.y[i]! / r0.y[i - 1]!).toBeGreaterThan(1 - 1e-12);
    }
  });

  it('falls between the cells it parts where both axes are whole numbers', () => {
    const { contours, xs, ys } = phaseGrid(
      { x: axes['share']!, y: axes['classes']!, fixed, quantity: 'classifierCosineMinority' },
      [],
    );
    const r0 = contours.find(({ label }) => label === 'R₀')!;
    r0.x.forEach((u, i) => {
      expect(ys).toContain(r0.y[i]);
      const right = xs.findIndex((value) => value > u);
      const sides = [xs[right - 1]!, xs[right]!].map((share) => patternAt({ ...fixed, share, classes: r0.y[i]! }));
      expect(sides.filter((pattern) => pattern === 'spread')).toHaveLength(1);
    });
  });

  it('has no curve where a threshold is never reached', () => {
    const { contours } = phaseGrid(
      {
        x: axes['ratio']!,
        y: { ...axes['budget']!, from: 20 },
        fixed: { ...fixed, share: 0.3 },
        quantity: 'objective',
      },
      [],
    );
    expect(contours.map(({ label }) => label)).not.toContain('R₁');
  });
});
