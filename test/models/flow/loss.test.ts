/** Loss, gradient and curvature of the flow: against their definitions, finite differences, and where the loss underflows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tangentCurvature, tangentOperator } from '../../../src-main/models/flow/curvature.ts';
import { flowLoss } from '../../../src-main/models/flow/loss.ts';
import { stateLength } from '../../../src-main/models/flow/problem.ts';
import { flowStart } from '../../../src-main/models/flow/start.ts';
import { randomSource } from '../../../src-main/numerics/random.ts';
import { symmetricEigen } from '../../../src-main/numerics/symmetric-eigen.ts';
import { plainLoss } from './reference.ts';

const cases = fc
  .record({
    classes: fc.integer({ min: 2, max: 6 }),
    perClass: fc.integer({ min: 1, max: 3 }),
    dimension: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    scale: fc.constantFrom(0.1, 1, 2),
  })
  .map(({ seed, scale, ...problem }) => {
    const random = randomSource(seed + 1);
    return {
      problem,
      x: flowStart(problem, { kind: 'random', scale, perturbation: 0, seed }),
      u: Float64Array.from({ length: stateLength(problem) }, () => random.normal()),
    };
  });

describe('log L', () => {
  it('and its gradient equal the plain definition', () => {
    fc.assert(
      fc.property(cases, ({ problem, x }) => {
        const gradient = new Float64Array(x.length);
        const value = flowLoss(problem).evaluate(x, gradient);
        const { loss, descent } = plainLoss(problem, x);
        expect(Math.abs(Math.exp(value) - loss)).toBeLessThan(1e-12 * loss);
        const size = Math.hypot(...descent);
        gradient.forEach((g, i) => expect(Math.abs(g * loss + descent[i]!)).toBeLessThan(1e-12 * (size + loss)));
      }),
    );
  });

  it('keeps its relative digits when the loss is far below the smallest double', () => {
    // K = 2, p = 1, w = ±r, h = ±r: z differs by 2r², L = 2 log(1 + e^{−2r²}), ∂ log L/∂w₁ = −r.
    for (const r of [3, 10, 40, 200]) {
      const gradient = new Float64Array(4);
      const value = flowLoss({ classes: 2, perClass: 1, dimension: 1 }).evaluate(
        Float64Array.of(r, -r, r, -r),
        gradient,
      );
      const expected = Math.log(2) + (r < 4 ? Math.log(Math.log1p(Math.exp(-2 * r * r))) : -2 * r * r);
      expect(Math.abs(value - expected)).toBeLessThan(1e-15 * Math.abs(expected) + 1e-15);
      // Both samples pull on w₁: −(1 − p)(h₁ − h₂)/L with (1 − p)/L = ½ up to e^{−2r²}.
      [-r, r, -r, r].forEach((g, i) => expect(Math.abs(gradient[i]! - g)).toBeLessThan(1e-7 * r));
    }
  });
});

describe('second derivatives', () => {
  it('equal finite differences of the gradient', () => {
    fc.assert(
      fc.property(cases, ({ problem, x, u }) => {
        const loss = flowLoss(problem);
        const out = new Float64Array(x.length);
        const value = Math.exp(loss.evaluate(x, out));
        loss.hessianTimes(x, u, out);
        const h = 1e-5;
        const at = (sign: number): number[] =>
          plainLoss(
            problem,
            x.map((v, i) => v + sign * h * u[i]!),
          ).descent;
        const [ahead, behind] = [at(1), at(-1)];
        const size = 1 + Math.hypot(...out) * value;
        out.forEach((v, i) =>
          expect(Math.abs(v * value + (ahead[i]! - behind[i]!) / (2 * h))).toBeLessThan(4e-7 * size),
        );
      }),
    );
  });

  it('give the curvature of the loss along a great circle', () => {
    fc.assert(
      fc.property(cases, ({ problem, x, u }) => {
        const rho = Math.hypot(...x);
        const along = u.reduce((sum, v, i) => sum + v * x[i]!, 0) / rho;
        const tangent = u.map((v, i) => v - (along * x[i]!) / rho);
        const length = Math.hypot(...tangent);
        if (length < 1e-3) return;
        const out = new Float64Array(x.length);
        const direction = tangent.map((v) => v / length);
        tangentOperator(problem, x)(direction, out);
        const curvature = out.reduce((sum, v, i) => sum + v * direction[i]!, 0);
        const at = (angle: number): number =>
          plainLoss(
            problem,
            x.map((v, i) => v * Math.cos(angle) + rho * direction[i]! * Math.sin(angle)),
          ).loss;
        const h = 1e-4;
        const measured = (at(h) - 2 * at(0) + at(-h)) / (h * h) / at(0);
        expect(Math.abs(curvature - measured)).toBeLessThan(1e-5 * (1 + rho ** 4));
      }),
    );
  });

  it('Lanczos finds what a dense decomposition finds in the tangent space', () => {
    fc.assert(
      fc.property(cases, ({ problem, x }) => {
        const n = x.length;
        const length = Math.hypot(...x);
        const unit = x.map((v) => v / length);
        const apply = tangentOperator(problem, x);
        // P A P + (a large number) x̂ x̂ᵀ, so that x̂ itself does not count.
        const dense = new Float64Array(n * n);
        const out = new Float64Array(n);
        for (let j = 0; j < n; j++) {
          const e = unit.map((v, i) => (i === j ? 1 : 0) - v * unit[j]!);
          apply(e, out);
          const radial = out.reduce((sum, v, i) => sum + v * unit[i]!, 0);
          out.forEach((v, i) => (dense[i * n + j] = v - radial * unit[i]! + 1e6 * unit[i]! * unit[j]!));
        }
        const { values } = symmetricEigen(dense, n, false);
        const found = tangentCurvature(problem, x)!;
        const tolerance = 1e-8 * (1 + Math.abs(values[1]!));
        expect(Math.abs(found.value - values[n - 1]!)).toBeLessThan(tolerance + found.residual);
        expect(found.residual).toBeLessThan(1e-6 * (1 + Math.abs(values[1]!)));
      }),
      { numRuns: 40 },
    );
  });

  it('there is no sphere at zero', () => {
    expect(tangentCurvature({ classes: 3, perClass: 1, dimension: 2 }, new Float64Array(12))).toBeNull();
  });
});
