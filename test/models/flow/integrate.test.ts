/**
 * The integrator: against the classical method with tiny steps, against the exact aligned flow at 10^12 and 10^1000, and
 * by what the flow conserves.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignedPoint } from '../../../src-main/models/flow/aligned.ts';
import { integrateFlow, momentGrid, tauOfPower } from '../../../src-main/models/flow/integrate.ts';
import { flowLoss } from '../../../src-main/models/flow/loss.ts';
import { flowMeter } from '../../../src-main/models/flow/measure.ts';
import { validateFlow } from '../../../src-main/models/flow/problem.ts';
import { flowStart } from '../../../src-main/models/flow/start.ts';
import { flowTrajectory, largestDifference } from '../../../src-main/models/flow/trajectory.ts';
import type { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { plainFlow, rowsOf } from './reference.ts';

const start = (problem: Parameters<typeof flowStart>[0], seed: number, scale = 1) =>
  flowStart(problem, { kind: 'random', scale, perturbation: 0, seed });

describe('against the classical method with fixed steps in t', () => {
  it.each([
    [{ classes: 3, perClass: 2, dimension: 3 }, 1],
    [{ classes: 4, perClass: 1, dimension: 2 }, 2],
    [{ classes: 2, perClass: 1, dimension: 1 }, 0.3],
    // Rosenbrock: not separable.
    [{ classes: 3, perClass: 2, dimension: 1 }, 1],
  ])('%j, initial scale %d', (problem, scale) => {
    const x = start(problem, 5, scale);
    const times = [0.1, 1, 10];
    const { moments, end } = flowTrajectory(problem, x, { moments: times.map(Math.log1p), tolerance: 1e-11 });
    expect(end.status).toBe('reached');
    times.forEach((t, m) => {
      const expected = plainFlow(problem, x, t, 4000);
      const size = Math.hypot(...expected);
      moments[m]!.state.forEach((v, i) => expect(Math.abs(v - expected[i]!)).toBeLessThan(2e-9 * size));
    });
  });
});

describe('against the exact aligned flow', () => {
  it.each([
    [2, 1, 1, 12],
    [10, 1, 1, 12],
    [4, 3, 0.01, 12],
    [10, 5, 1, 100],
    [10, 1, 3, 1000],
  ])('K = %d, n = %d, initial scale %d, to t = 10^%d', (classes, perClass, scale, power) => {
    const problem = { classes, perClass, dimension: classes };
    const x = flowStart(problem, { kind: 'aligned', scale, perturbation: 0, seed: 1 });
    const { moments } = flowTrajectory(problem, x, { moments: momentGrid(0, power, 5), tolerance: 1e-10 });
    const gradient = new Float64Array(x.length);
    moments.forEach(({ tau, state }) => {
      const exact = alignedPoint({ classes, perClass, scale }, tau + Math.log(-Math.expm1(-tau)));
      const { W } = rowsOf(problem, state);
      expect(Math.abs(Math.hypot(...W.flat()) / exact.norm - 1)).toBeLessThan(1e-10);
      // log L changes by ρ² times a relative change of ρ: 4,600 of it at 10^1000.
      const logLoss = flowLoss(problem).evaluate(state, gradient);
      expect(Math.abs(logLoss - exact.logLoss)).toBeLessThan(1e-11 * exact.norm ** 2 + 1e-9);
    });
  });

  it('whose own formula satisfies its differential equation and its starting value', () => {
    for (const flow of [
      { classes: 2, perClass: 1, scale: 1 },
      { classes: 10, perClass: 4, scale: 0.05 },
    ]) {
      const { classes: K, perClass: n, scale } = flow;
      const g0 = (scale ** 2 * K) / ((K - 1) * Math.sqrt(n));
      expect(alignedPoint(flow, -40).gap).toBeCloseTo(g0, 12);
      for (const t of [0.01, 1, 100, 1e6]) {
        const h = 1e-4;
        const gap = (e: number): number => alignedPoint(flow, Math.log(t) + e).gap;
        const slope = (gap(h) - gap(-h)) / (2 * h) / t;
        const wanted = (2 * Math.sqrt(n) * K * gap(0)) / (Math.exp(gap(0)) + K - 1);
        expect(Math.abs(slope / wanted - 1)).toBeLessThan(1e-6);
      }
    }
  });
});

describe('any flow', () => {
  const settings = fc.record({
    classes: fc.integer({ min: 2, max: 6 }),
    perClass: fc.integer({ min: 1, max: 3 }),
    dimension: fc.integer({ min: 2, max: 6 }),
    scale: fc.constantFrom(1e-4, 0.1, 1),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });

  it('conserves WᵀW − HHᵀ to 1e-8 at 10^12, lowers the loss, keeps the margin under its bound', () => {
    fc.assert(
      fc.property(settings, ({ scale, seed, ...problem }) => {
        const x = start(problem, seed, scale);
        const { moments, end } = flowTrajectory(problem, x, { moments: momentGrid(-2, 12, 15), tolerance: 1e-9 });
        expect(end.status).toBe('reached');
        const measured = moments.map(flowMeter(problem, x));
        measured.forEach((m, i) => {
          expect(m.drift).toBeLessThan(1e-8);
          expect(m.margin).toBeLessThanOrEqual(m.bound);
          if (i > 0) expect(m.logLoss).toBeLessThan(measured[i - 1]!.logLoss);
        });
      }),
      { numRuns: 12 },
    );
  });

  it('does not depend on which moments are asked for, and a tighter tolerance changes little', () => {
    const problem = { classes: 5, perClass: 2, dimension: 5 };
    const x = start(problem, 3);
    const many = flowTrajectory(problem, x, { moments: momentGrid(-2, 12, 57), tolerance: 1e-9 });
    const few = flowTrajectory(problem, x, { moments: [many.moments[30]!.tau, tauOfPower(12)], tolerance: 1e-9 });
    expect(few.moments[0]!.state).toEqual(many.moments[30]!.state);
    expect(few.end).toMatchObject({ steps: many.end.steps, refused: many.end.refused });
    const tight = flowTrajectory(problem, x, { moments: momentGrid(-2, 12, 57), tolerance: 1e-12 });
    expect(largestDifference(many.moments, tight.moments)).toBeLessThan(1e-6);
    expect(largestDifference(many.moments, many.moments)).toBe(0);
  });

  it('stays at zero, the saddle, for ever', () => {
    const problem = { classes: 4, perClass: 1, dimension: 3 };
    const { moments, end } = flowTrajectory(problem, new Float64Array(24), {
      moments: [tauOfPower(12)],
      tolerance: 1e-8,
    });
    expect(end.status).toBe('reached');
    expect(moments[0]!.state.every((v) => v === 0)).toBe(true);
    const measured = flowMeter(problem, new Float64Array(24))(moments[0]!);
    expect(measured).toMatchObject({ marginRatio: null, stationarity: null, nc2EtfW: null, nc3Dual: null, drift: 0 });
    expect(measured.loss).toBeCloseTo(4 * Math.log(4), 12);
  });

  it('says when the step limit ends it', () => {
    const problem = { classes: 3, perClass: 1, dimension: 3 };
    const options = { moments: [1, tauOfPower(12)], tolerance: 1e-9, maxSteps: 60 };
    const { moments, end } = flowTrajectory(problem, start(problem, 1), options);
    expect(end.status).toBe('max-steps');
    expect(end.steps + end.refused).toBe(60);
    expect(end.tau).toBeLessThan(tauOfPower(12));
    expect(moments.length).toBeLessThan(2);
  });

  it('can be left at any step', () => {
    const problem = { classes: 3, perClass: 1, dimension: 3 };
    const steps = integrateFlow(problem, start(problem, 1), { moments: [tauOfPower(12)], tolerance: 1e-9 });
    expect(steps.next().done).toBe(false);
    expect(steps.return({} as never).done).toBe(true);
  });
});

it('refuses sizes that make no problem, naming each', () => {
  const fields = (classes: number, perClass: number, dimension: number): string[] => {
    try {
      validateFlow({ classes, perClass, dimension });
      return [];
    } catch (error) {
      return (error as InvalidInput).issues.map(({ field }) => field);
    }
  };
  expect(fields(4, 1, 3)).toEqual([]);
  expect(fields(1, 0, 2.5)).toEqual(['k', 'n', 'p']);
  expect(fields(1000, 100, 100)).toEqual(['p']);
});
