/** Effective ranks, initialisations and decays of a factorised layer, against definitions and finite differences. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decay, imbalance, nuclearNorm, type DecayOn } from '../../../src-main/models/low-rank/decay.ts';
import { effectiveRanks } from '../../../src-main/models/low-rank/effective-rank.ts';
import {
  denseInitialisation,
  initialFactors,
  parameterCounts,
  product,
  spectralFactors,
} from '../../../src-main/models/low-rank/initialisation.ts';
import { singularValues } from '../../lpm/full-matrix.ts';
import { differences, farthest, randomMatrix, squares, timesTransposed } from './plain.ts';

const rows = (Z: Float64Array, m: number, n: number): number[][] =>
  Array.from({ length: m }, (_, i) => Array.from(Z.slice(i * n, i * n + n)));

describe('effective ranks', () => {
  it('are what they are on a spectrum worked by hand', () => {
    // σ = (2, 1, 1): ‖W‖_F² = 6, ‖W‖_* = 4, p = (½, ¼, ¼) with entropy 1.5 log 2.
    const ranks = effectiveRanks([2, 1, 1, 0]);
    expect(ranks.stable).toBeCloseTo(6 / 4, 14);
    expect(ranks.nuclear).toBeCloseTo(16 / 6, 14);
    expect(ranks.entropy).toBeCloseTo(2 ** 1.5, 14);
    expect(ranks.count).toBe(3);
  });

  it('equal the rank on flat spectra of any size, without overflow', () => {
    for (const size of [1e-200, 1, 1e200]) {
      const { stable, nuclear, entropy, count } = effectiveRanks([size, size, size, 0, 0]);
      for (const value of [stable!, nuclear!, entropy!, count]) expect(value).toBeCloseTo(3, 12);
    }
  });

  it('1 ≤ stable ≤ nuclear ≤ entropy ≤ rank, whatever the scale', () => {
    const spectrum = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(spectrum, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, factor) => {
        const { stable, nuclear, entropy } = effectiveRanks(values);
        const chain = [1, stable!, nuclear!, entropy!, values.length];
        chain.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(chain[i]! * (1 - 1e-12)));
        const scaled = effectiveRanks(values.map((value) => factor * value));
        expect(scaled.entropy! / entropy!).toBeCloseTo(1, 10);
        expect(scaled.nuclear! / nuclear!).toBeCloseTo(1, 10);
      }),
    );
  });

  it('count by their tolerance', () => {
    expect(effectiveRanks([1, 1e-3, 1e-9]).count).toBe(2);
    expect(effectiveRanks([1, 1e-3, 1e-9], 1e-2).count).toBe(1);
    expect(effectiveRanks([1, 1e-3, 1e-9], 0).count).toBe(3);
  });

  it('do not exist for the zero matrix or one that is not finite, and say why', () => {
    for (const values of [[], [0, 0]]) {
      const ranks = effectiveRanks(values);
      expect(ranks).toMatchObject({ stable: null, nuclear: null, entropy: null, count: 0 });
      expect(ranks.reason).toContain('zero');
    }
    expect(effectiveRanks([1, NaN]).reason).toContain('singular value 2 is NaN');
    expect(effectiveRanks([Infinity]).reason).toContain('Infinity');
  });
});

describe('initialisations', () => {
  const [m, n, seed] = [6, 9, 4];
  const dense = denseInitialisation(m, n, 0.3, seed);

  it('spectral: no rank-r matrix is closer to the dense one, and the factors are balanced', () => {
    const sigma = singularValues(rows(dense, m, n));
    for (const r of [1, 3, 6]) {
      const factors = initialFactors('spectral', m, n, r, 0.3, seed);
      const W = product(factors);
      const rest = squares(sigma.slice(r));
      expect(squares(W.map((value, i) => value - dense[i]!))).toBeCloseTo(rest, 12);
      expect(imbalance(factors)).toBeLessThan(1e-13);
      expect(squares(factors.left)).toBeCloseTo(
        sigma.slice(0, r).reduce((a, b) => a + b, 0),
        12,
      );
    }
  });

  it('spectral ones: the same directions with all values 1', () => {
    const [ones, spectral] = (['spectral-ones', 'spectral'] as const).map((scheme) =>
      product(initialFactors(scheme, m, n, 3, 0.3, seed)),
    );
    const sigma = singularValues(rows(ones!, m, n)).slice(0, m);
    expect(farthest(sigma, [1, 1, 1, 0, 0, 0])).toBeLessThan(1e-12);
    // Same row space: ones·spectralᵀ has the singular values of the spectral one.
    const cross = rows(timesTransposed(ones!, spectral!, m, n, m), m, m);
    expect(farthest(singularValues(cross), singularValues(rows(spectral!, m, n)).slice(0, m))).toBeLessThan(1e-12);
  });

  it('plain: entries of the product have the deviation of the dense layer', () => {
    const W = product(initialFactors('plain', 60, 50, 8, 0.3, 1));
    expect(Math.sqrt(squares(W) / W.length)).toBeCloseTo(0.3, 1);
  });

  it('are the same for the same seed, and refuse ranks that do not fit', () => {
    expect(initialFactors('plain', 4, 5, 2, 1, 9)).toEqual(initialFactors('plain', 4, 5, 2, 1, 9));
    expect(initialFactors('plain', 4, 5, 2, 1, 9)).not.toEqual(initialFactors('plain', 4, 5, 2, 1, 8));
    for (const r of [0, 5, 1.5])
      expect(() => spectralFactors(randomMatrix(4, 5, 1), 4, 5, r)).toThrow(
        `1 to 4 is needed for a 4×5 matrix, got ${r}`,
      );
  });

  it('fewer parameters exactly below mn/(m+n)', () => {
    expect(parameterCounts(10, 512, 9)).toEqual({ dense: 5120, factorised: 4698, breakEven: 5120 / 522, fewer: true });
    expect(parameterCounts(10, 512, 10).fewer).toBe(false);
    expect(parameterCounts(4, 4, 2).fewer).toBe(false);
  });
});

describe('decay', () => {
  const [m, n, r, lambda] = [4, 5, 3, 0.7];
  const x = randomMatrix(1, (m + n) * r, 3);
  const factorsOf = (at: Float64Array) => ({
    rows: m,
    columns: n,
    rank: r,
    left: at.slice(0, m * r),
    right: at.slice(m * r),
  });

  it.each(['factors', 'product'] satisfies DecayOn[])('on the %s: gradient by finite differences', (on) => {
    const { left, right } = decay(on, lambda, factorsOf(x));
    const numeric = differences((at) => decay(on, lambda, factorsOf(at)).value, x);
    expect(farthest([...left, ...right], numeric)).toBeLessThan(1e-8);
  });

  it('values by their definitions', () => {
    const factors = factorsOf(x);
    const W = timesTransposed(factors.left, factors.right, m, r, n);
    expect(decay('product', lambda, factors).value).toBeCloseTo((lambda / 2) * squares(W), 10);
    expect(decay('factors', lambda, factors).value).toBeCloseTo((lambda / 2) * squares(x), 12);
  });

  it('on the factors is at least λ‖Z‖_*, met when balanced; on the product it is blind to the factorisation', () => {
    const factors = factorsOf(x);
    const Z = product(factors);
    const nuclear = singularValues(rows(Z, m, n)).reduce((a, b) => a + b, 0);
    expect(nuclearNorm(Z, m, n)).toBeCloseTo(nuclear, 12);
    expect(decay('factors', lambda, factors).value).toBeGreaterThan(lambda * nuclear);
    const balanced = spectralFactors(Z, m, n, r);
    expect(decay('factors', lambda, balanced).value).toBeCloseTo(lambda * nuclear, 12);
    expect(imbalance(balanced)).toBeLessThan(1e-13);
    expect(imbalance(factors)).toBeGreaterThan(1e-2);
    expect(decay('product', lambda, balanced).value).toBeCloseTo(decay('product', lambda, factors).value, 12);
    expect(imbalance({ ...factors, left: new Float64Array(m * r), right: new Float64Array(n * r) })).toBe(0);
  });
});
