/** L-BFGS against functions whose minimisers are known: a quadratic, Rosenbrock's valley, a log-sum-exp. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLbfgs, minimiseLbfgs, type Differentiable } from '../../src-main/numerics/lbfgs.ts';
import { randomSource } from '../../src-main/numerics/random.ts';

/** ½ xᵀ diag(c) x − 1ᵀx: minimiser 1/c. */
function quadratic(curvatures: readonly number[]): Differentiable {
  return (x, g) =>
    curvatures.reduce((sum, c, i) => {
      g[i] = c * x[i]! - 1;
      return sum + (c * x[i]! ** 2) / 2 - x[i]!;
    }, 0);
}

const rosenbrock: Differentiable = (x, g) => {
  let value = 0;
  g.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const a = 1 - x[i]!;
    const b = x[i + 1]! - x[i]! ** 2;
    value += a * a + 100 * b * b;
    g[i] = g[i]! - 2 * a - 400 * x[i]! * b;
    g[i + 1] = g[i + 1]! + 200 * b;
  }
  return value;
};

describe('L-BFGS', () => {
  it('meets the minimiser of a quadratic of condition 1e6', () => {
    const curvatures = Array.from({ length: 30 }, (_, i) => 10 ** (-3 + (6 * i) / 29));
    const found = minimiseLbfgs(quadratic(curvatures), new Float64Array(30), { gradientTolerance: 1e-9 });
    expect(found.status).toBe('converged');
    curvatures.forEach((c, i) => expect(Math.abs(found.x[i]! * c - 1)).toBeLessThan(1e-8));
  });

  it("walks Rosenbrock's valley in ten dimensions from random starts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { normal } = randomSource(seed);
        // Near (1, …, 1): farther out the function has a second stationary minimum.
        const start = Float64Array.from({ length: 10 }, () => 1 + 0.3 * normal());
        const found = minimiseLbfgs(rosenbrock, start);
        expect(found.status).toBe('converged');
        found.x.forEach((entry) => expect(Math.abs(entry - 1)).toBeLessThan(1e-9));
      }),
      { numRuns: 20 },
    );
  });

  it('drives the gradient far below the square root of rounding', () => {
    // log(e^x + e^−x) + y²/2 + 1: its value near the minimum is flat to 1e-16 long before the gradient is small.
    const f: Differentiable = (x, g) => {
      g[0] = Math.tanh(x[0]!);
      g[1] = x[1]!;
      return Math.log(2 * Math.cosh(x[0]!)) + x[1]! ** 2 / 2 + 1;
    };
    const found = minimiseLbfgs(f, Float64Array.of(2, -3), { gradientTolerance: 1e-14 });
    expect(found.status).toBe('converged');
    expect(Math.abs(found.x[0]!)).toBeLessThan(1e-13);
  });

  it('stays inside the domain of a function that is not defined everywhere', () => {
    const barrier: Differentiable = (x, g) => {
      g[0] = 1 - 1e-3 / x[0]!;
      return x[0]! - 1e-3 * Math.log(x[0]!);
    };
    const found = minimiseLbfgs(barrier, Float64Array.of(50));
    expect(found.x[0]!).toBeCloseTo(1e-3, 10);
  });

  it('ends by its status, never by an exception: limits, non-finite functions', () => {
    expect(minimiseLbfgs(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 3 })).toMatchObject({
      status: 'max-iterations',
      iterations: 3,
    });
    const hopeless = createLbfgs((_, g) => (g.fill(1), NaN), Float64Array.of(1));
    hopeless.step();
    expect(hopeless.step()).toBe('stalled');
    expect(minimiseLbfgs(quadratic([1]), Float64Array.of(1))).toMatchObject({ status: 'converged', iterations: 0 });
  });
});
