/** The two Runge-Kutta pairs: their orders by halving the step, their error estimates, and stiffness; and the LU they need. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dormandPrince, type Derivative, type RungeKuttaStep } from '../../src-main/numerics/dormand-prince.ts';
import { luFactors, luSolve } from '../../src-main/numerics/linear-solve.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { rosenbrock, type Jacobian } from '../../src-main/numerics/rosenbrock.ts';
import { naiveProduct } from './matrices.ts';

/** y₁' = −y₁², y₂' = y₁ y₂: y₁ = 1/(1 + s), y₂ = 1 + s from (1, 1). */
const f: Derivative = (y, dy) => {
  dy[0] = -y[0]! * y[0]!;
  dy[1] = y[0]! * y[1]!;
};
const jacobian: Jacobian = (y, J) => J.set([-2 * y[0]!, 0, y[1]!, y[0]!]);

type Step = (y: Float64Array, slope: Float64Array, h: number) => RungeKuttaStep;

/** Error at s = 1 after `count` equal steps. */
function errorAfter(step: Step, count: number): number {
  let y = Float64Array.of(1, 1);
  const slope = new Float64Array(2);
  f(y, slope);
  for (let i = 0; i < count; i++) {
    const { end, slope: next } = step(y, slope, 1 / count);
    y = end.slice();
    slope.set(next);
  }
  return Math.hypot(y[0]! - 0.5, y[1]! - 2);
}

describe.each([
  ['Dormand-Prince', dormandPrince(2, f), 5],
  ['Rosenbrock', rosenbrock(2, f, jacobian), 4],
])('%s', (_, step, order) => {
  it(`converges with order ${order} at least`, () => {
    expect(Math.log2(errorAfter(step, 16) / errorAfter(step, 32))).toBeGreaterThan(order - 0.3);
    expect(errorAfter(step, 32)).toBeLessThan(1e-6);
  });

  it('gives the slope at the end, and an error estimate of the next lower order', () => {
    const y = Float64Array.of(1, 1);
    const slope = Float64Array.of(-1, 1);
    const estimate = (h: number): number => {
      const { end, slope: last, error } = step(y, slope, h);
      const expected = new Float64Array(2);
      f(end, expected);
      expect([...last]).toEqual([...expected]);
      return Math.hypot(...error);
    };
    expect(Math.log2(estimate(0.05) / estimate(0.025))).toBeCloseTo(order, 0);
  });
});

it('Rosenbrock takes steps far beyond the fast time scale', () => {
  // y' = −10⁸ (y − z), z' = −z: after the transient y = z.
  const stiff: Derivative = (y, dy) => {
    dy[0] = -1e8 * (y[0]! - y[1]!);
    dy[1] = -y[1]!;
  };
  const step = rosenbrock(2, stiff, (_, J) => J.set([-1e8, 1e8, 0, -1]));
  let y = Float64Array.of(5, 1);
  const slope = new Float64Array(2);
  for (let i = 0; i < 50; i++) {
    stiff(y, slope);
    y = step(y, slope, 0.02).end.slice();
  }
  expect(y[1]).toBeCloseTo(Math.exp(-1), 7);
  expect(y[0]).toBeCloseTo(Math.exp(-1), 7);
});

it('LU solves random systems and refuses a singular one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 20 }), (seed, n) => {
      const random = randomSource(seed);
      const a = Float64Array.from({ length: n * n }, () => random.normal());
      const x = Float64Array.from({ length: n }, () => random.normal());
      const found = luSolve(luFactors(a, n)!, naiveProduct(a, x, n, n, 1));
      const back = naiveProduct(a, found, n, n, 1);
      const wanted = naiveProduct(a, x, n, n, 1);
      back.forEach((value, i) =>
        expect(Math.abs(value - wanted[i]!)).toBeLessThan(1e-12 * n * (1 + Math.hypot(...found))),
      );
    }),
  );
  expect(luFactors(Float64Array.of(0, 0, 0, 1), 2)).toBeNull();
});
