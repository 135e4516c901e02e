/**
 * Starts and saddles: what each start is, that the derived curvature of a saddle is the smallest one, and that saddles are left
 * at the derived rates.
 */
import { describe, expect, it } from 'vitest';
import { tangentCurvature } from '../../../src-main/models/flow/curvature.ts';
import { tauOfPower } from '../../../src-main/models/flow/integrate.ts';
import { conserved } from '../../../src-main/models/flow/measure.ts';
import { flowStart, type StartKind } from '../../../src-main/models/flow/start.ts';
import { saddleMode } from '../../../src-main/models/flow/saddle.ts';
import { flowTrajectory } from '../../../src-main/models/flow/trajectory.ts';
import type { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { plainFlow, rowsOf } from './reference.ts';

const of = (classes: number, perClass: number, dimension: number) => ({ classes, perClass, dimension });
const startOf = (problem: ReturnType<typeof of>, kind: StartKind, scale = 1, perturbation = 0) =>
  flowStart(problem, { kind, scale, perturbation, seed: 4 });

/** Σ x_i u_i. */
const along = (x: Float64Array, u: Float64Array): number => x.reduce((sum, v, i) => sum + v * u[i]!, 0);

describe('starts', () => {
  it('have classifiers of the asked length; all but random are balanced', () => {
    for (const kind of ['balanced', 'aligned', 'pairs', 'polygon'] as const) {
      const problem = of(6, 2, 6);
      const x = startOf(problem, kind, 0.7);
      expect(Math.hypot(...rowsOf(problem, x).W.flat())).toBeCloseTo(0.7 * Math.sqrt(6), 12);
      expect(Math.max(...conserved(problem, x).map(Math.abs))).toBeLessThan(1e-14);
      const { W } = rowsOf(problem, x);
      W[0]!.forEach((_, l) => expect(Math.abs(W.reduce((sum, w) => sum + w[l]!, 0))).toBeLessThan(1e-14));
    }
    const random = startOf(of(50, 4, 50), 'random', 0.7);
    expect(Math.hypot(...random) / Math.sqrt(250)).toBeCloseTo(0.7, 1);
  });

  it('aligned: a simplex ETF; pairs: coinciding classes; polygon: a plane', () => {
    const cosine = (a: number[], b: number[]): number =>
      a.reduce((sum, v, i) => sum + v * b[i]!, 0) / Math.hypot(...a) / Math.hypot(...b);
    const aligned = rowsOf(of(5, 1, 4), startOf(of(5, 1, 4), 'aligned')).W;
    const pairs = rowsOf(of(6, 1, 4), startOf(of(6, 1, 4), 'pairs')).W;
    const polygon = rowsOf(of(6, 1, 4), startOf(of(6, 1, 4), 'polygon')).W;
    expect(cosine(aligned[1]!, aligned[4]!)).toBeCloseTo(-1 / 4, 12);
    expect(cosine(pairs[2]!, pairs[3]!)).toBeCloseTo(1, 12);
    expect(cosine(pairs[1]!, pairs[4]!)).toBeCloseTo(-1 / 2, 12);
    expect(cosine(polygon[0]!, polygon[1]!)).toBeCloseTo(1 / 2, 12);
    expect(polygon.every((w) => w[2] === 0 && w[3] === 0)).toBe(true);
  });

  it('move by the asked perturbation, the same for the same seed', () => {
    const [exact, moved, again] = [0, 1e-3, 1e-3].map((size) => startOf(of(4, 1, 4), 'pairs', 1, size));
    const distance = Math.hypot(...exact!.map((v, i) => v - moved![i]!));
    expect(distance / Math.hypot(...exact!)).toBeCloseTo(1e-3, 12);
    expect(again).toEqual(moved);
  });

  it.each([
    ['aligned', of(5, 1, 3), 'p'],
    ['pairs', of(5, 1, 3), 'k'],
    ['pairs', of(8, 1, 2), 'p'],
    ['polygon', of(3, 1, 3), 'k'],
    ['polygon', of(4, 1, 1), 'p'],
  ] as const)('%s refuses %j, naming %s', (kind, problem, field) => {
    try {
      startOf(problem, kind);
      expect.unreachable();
    } catch (error) {
      expect((error as InvalidInput).issues.map((issue) => issue.field)).toEqual([field]);
    }
  });
});

describe('critical directions', () => {
  it.each([
    ['pairs', of(4, 1, 4), 1],
    ['pairs', of(6, 2, 4), 2],
    ['polygon', of(4, 1, 3), 2],
    ['polygon', of(10, 2, 10), 3],
    ['polygon', of(7, 1, 4), 0.5],
  ] as const)('%s, %j, scale %d: the derived curvature is the smallest one, negative', (kind, problem, scale) => {
    const x = startOf(problem, kind, scale);
    const mode = saddleMode(problem, x);
    expect(mode.criticality).toBeLessThan(1e-12);
    expect(mode.curvature).toBeLessThan(-0.01);
    const found = tangentCurvature(problem, x)!;
    expect(Math.abs(found.value - mode.curvature!)).toBeLessThan(1e-9 * Math.abs(mode.curvature!) + found.residual);
  });

  it('neural collapse is critical and no saddle', () => {
    for (const problem of [of(4, 2, 4), of(10, 1, 10), of(3, 1, 5)]) {
      const x = startOf(problem, 'aligned', 2);
      const mode = saddleMode(problem, x);
      expect(mode.criticality).toBeLessThan(1e-12);
      expect(mode.growth / mode.multiplier).toBeCloseTo(1, 12);
      const found = tangentCurvature(problem, x)!;
      expect(Math.abs(found.value)).toBeLessThan(1e-9 + found.residual);
    }
  });

  it('full rank leaves no free direction, zero no direction at all', () => {
    expect(saddleMode(of(4, 1, 2), startOf(of(4, 1, 2), 'polygon')).direction).toBeNull();
    expect(() => saddleMode(of(4, 1, 2), new Float64Array(16))).toThrow(RangeError);
  });
});

describe('escape', () => {
  it('from coinciding pairs is exponential with rate √n', () => {
    for (const problem of [of(4, 1, 4), of(6, 3, 5)]) {
      const exact = startOf(problem, 'pairs', 1);
      const { direction } = saddleMode(problem, exact);
      const x = exact.map((v, i) => v + 1e-9 * direction![i]!);
      const times = [1, 2, 4].map((t) => t / Math.sqrt(problem.perClass));
      const { moments } = flowTrajectory(problem, x, { moments: times.map(Math.log1p), tolerance: 1e-12 });
      times.forEach((t, m) => {
        const grown = along(moments[m]!.state, direction!) / 1e-9;
        expect(Math.abs(grown / Math.exp(Math.sqrt(problem.perClass) * t) - 1)).toBeLessThan(1e-5);
      });
      // The plain reference agrees, without any derivation.
      const plain = plainFlow(problem, x, times[2]!, 2000);
      expect(along(Float64Array.from(plain), direction!) / along(moments[2]!.state, direction!)).toBeCloseTo(1, 6);
    }
  });

  it('from a polygon is a power of the norm: d log δ / d log ρ = σ/μ', () => {
    const problem = of(10, 1, 3);
    const exact = startOf(problem, 'polygon', 1.5);
    const { direction } = saddleMode(problem, exact);
    const x = exact.map((v, i) => v + 1e-9 * direction![i]!);
    const { moments } = flowTrajectory(problem, x, { moments: [1, 4].map(tauOfPower), tolerance: 1e-12 });
    const [first, last] = moments.map(({ state }) => ({
      norm: Math.hypot(...state),
      amount: along(state, direction!),
    }));
    // Simpson's rule in log ρ along the exact ray.
    const unit = exact.map((v) => v / Math.hypot(...exact));
    const [from, to] = [Math.log(first!.norm), Math.log(last!.norm)];
    const parts = 40;
    let integral = 0;
    for (let i = 0; i <= parts; i++) {
      const rho = Math.exp(from + ((to - from) * i) / parts);
      const mode = saddleMode(
        problem,
        unit.map((v) => v * rho),
      );
      integral += ((i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2) * mode.growth) / mode.multiplier;
    }
    integral *= (to - from) / parts / 3;
    expect(integral).toBeGreaterThan(3);
    expect(Math.log(last!.amount / first!.amount) / integral).toBeCloseTo(1, 5);
  });
});
