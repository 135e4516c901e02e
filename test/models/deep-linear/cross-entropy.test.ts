/** Cross-entropy: certified at depth 1, and what depth changes, against scalar searches and a published threshold. */
import { describe, expect, it } from 'vitest';
import {
  etfObjective,
  etfOptimum,
  pairsBeatEtf,
  pairsObjective,
} from '../../../src-main/models/deep-linear/balanced-cross-entropy.ts';
import { dualBound } from '../../../src-main/models/deep-linear/certificate.ts';
import { constructOptimum } from '../../../src-main/models/deep-linear/construct.ts';
import { solveCrossEntropy } from '../../../src-main/models/deep-linear/cross-entropy.ts';
import { factorProblem } from '../../../src-main/models/deep-linear/factors.ts';
import type { DeepLinearProblem } from '../../../src-main/models/deep-linear/types.ts';
import { minimiseLbfgs } from '../../../src-main/numerics/lbfgs.ts';
import { randomSource } from '../../../src-main/numerics/random.ts';

const problem = (counts: number[], M: number, rest: Partial<DeepLinearProblem> = {}): DeepLinearProblem => ({
  counts,
  loss: 'ce',
  bias: false,
  decays: new Array<number>(M).fill(5e-4),
  featureDecay: 5e-4,
  widths: null,
  ...rest,
});

/** min over τ on a dense grid, refined twice. */
function searchScale(f: (tau: number) => number): number {
  let [low, high] = [0, 100];
  let best = Infinity;
  for (let round = 0; round < 4; round++) {
    const step = (high - low) / 2000;
    let at = low;
    for (let tau = low; tau <= high; tau += step) {
      if (f(tau) < best) best = f(tau);
      if (f(tau) <= best) at = tau;
    }
    [low, high] = [Math.max(0, at - step), at + step];
  }
  return best;
}

describe('depth 1', () => {
  it.each([
    [[100, 100, 100, 100], false],
    [[100, 100, 100, 100], true],
    [[200, 100, 50, 50], false],
    [[200, 100, 50, 50], true],
    [[500, 500, 8, 8, 1], true],
  ])('is certified by its dual: n = %j, bias %s', (counts, bias) => {
    const solved = solveCrossEntropy(problem(counts, 1, { bias }), { starts: 1 });
    expect(solved.basis.kind).toBe('certified');
    const balanced = new Set(counts).size === 1;
    if (balanced) expect(solved.frame).toBe('simplex ETF');
    if (balanced) expect(solved.objective).toBeCloseTo(etfOptimum(solved.problem, 4, 100).objective, 13);
    if (bias) expect(solved.objective).toBeLessThanOrEqual(solveCrossEntropy(problem(counts, 1)).objective + 1e-12);
  });

  it('the dual bound is below the objective of every point', () => {
    for (const bias of [false, true]) {
      const each = problem([30, 20, 5], 1, { bias });
      const target = factorProblem(each, [3]);
      const { normal } = randomSource(8);
      let highest = -Infinity;
      let lowest = Infinity;
      for (let i = 0; i < 200; i++) {
        const x = Float64Array.from({ length: target.length }, () => 4 * Math.exp(normal()) * normal());
        if (!bias) target.views(x).bias.fill(0);
        lowest = Math.min(lowest, target.evaluate(x, new Float64Array(target.length)));
        const { bias: offset } = target.views(x);
        const rows = target
          .layers(x)[1]!
          .map((z, at) => z / Math.sqrt(each.counts[Math.floor(at / 3)]!) + offset[at % 3]!);
        highest = Math.max(highest, dualBound(each, rows));
      }
      expect(highest).toBeLessThan(lowest);
      expect(highest).toBeLessThanOrEqual(solveCrossEntropy(each).objective * (1 + 1e-12));
    }
  });

  it('minority classifiers coincide iff n_B ≤ N² λ_W λ_H: checked threshold n_A = 300 at n_B = 100, K_A = K_B = 5', () => {
    const spread = (nA: number): number => {
      const counts = [...new Array<number>(5).fill(nA), ...new Array<number>(5).fill(100)];
      const each = problem(counts, 1, { decays: [0.005], featureDecay: 0.005 });
      const { form } = solveCrossEntropy(each, { starts: 0 });
      return Math.hypot(
        ...Array.from({ length: form.rank }, (_, i) => {
          const size = form.layerValues[i]!;
          return size * (form.left[5 * form.rank + i]! - form.left[6 * form.rank + i]!);
        }),
      );
    };
    expect(spread(301)).toBeLessThan(1e-3);
    expect(spread(299)).toBeGreaterThan(0.03);
  });
});

