/** Optimal heads against their rank: known arrangements, proven bounds, and the impossible region below K − 1. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configurationLoss,
  configurations,
  etfLoss,
  gapSpread,
  leastGapSpread,
} from '../../../src-main/models/low-rank/configurations.ts';
import { headSweep, sufficientRank, type HeadPoint, type HeadSetting } from '../../../src-main/models/low-rank/head.ts';
import { logitLoss } from '../../../src-main/models/low-rank/logit-loss.ts';
import { envelopeMinimum, factorDecayBound } from '../../../src-main/models/low-rank/factor-decay-bound.ts';
import { nuclearNorm } from '../../../src-main/models/low-rank/decay.ts';
import { solve } from '../../../src-main/lpm/solve.ts';
import { singularValues } from '../../lpm/full-matrix.ts';
import { randomMatrix, timesTransposed } from './plain.ts';

const sweep = (setting: HeadSetting, last?: number): HeadPoint[] =>
  [...headSweep(setting, last)].filter((point) => point !== undefined);
const budgets = (counts: number[], featureBudget = 1): HeadSetting => ({
  model: 'budgets',
  counts,
  featureBudget,
  classifierBudget: 1,
});
const ridge = (counts: number[], overrides: object = {}): HeadSetting => ({
  model: 'decay',
  loss: 'cross-entropy',
  decayOn: 'product',
  counts,
  classifierDecay: 5e-3,
  featureDecay: 5e-3,
  ...overrides,
});

describe('arrangements of balanced classes', () => {
  it('losses worked by hand', () => {
    // r = K/2: own logit s, opposite −s, the rest 0.
    const loss = (K: number, r: number): number => configurationLoss(configurations(K, r)[0]!, K, 2 * K);
    expect(loss(8, 4)).toBeCloseTo(Math.log(1 + 6 * Math.exp(-2) + Math.exp(-4)), 14);
    // r = 2, K = 5: s cos(2πj/5).
    const polygon = [1, 2, 3, 4].reduce((sum, j) => sum + Math.exp(2 * (Math.cos((2 * Math.PI * j) / 5) - 1)), 1);
    expect(configurations(5, 2).map(({ name }) => name)).toEqual(['regular 5-gon']);
    expect(loss(5, 2)).toBeCloseTo(Math.log(polygon), 14);
    // K = 10, E_W = 1: checked values of the balanced theorem.
    expect(configurationLoss(configurations(10, 9)[0]!, 10, 10 * Math.sqrt(5))).toBeCloseTo(0.559782, 6);
    expect(etfLoss(10, 10 * Math.sqrt(10))).toBeCloseTo(0.237515, 6);
    expect(configurations(10, 12)[0]!.name).toBe('simplex ETF');
    expect(configurations(9, 3)).toEqual([]);
  });

  it('have the rank they claim, unit vectors and the bound on logit gaps, met by the regular ones', () => {
    for (let K = 3; K <= 9; K++)
      for (let r = 1; r < K; r++)
        for (const { gram, name } of configurations(K, r)) {
          const rows = Array.from({ length: K }, (_, j) => Array.from(gram.slice(j * K, j * K + K)));
          expect(singularValues(rows).filter((value) => value > 1e-9)).toHaveLength(r);
          // Trace K and ‖gram‖_* = K: positive semidefinite.
          expect(nuclearNorm(gram, K, K)).toBeCloseTo(K, 10);
          const spread = gapSpread(gram, K).relativeVariance!;
          expect(spread).toBeGreaterThan(leastGapSpread(K, r) - 1e-12);
          if (/-gon|polytope|ETF/.test(name)) expect(spread).toBeCloseTo(leastGapSpread(K, r), 12);
        }
  });

  it('no logits of rank r have more equal gaps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.nat(), (K, rank, seed) => {
        const r = Math.min(rank, K);
        const right = randomMatrix(K, r, seed);
        const left = randomMatrix(K, r, seed + 1).map((x, i) => right[i]! + 0.5 * x);
        const spread = gapSpread(timesTransposed(left, right, K, r, K), K).relativeVariance!;
        expect(spread).toBeGreaterThan(leastGapSpread(K, r) - 1e-12);
      }),
      { numRuns: 50 },
    );
  });
});

describe('budgets', () => {
  it('balanced: above the dense optimum below K − 1, equal from there on, never above a known arrangement', () => {
    const K = 6;
    const points = sweep(budgets(new Array(K).fill(10)));
    const dense = etfLoss(K, K);
    points.forEach((point, i) => {
      expect(point.lowerBound).toBeCloseTo(dense, 12);
      if (point.arrangement) expect(point.objective).toBeLessThan(point.arrangement.loss + 1e-9);
      if (i > 0) expect(point.objective).toBeLessThanOrEqual(points[i - 1]!.objective + 1e-12);
      expect(point.ranks.count).toBe(Math.min(point.rank, K - 1));
      if (point.rank < K - 1) {
        expect(point.objective).toBeGreaterThan(dense + 1e-3);
        expect(point.basis.kind).toBe('local');
        expect(point.etfDistance).toBeGreaterThan(0.1);
      } else {
        expect(point.objective).toBeCloseTo(dense, 12);
        expect(point.basis.kind).toBe('certified');
        expect(point.cosine!.least).toBeCloseTo(-1 / (K - 1), 9);
        expect(point.etfDistance).toBeLessThan(1e-9);
      }
    });
    // The plane: the hexagon, its loss by hand.
    expect(points[1]!.objective).toBeCloseTo(Math.log(1 + 2 * Math.exp(-0.5) + 2 * Math.exp(-1.5) + Math.exp(-2)), 9);
    expect(sufficientRank(budgets([1, 1, 1]))).toBe(2);
  });

  it('imbalanced: the rank of the certified optimum suffices', () => {
    const counts = [30, 30, 10, 10];
    const points = sweep(budgets(counts));
    const dense = solve({
      groups: [
        { samples: 30, classes: 2, weight: 1 },
        { samples: 10, classes: 2, weight: 1 },
      ],
      featureBudget: 1,
      classifierBudget: 1,
      dimension: null,
    });
    expect(dense.objective).toBeCloseTo(0.490693, 6);
    for (const point of points.slice(dense.rank - 1)) expect(point.objective).toBeCloseTo(dense.objective, 9);
    expect(points[0]!.objective).toBeGreaterThan(dense.objective + 1e-2);
  });
});

function boundOf(counts: number[], lambdaW: number, lambdaH: number): number {
  const steps = factorDecayBound(counts, lambdaW, lambdaH);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('decay', () => {
  it('the bound of decay on the factors is the minimum of the envelope of its lines', () => {
    const lines = [
      { value: 1.4, slope: 0.5 },
      { value: 0.9, slope: 0.12 },
      { value: 0.5, slope: 0.03 },
    ];
    for (const c of [0.01, 0.03, 0.1, 0.3]) {
      let least = Infinity;
      for (let nu = 0; nu < 40; nu += 1e-3) {
        const line = Math.max(0, ...lines.map(({ value, slope }) => value - slope * nu));
        least = Math.min(least, line + 1.5 * c * nu ** (2 / 3));
      }
      const { bound } = envelopeMinimum(lines, c);
      expect(bound).toBeLessThanOrEqual(least + 1e-12);
      expect(bound).toBeCloseTo(least, 3);
    }
  });

  it('the bound of decay on the factors is under any logits', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 1e-3, max: 0.1, noNaN: true }), (seed, lambda) => {
        const counts = [9, 5, 2];
        const Z = randomMatrix(3, 3, seed).map((value, i) => value + (i % 4 === 0 ? 4 : 0));
        const X = Z.map((value, i) => value * Math.sqrt(counts[i % 3]!));
        const fit = logitLoss('cross-entropy', Z, Float64Array.of(9 / 16, 5 / 16, 2 / 16), new Float64Array(9));
        const rows = [0, 1, 2].map((j) => Array.from(X.slice(3 * j, 3 * j + 3)));
        const penalty = singularValues(rows).reduce((sum, value) => sum + Math.cbrt(value) ** 2, 0);
        expect(boundOf(counts, lambda, 2 * lambda)).toBeLessThan(fit + 1.5 * lambda * Math.cbrt(2) * penalty);
      }),
      { numRuns: 8 },
    );
    // Much decay: nothing is worth having, and the bound says so exactly.
    expect(boundOf([4, 4, 4], 1, 1)).toBeCloseTo(Math.log(3), 12);
  });

  it('on the product: balanced optimum in one unknown; certified from rank K − 1', () => {
    const [K, n] = [4, 10];
    const points = sweep(ridge(new Array(K).fill(n)));
    // Z = s(I − J/K): log(1 + (K−1)e^{−s}) + l √n (K−1) s, over a grid of s.
    let best = Infinity;
    for (let s = 0; s < 10; s += 1e-4)
      best = Math.min(best, Math.log1p((K - 1) * Math.exp(-s)) + 5e-3 * Math.sqrt(n) * (K - 1) * s);
    for (const point of points) {
      expect(point.lowerBound).toBeCloseTo(best, 7);
      expect(point.basis.kind).toBe(point.rank < K - 1 ? 'local' : 'certified');
    }
    expect(points[2]!.objective).toBeCloseTo(best, 7);
    expect(points[1]!.objective).toBeGreaterThan(best + 1e-2);
  });

  it('on the factors: never below its bound, never worse with more rank, below the best ETF', () => {
    const [K, n, decay] = [6, 10, 5e-3];
    const points = sweep(ridge(new Array(K).fill(n), { decayOn: 'factors' }));
    points.forEach((point, i) => {
      expect(point.objective).toBeGreaterThan(point.lowerBound);
      if (i > 0) expect(point.objective).toBeLessThanOrEqual(points[i - 1]!.objective + 1e-12);
    });
    let etf = Infinity;
    for (let s = 0; s < 12; s += 1e-3)
      etf = Math.min(
        etf,
        Math.log1p((K - 1) * Math.exp(-s)) + 1.5 * decay * (K - 1) * Math.cbrt(Math.sqrt(n) * s) ** 2,
      );
    expect(points.at(-1)!.objective).toBeLessThan(etf - 1e-3);
    expect(points.at(-1)!.ranks.count).toBe(3);
  });

  it('squared error: exact at every rank, an orthogonal frame at K', () => {
    const points = sweep(ridge([20, 10, 10], { loss: 'mse', decayOn: 'factors' }));
    expect(points.map(({ basis }) => basis.kind)).toEqual(['exact', 'exact', 'exact']);
    expect(points.map(({ unique }) => unique)).toEqual([true, false, true]);
    expect(points[2]!.lowerBound).toBe(points[2]!.objective);
    expect(points[2]!.cosine).toEqual({ mean: 0, least: 0, largest: 0 });
    expect(points[0]!.cosine).toBeNull();
    expect(sufficientRank(ridge([1, 1], { loss: 'mse' }))).toBe(2);
  });

  it('refuses ranks beyond K', () => {
    expect(() => sweep(budgets([1, 1]), 3)).toThrow('the last rank must be 1 to 2, got 3');
  });
});
