/** Problems of many distinct counts: certified on the classes by a dense recomputation. */
import { describe, expect, it } from 'vitest';
import { solveGeneral } from '../../src-main/lpm/general/solve.ts';
import type { ClassGroup } from '../../src-main/lpm/types.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { group, problem, verify } from './general-problems.ts';

const tail = (K: number): ClassGroup[] =>
  Array.from({ length: K }, (_, k) => group(Math.round(1_280_000 * (5000 / 1_280_000) ** (k / (K - 1))), 1));

const random = randomSource(11);
const profiles: Readonly<Record<string, readonly ClassGroup[]>> = {
  'exponential, below the grid size': tail(50),
  exponential: tail(100),
  'log-normal': Array.from({ length: 80 }, () => group(1 + Math.round(1000 * Math.exp(1.5 * random.normal())), 1)),
  clustered: Array.from({ length: 90 }, (_, k) => group([100_000, 10_000, 500, 20][k % 4]! + k, 1 + (k % 2))),
  'a step and a tail': Array.from({ length: 90 }, (_, k) =>
    group(k < 45 ? 100_000 : Math.round(50_000 * 0.001 ** ((k - 45) / 45)), 1),
  ),
  'an outlier and an empty class': [group(1e9, 1), group(0, 3), ...tail(70)],
};

describe('long tails', () => {
  it.each(Object.entries(profiles))('%s', (_, groups) => {
    const posed = problem(groups);
    verify(posed, solveGeneral(posed));
  });

  it('300 distinct counts: solved, about a third of the singular values positive', () => {
    const result = solveGeneral(problem(tail(300)));
    expect(result.status).toBe('solved');
    expect(result.gap / result.objective).toBeLessThan(1e-7);
    expect(result.logits.rank).toBeGreaterThan(85);
    expect(result.logits.rank).toBeLessThan(130);
  });

  it('a grid that falls short is finished on the groups', () => {
    const posed = problem(tail(70));
    verify(posed, solveGeneral(posed, { tolerance: 1e-10 }), 1e-10);
  });

  it('cancels on a grid with the best point so far', () => {
    const result = solveGeneral(problem(tail(100)), { onProgress: ({ iteration }) => iteration < 3 });
    expect(result.status).toBe('cancelled');
    expect(Number.isFinite(result.gap)).toBe(true);
    expect(result.logits.sizes).toHaveLength(100);
  });
});