describe('ETF and antipodal pairs', () => {
  it('their scalar problems are minimised', () => {
    for (const [K, n, M] of [
      [4, 100, 1],
      [4, 100, 2],
      [10, 50, 3],
      [3, 5, 5],
    ] as const) {
      const each = problem(new Array<number>(K).fill(n), M);
      const searched = Math.min(
        Math.log(K),
        searchScale((tau) => etfObjective(each, K, n, tau)),
      );
      expect(etfOptimum(each, K, n).objective).toBeCloseTo(searched, 10);
    }
    expect(etfOptimum(problem([1, 1], 3, { decays: [1, 1, 1], featureDecay: 1 }), 2, 1)).toEqual({
      scale: 0,
      objective: Math.log(2),
    });
  });

  it('the formulas are the objectives of explicit factors', () => {
    const each = problem([7, 7, 7, 7], 3);
    const target = factorProblem(each, [4, 4, 4]);
    const solved = solveCrossEntropy(each);
    expect(solved.frame).toBe('antipodal pairs');
    const x = constructOptimum(target, solved.form, [0, 0, 0, 0], randomSource(1));
    expect(target.evaluate(x, new Float64Array(target.length))).toBeCloseTo(solved.objective, 13);
    expect(searchScale((tau) => pairsObjective(each, 4, 7, tau))).toBeCloseTo(solved.objective, 10);
  });

  it('the ETF is the lowest point found at K = 4, M = 2 and is not at K = 4, M = 3', () => {
    expect(pairsBeatEtf(4, 2)).toBe(false);
    expect(pairsBeatEtf(4, 3)).toBe(true);
    expect(pairsBeatEtf(6, 2)).toBe(true);
    expect(pairsBeatEtf(5, 9)).toBe(false);
    const two = solveCrossEntropy(problem([100, 100, 100, 100], 2));
    expect(two.frame).toBe('simplex ETF');
    expect(two.objective).toBeCloseTo(etfOptimum(two.problem, 4, 100).objective, 13);
    expect(two.basis.kind).toBe('local');
    const three = solveCrossEntropy(problem([100, 100, 100, 100], 3));
    expect(three.frame).toBe('antipodal pairs');
    expect(three.objective).toBeLessThan(0.93 * etfOptimum(three.problem, 4, 100).objective);
  });
});

describe('any depth', () => {
  it('parts add up; no random start of full width ends lower', () => {
    const each = problem([30, 20, 10, 5], 2, { bias: true, decays: [1e-3, 4e-4], widths: [6, 7] });
    const solved = solveCrossEntropy(each, { starts: 10 });
    const parts = solved.classes.reduce((sum, c) => sum + c.objective, 0);
    expect(parts).toBeCloseTo(solved.objective, 10);
    const target = factorProblem(each, [6, 7]);
    const { normal } = randomSource(21);
    for (let i = 0; i < 6; i++) {
      const start = Float64Array.from({ length: target.length }, normal);
      const end = minimiseLbfgs(target.evaluate, start, { gradientTolerance: 1e-8 });
      expect(end.value).toBeGreaterThan(solved.objective * (1 - 1e-9));
    }
  });

  it('heavy decay leaves the zero network: the entropy of the shares with bias, log K without', () => {
    const heavy = { decays: [0.3, 0.3], featureDecay: 0.3 };
    expect(solveCrossEntropy(problem([3, 1], 2, heavy))).toMatchObject({
      rank: 0,
      frame: 'zero',
      objective: Math.log(2),
    });
    const entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    expect(solveCrossEntropy(problem([3, 1], 2, { ...heavy, bias: true })).objective).toBeCloseTo(entropy, 12);
  });
});
