/** The shapes of known data sets, certified; and how a long solve reports, and stops when it is told to. */
import { describe, expect, it } from 'vitest';
import { exponentialTail, groupsOf, iNaturalistLike, imageNetLike } from '../../bench/profiles.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import type { ClassGroup } from '../../src-main/lpm/types.ts';

const posed = (groups: readonly ClassGroup[]) => ({ groups, featureBudget: 5, classifierBudget: 1, dimension: null });

describe('profiles of data sets', () => {
  it.each([
    ['ImageNet-LT, 1,000 classes', imageNetLike(), 1000, 1280, 5, 100],
    ['iNaturalist 2018, 8,142 classes', iNaturalistLike(), 8142, 1000, 2, 238],
  ] as const)('like %s: certified to 1e-7', (_, counts, classes, largest, smallest, distinct) => {
    expect([counts.length, Math.max(...counts), Math.min(...counts)]).toEqual([classes, largest, smallest]);
    const groups = groupsOf(counts);
    expect(groups).toHaveLength(distinct);
    let reports = 0;
    const solution = solve(posed(groups), { onProgress: () => ++reports > 0 });
    expect(solution.status).toBe('solved');
    expect(solution.certified).toBe(true);
    expect(solution.relativeGap).toBeLessThan(1e-7);
    expect(reports).toBeGreaterThan(5);
    // More samples, more of the budget: norms fall with the counts, and the rarest classes vanish or coincide.
    const norms = solution.groups.map((group) => group.classifierNorm);
    norms.slice(1).forEach((norm, i) => expect(norm).toBeLessThan(norms[i]! * (1 + 1e-6)));
    expect(solution.groups.at(-1)!.collapsed).toBe(true);
  });
});

describe('a solve that is told to stop', () => {
  const tail = posed(groupsOf(exponentialTail(300)));

  it.each([1, 2, 6, 14])('ends at the answer to call %d, with a feasible point and its certificate', (stop) => {
    let calls = 0;
    const solution = solve(tail, { onProgress: () => ++calls < stop });
    expect(solution.status).toBe('cancelled');
    expect(calls).toBe(stop);
    expect(solution.certified).toBe(false);
    expect(solution.nuclearNorm / solution.radius).toBeCloseTo(1, 10);
    expect(solution.relativeGap).toBeGreaterThan(1e-7);
    expect(Number.isFinite(solution.relativeGap)).toBe(true);
    expect(solution.lowerBound).toBeLessThan(solution.objective);
  });

  it('is asked inside long iterations too', () => {
    const iterations: number[] = [];
    solve(posed(groupsOf(exponentialTail(500))), {
      onProgress: ({ iteration }) => iterations.push(iteration) < 60,
    });
    // The same iteration comes more than once where it takes longer than the interval.
    expect(new Set(iterations).size).toBeLessThan(iterations.length);
  });

  it('stops below the rank as well, in the relaxation and after it', () => {
    for (const stop of [2, 40]) {
      let calls = 0;
      const { status } = solve(
        { ...posed(groupsOf(exponentialTail(30))), dimension: 3 },
        { onProgress: () => ++calls < stop },
      );
      expect(status).toBe('cancelled');
      expect(calls).toBe(stop);
    }
  });
});
