/** p below the rank: equal to the best of many plain descents, first-order optimal by a check of its own, bounded below. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifiersAndFeatures, spectrumSize } from '../../src-main/lpm/geometry.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { classShares, fullLogits, lossAndGradient } from './full-matrix.ts';
import { group, problem } from './general-problems.ts';
import { bestByDescent } from './reference/rank-descent.ts';

/** ‖(∇f H^T + λ'W, W^T∇f + λ''H)‖ over the movement of 1, relative to f, from the pair W, H itself. */
function firstOrderResidual(posed: LpmProblem, p: number): number {
  const solution = solve({ ...posed, dimension: p });
  const K = solution.groups.length;
  const { classifiers, features } = classifiersAndFeatures(solution.problem, solution.logits, p);
  const { loss, gradient } = lossAndGradient(posed, fullLogits(solution.logits));
  // Each ball has its own multiplier: what is left of the gradient off the direction of W (of H).
  const tangential = (gradientOf: number[], x: number[]): number => {
    const dot = gradientOf.reduce((sum, value, i) => sum + value * x[i]!, 0);
    const square = x.reduce((sum, value) => sum + value * value, 0);
    return gradientOf.reduce((sum, value, i) => sum + (value - (dot / square) * x[i]!) ** 2, 0) * square;
  };
  const dW: number[] = [];
  const dH: number[] = [];
  for (let k = 0; k < K; k++)
    for (let i = 0; i < p; i++) {
      let [w, h] = [0, 0];
      for (let j = 0; j < K; j++) {
        w += gradient[k]![j]! * features[i * K + j]!;
        h += gradient[j]![k]! * classifiers[j * p + i]!;
      }
      dW.push(w);
      dH.push(h);
    }
  const H = Array.from({ length: K * p }, (_, n) => features[(n % p) * K + Math.floor(n / p)]!);
  return Math.sqrt(tangential(dW, [...classifiers]) + tangential(dH, H)) / loss;
}

describe('against plain descent from many starts', () => {
  it.each([
    ['K = 6, R = 10, p = 1', problem([group(10, 3), group(1, 3)]), 1],
    ['K = 6, R = 10, p = 2', problem([group(10, 3), group(1, 3)]), 2],
    ['K = 8, R = 3, p = 2', problem([group(3, 4), group(1, 4)], 2), 2],
    ['K = 8, balanced, p = 3', problem([group(1, 8)]), 3],
    ['K = 7, a tail, p = 2', problem([400, 200, 100, 50, 25, 12, 6].map((samples) => group(samples, 1))), 2],
    ['K = 5, small budgets, p = 1', problem([group(5, 2), group(1, 3)], 0.5), 1],
  ])('%s', (_, posed, p) => {
    const solution = solve({ ...posed, dimension: p });
    expect(solution.optimality).toBe('local');
    expect(solution.status).toBe('solved');
    expect(solution.stationarity).toBeLessThan(1e-6);
    expect(solution.certified).toBe(false);
    expect(solution.lowerBound).toBeLessThan(solution.objective);
    expect(solution.objective - solution.gap).toBeCloseTo(solution.lowerBound, 12);
    const reference = bestByDescent(
      { shares: classShares(posed), featureBudget: posed.featureBudget, classifierBudget: posed.classifierBudget, p },
      24,
      500,
    );
    expect(Math.abs(solution.objective / reference - 1)).toBeLessThan(1e-9);
  });
});

describe('first-order conditions of W and H, each in its ball', () => {
  it.each([1, 2, 3, 4])('hold for p = %d', (p) => {
    expect(firstOrderResidual(problem([group(500, 3), group(100, 4), group(7, 1)]), p)).toBeLessThan(3e-6);
  });

  it('hold on random problems, whose loss lies between the relaxation and the loss at p − 1', () => {
    const random = fc.record({
      counts: fc.array(fc.constantFrom(1, 2, 5, 20, 50, 100, 200), { minLength: 4, maxLength: 7 }),
      budget: fc.double({ min: -0.5, max: 1.2, noNaN: true }).map((x) => 10 ** x),
      p: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(random, ({ counts, budget, p }) => {
        const posed = problem(
          counts.map((samples) => group(samples, 1)),
          budget,
        );
        const relaxed = solve(posed);
        const solution = solve({ ...posed, dimension: p });
        expect(solution.objective).toBeGreaterThanOrEqual(relaxed.lowerBound);
        expect(spectrumSize(solution.logits).rank).toBeLessThanOrEqual(p);
        if (solution.optimality === 'global') {
          expect(Math.abs(solution.objective / relaxed.objective - 1)).toBeLessThan(1e-9);
          return;
        }
        expect(firstOrderResidual(posed, p)).toBeLessThan(3e-6);
        if (p > 1) {
          const narrower = solve({ ...posed, dimension: p - 1 });
          expect(solution.objective).toBeLessThan(narrower.objective * (1 + 1e-6));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('p at the rank is the relaxation, global and without a stationarity to report', () => {
    const posed = problem([group(10, 3), group(1, 3)]);
    const { rank, objective } = solve(posed);
    const at = solve({ ...posed, dimension: rank });
    expect(at.optimality).toBe('global');
    expect(at.stationarity).toBeNull();
    expect(at.objective).toBe(objective);
    expect(solve({ ...posed, dimension: rank - 1 }).objective).toBeGreaterThan(objective);
  });
});
