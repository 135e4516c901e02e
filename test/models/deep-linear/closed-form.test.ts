/** The closed form against checked values, explicit factors, random minimisation and the sample-by-sample objective. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveSquaredLoss } from '../../../src-main/models/deep-linear/closed-form.ts';
import { constructOptimum } from '../../../src-main/models/deep-linear/construct.ts';
import { factorProblem } from '../../../src-main/models/deep-linear/factors.ts';
import type { DeepLinearProblem } from '../../../src-main/models/deep-linear/types.ts';
import { minimiseLbfgs } from '../../../src-main/numerics/lbfgs.ts';
import { randomSource } from '../../../src-main/numerics/random.ts';
import { singularValueDecomposition } from '../../../src-main/numerics/singular-values.ts';
import { norm } from '../../../src-main/numerics/vector.ts';
import { expandSamples, plainObjective } from './reference/factors.ts';

const problem = (counts: number[], M: number, rest: Partial<DeepLinearProblem> = {}): DeepLinearProblem => ({
  counts,
  loss: 'mse',
  bias: false,
  decays: new Array<number>(M).fill(5e-4),
  featureDecay: 5e-4,
  widths: null,
  ...rest,
});

describe('checked values, all decays 5e-4', () => {
  it.each([
    [[200, 100, 50, 50], 1, '0.01894214', ['13.942136', '9.800000', '6.871068', '6.871068']],
    [[200, 100, 50, 50], 3, '0.01221840', ['52.882676', '31.322298', '18.502206', '18.502206']],
    [[100, 100, 100, 100], 1, '0.01980000', null],
    [[100, 100, 100, 100], 2, '0.01388154', ['21.277263', '21.277263', '21.277263', '21.277263']],
    [[100, 100, 100, 100], 3, '0.01262905', null],
  ])('n = %j, M = %d', (counts, M, objective, squares) => {
    const solved = solveSquaredLoss(problem(counts, M));
    expect(solved.objective.toFixed(8)).toBe(objective);
    if (squares) expect(solved.classes.map((c) => (c.classifierNorm ** 2).toFixed(6))).toEqual(squares);
    expect(solved.frame).toBe(new Set(counts).size === 1 ? 'orthogonal frame' : 'general orthogonal frame');
  });
});

const problems = fc
  .record({
    counts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 6 }),
    bias: fc.boolean(),
    exponents: fc.array(fc.double({ min: -4, max: -1.5, noNaN: true }), { minLength: 1, maxLength: 4 }),
    featureExponent: fc.double({ min: -4, max: -2, noNaN: true }),
    width: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ counts, bias, exponents, featureExponent, width }) =>
    problem(counts, exponents.length, {
      bias,
      decays: exponents.map((e) => 10 ** e),
      featureDecay: 10 ** featureExponent,
      widths: exponents.map((_, j) => width + (j % 2)),
    }),
  );

describe('explicit factors', () => {
  it('reach the stated objective, stationary, in rotated hidden spaces of any width, decay and count', () => {
    fc.assert(
      fc.property(problems, (each) => {
        const solved = solveSquaredLoss(each);
        const target = factorProblem(each, each.widths!);
        const bias = solved.classes.map((c) => c.bias);
        const x = constructOptimum(target, solved.form, bias, randomSource(1));
        const gradient = new Float64Array(target.length);
        expect(Math.abs(target.evaluate(x, gradient) / solved.objective - 1)).toBeLessThan(1e-11);
        expect(norm(gradient)).toBeLessThan(1e-10);
        const parts = solved.classes.reduce((sum, c) => sum + c.objective, 0);
        expect(Math.abs(parts / solved.objective - 1)).toBeLessThan(1e-11);
      }),
      { numRuns: 100 },
    );
  });

  it('give the same objective sample by sample, computed plainly', () => {
    for (const bias of [false, true]) {
      const each = problem([5, 3, 2], 2, { bias, decays: [0.01, 0.03], widths: [4, 3] });
      const solved = solveSquaredLoss(each);
      const target = factorProblem(each, each.widths!);
      const x = constructOptimum(
        target,
        solved.form,
        solved.classes.map((c) => c.bias),
        randomSource(2),
      );
      const { weights, features, bias: offset } = target.views(x);
      const { network, labels } = expandSamples(each.counts, weights, features, offset, target.sizes);
      expect(plainObjective(network, { ...each, labels })).toBeCloseTo(solved.objective, 13);
    }
  });
});

describe('no point is lower', () => {
  it('than the closed form, from random starts near and far; the best starts reach it', () => {
    for (const each of [
      problem([30, 20, 10], 1, { widths: [5] }),
      problem([30, 20, 10], 2, { bias: true, widths: [5, 5] }),
      problem([12, 12, 12], 3, { decays: [2e-3, 1e-3, 4e-3], widths: [4, 6, 5] }),
      problem([40, 9, 5, 5], 2, { bias: true, widths: [2, 7] }),
    ]) {
      const { objective } = solveSquaredLoss(each);
      const target = factorProblem(each, each.widths!);
      const { normal } = randomSource(11);
      const ends = [0.5, 0.5, 1, 1, 2].map((scale) => {
        const start = Float64Array.from({ length: target.length }, () => scale * normal());
        return minimiseLbfgs(target.evaluate, start, { gradientTolerance: 1e-9, maxIterations: 3000 }).value;
      });
      ends.forEach((end) => expect(end).toBeGreaterThan(objective * (1 - 1e-12)));
      expect(Math.min(...ends) / objective - 1).toBeLessThan(1e-9);
    }
  });
});

describe('last-layer bias', () => {
  it('balanced: simplex ETF, b = 1/K', () => {
    const solved = solveSquaredLoss(problem([80, 80, 80, 80, 80], 3, { bias: true }));
    expect(solved.frame).toBe('simplex ETF');
    solved.classes.forEach((c) => expect(c.bias).toBe(0.2));
  });

  it('any counts: directions diagonalise D − n nᵀ/N, classifiers sum to zero', () => {
    const counts = [50, 7, 7, 3];
    const N = 67;
    const { directions, form } = solveSquaredLoss(problem(counts, 2, { bias: true }));
    directions.forEach(({ weight }, i) => {
      const u = counts.map((_, k) => form.left[k * 4 + i]!);
      const mean = counts.reduce((sum, n, k) => sum + n * u[k]!, 0) / N;
      u.forEach((value, k) => expect(counts[k]! * (value - mean)).toBeCloseTo(weight * value, 10));
      if (i < 3) expect(u.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    });
    expect(directions[3]).toMatchObject({ weight: 0, state: 'vanished' });
  });

  it('depth 1 is certified by its own dual: max ⟨Q, T⟩ − (N/2)‖Q‖² over ‖Q‖₂ ≤ √(λ_W λ_H)', () => {
    const each = problem([50, 20, 7, 3], 1, { bias: true });
    const solved = solveSquaredLoss(each);
    const target = factorProblem(each, [4]);
    const x = constructOptimum(
      target,
      solved.form,
      solved.classes.map((c) => c.bias),
      randomSource(3),
    );
    const logits = target.layers(x)[1]!;
    const [K, N] = [4, 80];
    const Q = new Float64Array(K * K);
    let value = 0;
    for (let k = 0; k < K; k++)
      for (let j = 0; j < K; j++) {
        const n = each.counts[k]!;
        const T = Math.sqrt(n) * ((j === k ? 1 : 0) - each.counts[j]! / N);
        const q = (T - logits[k * K + j]!) / N;
        Q[k * K + j] = q;
        value += q * T - (N / 2) * q * q;
      }
    expect(singularValueDecomposition(Q, K, K).values[0]!).toBeLessThanOrEqual(5e-4 * (1 + 1e-12));
    expect(value).toBeCloseTo(solved.objective, 14);
  });
});

describe('widths below K', () => {
  it('keep the largest classes; ties are said', () => {
    const each = problem([50, 200, 100, 50], 2, { widths: [9, 2] });
    const solved = solveSquaredLoss(each);
    expect(solved.classes.map((c) => c.vanished)).toEqual([true, false, false, true]);
    expect(solved).toMatchObject({ rank: 2, capacity: 2, tied: false });
    expect(solveSquaredLoss({ ...each, widths: [3, 9] })).toMatchObject({ rank: 3, tied: true });
    expect(solveSquaredLoss({ ...each, widths: [4, 9] })).toMatchObject({ rank: 4, tied: false });
  });
});
