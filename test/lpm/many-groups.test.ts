/** The general solver: certificates recomputed from full matrices, symmetries, agreement with the two-group solver, a slow reference. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveGeneral } from '../../src-main/lpm/general/solve.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { certificate, fullLogits, inner, lossAndGradient, singularValues } from './full-matrix.ts';

const problem = (groups: readonly (readonly [number, number, number?])[], featureBudget = 5): LpmProblem => ({
  groups: groups.map(([samples, classes, weight = 1]) => ({ samples, classes, weight })),
  featureBudget,
  classifierBudget: 1,
  dimension: null,
});

const groups = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 1, 0.5, 3)),
  {
    minLength: 3,
    maxLength: 6,
  },
);
const budget = fc.double({ min: -1, max: 1.6, noNaN: true }).map((e) => 10 ** e);

describe('random problems of three to six groups', () => {
  it('are feasible and optimal by a certificate computed from scratch', () => {
    fc.assert(
      fc.property(groups, budget, (list, featureBudget) => {
        const given = problem(list, featureBudget);
        const solution = solve(given);
        const check = certificate(given, fullLogits(solution.logits));
        expect(check.nuclearNorm).toBeLessThanOrEqual(check.rho * (1 + 1e-9));
        expect(Math.abs(check.loss / solution.objective - 1)).toBeLessThan(1e-9);
        expect(check.gap / check.loss).toBeLessThan(1.1e-7);
        expect(solution.certified).toBe(true);
      }),
      { numRuns: 60, seed: 21 },
    );
  });

  it('do not depend on order, on the scale of counts, or on how counts and weights share their product', () => {
    fc.assert(
      fc.property(groups, (list) => {
        const truth = solve(problem(list)).objective;
        const same = (other: readonly (readonly [number, number, number?])[]): void => {
          expect(Math.abs(solve(problem(other)).objective / truth - 1)).toBeLessThan(3e-7);
        };
        same([...list].reverse());
        same(list.map(([n, k, w]) => [n * 7, k, w] as const));
        same(list.map(([n, k, w]) => [n * w * 2, k, 0.5] as const));
        // A group split in two of the same share.
        const [[n, , w], ...rest] = list as [(typeof list)[0], ...typeof list];
        expect(
          Math.abs(
            solve(problem([[n, 2, w], [n, 3, w], ...rest])).objective / solve(problem([[n, 5, w], ...rest])).objective -
              1,
          ),
        ).toBeLessThan(3e-7);
      }),
      { numRuns: 15, seed: 22 },
    );
  });
});

it('agrees with the two-group solver', () => {
  for (const R of [1.5, 5, 10, 100, 1e4]) {
    const given = problem([
      [R * 1000, 5],
      [1000, 5],
    ]);
    const general = solveGeneral(given);
    expect(Math.abs(general.objective / solve(given).objective - 1)).toBeLessThan(1e-7);
  }
});

it('is not beaten by Frank-Wolfe, a method that shares nothing with it', () => {
  const given = problem(
    [
      [900, 2],
      [300, 2],
      [40, 2],
    ],
    2,
  );
  const solution = solve(given);
  const K = 6;
  const rho = K * Math.sqrt(2);
  let Z = Array.from({ length: K }, () => new Array<number>(K).fill(0));
  let lower = -Infinity;
  for (let t = 0; t < 3000; t++) {
    const { loss, gradient } = lossAndGradient(given, Z);
    lower = Math.max(lower, loss - inner(gradient, Z) - rho * singularValues(gradient)[0]!);
    // Top singular pair by power iteration.
    let v = Array.from({ length: K }, (_, i) => Math.cos(i + t));
    let u = v;
    for (let i = 0; i < 60; i++) {
      u = gradient.map((row) => row.reduce((sum, value, k) => sum + value * v[k]!, 0));
      v = v.map((_, k) => gradient.reduce((sum, row, j) => sum + row[k]! * u[j]!, 0));
      const norm = Math.hypot(...v);
      v = v.map((value) => value / norm);
    }
    const length = Math.hypot(...u);
    const step = 2 / (t + 2);
    Z = Z.map((row, j) => row.map((value, k) => (1 - step) * value - step * rho * (u[j]! / length) * v[k]!));
  }
  const { loss } = lossAndGradient(given, Z);
  expect(loss).toBeGreaterThanOrEqual(solution.objective * (1 - 1e-7));
  expect(lower).toBeLessThanOrEqual(solution.objective * (1 + 1e-7));
  expect(loss / solution.objective - 1).toBeLessThan(0.01);
});

it('certifies a long tail of 100 distinct counts to 1e-7', () => {
  const counts = Array.from({ length: 100 }, (_, k) => Math.round(1_280_000 * Math.pow(5 / 1280, k / 99)));
  const given = problem(counts.map((n) => [n, 1] as const));
  const solution = solve(given);
  expect(solution.certified).toBe(true);
  const check = certificate(given, fullLogits(solution.logits));
  expect(check.gap / check.loss).toBeLessThan(1.1e-7);
  expect(check.nuclearNorm).toBeLessThanOrEqual(check.rho * (1 + 1e-9));
});

it('classes without samples cost nothing and have no feature', () => {
  const solution = solve(
    problem([
      [100, 3],
      [30, 2],
      [0, 2],
    ]),
  );
  expect(solution.certified).toBe(true);
  expect(solution.groups[2]).toMatchObject({ featureNorm: 0, featureCosine: null });
});
