/** gauss quadrature: against its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussRule } from '../../src-main/numerics/gauss-quadrature.ts';
import { orthonormality } from './matrices.ts';

const measures = fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 6, maxLength: 30 }).chain((points) =>
  fc.record({
    points: fc.constant(Float64Array.from(points, (x) => x / 100)),
    masses: fc
      .array(fc.integer({ min: 1, max: 9 }), { minLength: points.length, maxLength: points.length })
      .map((masses) => Float64Array.from(masses)),
    q: fc.integer({ min: 1, max: 6 }),
  }),
);

describe('Gauss rule of a discrete measure', () => {
  it('integrates polynomials up to degree 2q − 1 and has positive weights inside the range', () => {
    fc.assert(
      fc.property(measures, ({ points, masses, q }) => {
        const { nodes, weights } = gaussRule(points, masses, q);
        for (let degree = 0; degree < 2 * q; degree++) {
          const expected = points.reduce((sum, x, k) => sum + masses[k]! * x ** degree, 0);
          const actual = nodes.reduce((sum, x, a) => sum + weights[a]! * x ** degree, 0);
          expect(Math.abs(actual - expected)).toBeLessThan(1e-10 * masses.length * 9);
        }
        expect(Math.min(...weights)).toBeGreaterThan(0);
        expect(Math.max(...nodes)).toBeLessThanOrEqual(Math.max(...points) + 1e-12);
        expect(Math.min(...nodes)).toBeGreaterThanOrEqual(Math.min(...points) - 1e-12);
      }),
    );
  });

  it('samples orthonormal Lagrange functions: they interpolate polynomials of degree below q', () => {
    fc.assert(
      fc.property(measures, ({ points, masses, q }) => {
        const { nodes, weights, functions } = gaussRule(points, masses, q);
        const n = points.length;
        const matrix = Float64Array.from({ length: n * q }, (_, at) => functions[at % q]![Math.floor(at / q)]!);
        expect(orthonormality(matrix, n, q)).toBeLessThan(1e-11);
        const polynomial = (x: number): number => 1 - 2 * x ** (q - 1);
        points.forEach((x, k) => {
          const value = functions.reduce(
            (sum, psi, a) => sum + (psi[k]! * Math.sqrt(weights[a]!) * polynomial(nodes[a]!)) / Math.sqrt(masses[k]!),
            0,
          );
          expect(value).toBeCloseTo(polynomial(x), 8);
        });
      }),
    );
  });
});
