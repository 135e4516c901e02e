/** Distances to predicted geometries: zero on features made to have that geometry, known values elsewhere. */
import { describe, expect, it } from 'vitest';
import { measure } from '../../src-main/collapse/measure.ts';
import { arraySource } from '../../src-main/collapse/source.ts';
import { classifiersAndFeatures } from '../../src-main/lpm/geometry.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import { options } from './samples.ts';

/** Every sample of class k is the row k of `means`; counts in any order. */
function repeated(means: readonly (readonly number[])[], counts: readonly number[]) {
  const labels = counts.flatMap((n, k) => new Array<number>(n).fill(k));
  return arraySource(Float64Array.from(labels.flatMap((k) => means[k]!)), Int32Array.from(labels), means[0]!.length);
}
const identity = (K: number): number[][] =>
  Array.from({ length: K }, (_, j) => Array.from({ length: K }, (__, k) => (j === k ? 1 : 0)));
const classifier = (rows: readonly (readonly number[])[]) => ({ weights: Float64Array.from(rows.flat()), bias: null });

describe('the LPM optimum', () => {
  const optimum = (counts: readonly number[], weights: readonly number[] | null, budget: number) => {
    const problem = {
      groups: counts.map((samples, k) => ({ samples, classes: 1, weight: weights?.[k] ?? 1 })),
      featureBudget: budget,
      classifierBudget: 1,
      dimension: null,
    };
    const K = counts.length;
    const { classifiers, features } = classifiersAndFeatures(problem, solve(problem).logits, K);
    const columns = Array.from({ length: K }, (_, k) => Array.from({ length: K }, (__, i) => features[i * K + k]!));
    return { classifiers, columns };
  };

  it.each([
    { counts: [40, 4, 40, 4], weights: null, budget: 1 },
    { counts: [3, 50, 12, 50, 3], weights: null, budget: 2 },
    { counts: [40, 4, 40, 4], weights: [1, 5, 1, 5], budget: 1 },
    { counts: [40, 0, 40, 0, 40], weights: null, budget: 1 },
  ])(
    'counts $counts, weights $weights: features and classifiers of the optimum are at distance 0',
    async ({ counts, weights, budget }) => {
      const K = counts.length;
      const { classifiers, columns } = optimum(counts, weights, budget);
      const source = repeated(columns, counts);
      const plain = { weights: classifiers, bias: null };
      const { metrics } = await measure(source, plain, options(K, { weights }));
      expect(metrics.nc2_lpm_w).toBeLessThan(1e-6);
      expect(metrics.nc2_lpm_h).toBeLessThan(1e-6);
      expect(metrics.nc2_etf_w).toBeGreaterThan(0.1);
    },
  );

  it('of other weights is another one', async () => {
    const counts = [40, 4, 40, 4];
    const { classifiers, columns } = optimum(counts, [1, 5, 1, 5], 1);
    const { metrics } = await measure(repeated(columns, counts), { weights: classifiers, bias: null }, options(4));
    expect(metrics.nc2_lpm_w).toBeGreaterThan(0.01);
  });

  it('with a bias does not see a vector that all features share', async () => {
    const counts = [40, 4, 40, 4];
    const { classifiers, columns } = optimum(counts, null, 1);
    const distance = async (moved: number, bias: Float64Array | null) => {
      const means = columns.map((row) => row.map((x) => x + moved));
      const { metrics } = await measure(repeated(means, counts), { weights: classifiers, bias }, options(4));
      return metrics.nc2_lpm_w!;
    };
    const zero = new Float64Array(4);
    expect(await distance(3, zero)).toBeCloseTo(await distance(0, zero), 9);
    expect(await distance(3, null)).toBeGreaterThan(0.2);
  });

  it('is not solved for very many distinct counts, and says so', async () => {
    const counts = Array.from({ length: 70 }, (_, k) => k + 1);
    const { metrics, reasons } = await measure(repeated(identity(70), counts), classifier(identity(70)), options(70));
    expect(metrics.nc2_lpm_w).toBeNull();
    expect(reasons.nc2_lpm_w).toMatch(/70 distinct counts/);
  });
});

describe('other frames', () => {
  it('orthogonal vectors are an OF, and at the known distance from the ETF', async () => {
    const { metrics } = await measure(
      repeated(identity(10), new Array<number>(10).fill(3)),
      classifier(identity(10)),
      options(10),
    );
    expect(metrics.nc2_of_w).toBeLessThan(1e-14);
    expect(metrics.nc2_of_h).toBeLessThan(1e-14);
    expect(metrics.nc2_etf_w).toBeCloseTo(Math.sqrt(2 - 2 * Math.sqrt(9 / 10)), 12);
    expect(metrics.nc2_etf_h).toBeLessThan(1e-14);
  });

  it('lengths of the squared loss are a GOF: the checked norms at n = 200, 100, 50, 50', async () => {
    const squares = [13.942136, 9.8, 6.871068, 6.871068];
    const N = 400;
    const decay = 5e-4;
    const rows = identity(4).map((row, k) => row.map((x) => x * Math.sqrt(squares[k]!)));
    const means = rows.map((row, k) => row.map((x) => x / (squares[k]! + N * decay)));
    const told = options(4, { decays: { classifier: decay, feature: decay } });
    const { metrics } = await measure(repeated(means, [200, 100, 50, 50]), classifier(rows), told);
    expect(metrics.nc2_gof_w).toBeLessThan(1e-6);
    expect(metrics.nc2_gof_h).toBeLessThan(1e-6);
    const untold = await measure(repeated(means, [200, 100, 50, 50]), classifier(rows), options(4));
    expect(untold.metrics.nc2_gof_w).toBeNull();
    expect(untold.reasons.nc2_gof_w).toMatch(/decays/);
  });

  it('classifiers with the cosines of SELI at R = 100 are at distance 0 from it', async () => {
    // Five classes a side, K = 10: the checked minority cosine .33803 and norm ratio 2.40129 fix the Gram matrix, since
    // classifiers sum to zero.
    const [c, ratio] = [0.33803, 2.40129];
    const gram = (j: number, k: number): number => {
      const [a, b] = [j < 5, k < 5];
      const minoritySum = 1 + 4 * c;
      const between = (-minoritySum * 5) / 25;
      const majority = ratio * ratio;
      if (!a && !b) return j === k ? 1 : c;
      if (a !== b) return between;
      return j === k ? majority : (-5 * between - majority) / 4;
    };
    const G = Array.from({ length: 10 }, (_, j) => Array.from({ length: 10 }, (__, k) => gram(j, k)));
    const rows = cholesky(G);
    const counts = [100, 100, 100, 100, 100, 1, 1, 1, 1, 1];
    const { metrics } = await measure(repeated(identity(10), counts), classifier(rows), options(10));
    expect(metrics.nc2_seli_w).toBeLessThan(2e-5);
    expect(metrics.nc2_etf_w).toBeGreaterThan(0.3);
  });
});

/** Rows whose inner products are G (positive semidefinite up to the digits of its entries). */
function cholesky(G: readonly (readonly number[])[]): number[][] {
  const n = G.length;
  const L = G.map(() => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let sum = G[i]![j]!;
      for (let k = 0; k < j; k++) sum -= L[i]![k]! * L[j]![k]!;
      L[i]![j] = i === j ? Math.sqrt(Math.max(sum, 0)) : L[j]![j]! > 1e-6 ? sum / L[j]![j]! : 0;
    }
  return L;
}
