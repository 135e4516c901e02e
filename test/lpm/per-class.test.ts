/** Per-class budgets against descent over W and H, against a certificate from full matrices, and against mean budgets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossOfLogits } from '../../src-main/claims/reference/nuclear-ball.ts';
import { plainDescent, plainProblem } from '../../src-main/claims/reference/plain-descent.ts';
import { rowCosine } from '../../src-main/claims/reference/projected-descent.ts';
import { describePerClass } from '../../src-main/lpm/per-class/describe.ts';
import { minimisePerClass, MOST_SHARES, type PerClassOptimum } from '../../src-main/lpm/per-class/solve.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { symmetricEigen } from '../../src-main/numerics/symmetric-eigen.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { classShares } from './full-matrix.ts';
import { group, problem } from './general-problems.ts';

/** X (2K×2K) by the definition of its blocks, classes in the order of the merged groups. */
function fullGram({ merging, between, ...parts }: PerClassOptimum): number[][] {
  const sizes = [...merging.reduced.sizes];
  const G = sizes.length;
  const of = sizes.flatMap((size, g) => new Array<number>(size).fill(g));
  const K = of.length;
  const contrast = (i: number, j: number, g: number): number =>
    (i >= K
      ? j >= K
        ? parts.featureContrasts
        : parts.contrasts
      : j >= K
        ? parts.contrasts
        : parts.classifierContrasts)[g]!;
  return Array.from({ length: 2 * K }, (_, i) =>
    Array.from({ length: 2 * K }, (__, j) => {
      const [g, h] = [of[i % K]!, of[j % K]!];
      const entry = between[(g + (i >= K ? G : 0)) * 2 * G + h + (j >= K ? G : 0)]!;
      const within = g === h ? contrast(i, j, g) * ((i % K === j % K ? 1 : 0) - 1 / sizes[g]!) : 0;
      return entry / Math.sqrt(sizes[g]! * sizes[h]!) + within;
    }),
  );
}

const least = (A: number[][]): number => symmetricEigen(Float64Array.from(A.flat()), A.length, false).values.at(-1)!;

/** Feasibility and gap from full matrices, with the multipliers class by class. */
function verify(posed: LpmProblem, optimum: PerClassOptimum): void {
  const X = fullGram(optimum);
  const K = X.length / 2;
  const r = Math.sqrt(posed.featureBudget * posed.classifierBudget);
  const { sizes, shares } = optimum.merging.reduced;
  expect(least(X)).toBeGreaterThan(-1e-12 * r);
  X.forEach((row, i) => expect(row[i]! / r).toBeLessThan(1 + 1e-12));
  const byClass = (values: Float64Array): number[] =>
    [...sizes].flatMap((size, g) => new Array<number>(size).fill(values[g]!));
  const Z = Float64Array.from({ length: K * K }, (_, e) => X[Math.floor(e / K)]![K + (e % K)]!);
  const { value, gradient } = lossOfLogits(byClass(shares), Z);
  expect(Math.abs(value / optimum.objective - 1)).toBeLessThan(1e-12);
  const multipliers = [...byClass(optimum.classifierMultipliers), ...byClass(optimum.featureMultipliers)];
  const S = multipliers.map((mu, i) =>
    multipliers.map((_, j) =>
      i === j ? mu : i < K && j >= K ? gradient[i * K + j - K]! : i >= K && j < K ? gradient[j * K + i - K]! : 0,
    ),
  );
  expect(least(S)).toBeGreaterThan(-1e-14);
  const inner = gradient.reduce((sum, g, e) => sum + g * Z[e]!, 0);
  const gap = inner + (r / 2) * multipliers.reduce((a, b) => a + b, 0);
  expect(Math.abs(gap - optimum.gap) / value).toBeLessThan(1e-11);
  expect(optimum.relativeGap).toBeLessThan(1e-9);
}

const cases: [string, LpmProblem][] = [
  ['balanced', problem([group(3, 6)], 5)],
  ['spread', problem([group(10, 3), group(1, 3)], 5)],
  ['collapsed', problem([group(100, 3), group(1, 3)], 1)],
  ['three counts, one of a single class', problem([group(100, 2), group(20, 1), group(1, 3)], 2, 1.5)],
  ['weights that make shares equal', problem([group(10, 2), group(5, 2, 2), group(1, 2)], 2)],
];

describe.each(cases)('%s', (_, posed) => {
  const optimum = minimisePerClass(posed);

  it('is certified by full matrices', () => {
    verify(posed, optimum);
  });

  it('is where descent over W and H ends, and no lower', () => {
    const K = posed.groups.reduce((sum, { classes }) => sum + classes, 0);
    const setting = { dimension: 2 * K, featureBudget: posed.featureBudget, classifierBudget: posed.classifierBudget };
    const plain = plainProblem(classShares(posed), { ...setting, perClass: true });
    const runs = [1, 2, 3].map((seed) => plainDescent(plain, { seed, steps: 2000, tolerance: 1e-8 }));
    for (const { objective } of runs)
      expect(objective).toBeGreaterThan((optimum.objective - optimum.gap) * (1 - 1e-12));
    const best = runs.reduce((a, b) => (b.objective < a.objective ? b : a));
    expect(best.objective / optimum.objective).toBeCloseTo(1, 7);
    const { crossCosines, groups } = describePerClass(posed, optimum);
    const last = K - 1;
    const cosine = groups.at(-1)!.classifierCosine!;
    expect(rowCosine(best.classifiers, 2 * K, last, last - 1)).toBeCloseTo(cosine, 3);
    expect(rowCosine(best.features, 2 * K, 0, last)).toBeCloseTo(crossCosines.feature[0]!.at(-1) ?? NaN, 3);
  });

  it('costs at least what mean budgets cost', () => {
    expect(optimum.objective).toBeGreaterThanOrEqual(solve(posed).objective * (1 - 1e-11));
  });
});

describe('beside mean budgets', () => {
  it('coincides with them where classes are balanced', () => {
    const posed = problem([group(7, 10)], 5);
    const solution = describePerClass(posed, minimisePerClass(posed));
    expect(solution.objective).toBeCloseTo(0.559782, 6);
    expect(solution.objective).toBeCloseTo(solution.mean.objective, 10);
    expect(solution.groups[0]!.classifierCosine).toBeCloseTo(-1 / 9, 8);
    expect(solution.groups[0]!.featureNorm).toBeCloseTo(Math.sqrt(5), 8);
  });

  it('keeps every class at its own budget, where mean budgets let the majority take from the minority', () => {
    const posed = problem([group(20, 3), group(1, 3)], 4, 0.25);
    const { groups, mean } = describePerClass(posed, minimisePerClass(posed));
    for (const { classifierNorm, featureNorm } of groups) {
      expect(classifierNorm).toBeCloseTo(0.5, 8);
      expect(featureNorm).toBeCloseTo(2, 8);
    }
    expect(mean.groups[0]!.classifierNorm).toBeGreaterThan(0.5);
    expect(mean.groups[1]!.classifierNorm).toBeLessThan(0.5);
  });

  it('collapses the minority too, at a larger ratio', () => {
    const at = (R: number) => {
      const posed = problem([group(R, 5), group(1, 5)], 1);
      const solution = describePerClass(posed, minimisePerClass(posed));
      return [solution.groups[1]!.collapsed, solution.mean.groups[1]!.collapsed];
    };
    expect([at(1), at(10), at(100)]).toEqual([
      [false, false],
      [false, true],
      [true, true],
    ]);
  });
});

describe('properties', () => {
  it('certifies random problems and lets no random feasible pair below the bound', () => {
    const groups = fc.array(
      fc.record({
        samples: fc.integer({ min: 1, max: 500 }),
        classes: fc.integer({ min: 1, max: 4 }),
        weight: fc.constantFrom(1, 0.5, 4),
      }),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(groups, fc.double({ min: -1, max: 1, noNaN: true }), fc.integer(), (listed, exponent, seed) => {
        const posed = problem(listed, 10 ** exponent);
        const optimum = minimisePerClass(posed);
        verify(posed, optimum);
        const shares = classShares(posed);
        const K = shares.length;
        const random = randomSource(seed);
        const unit = (): number[] => {
          const v = Array.from({ length: K }, random.normal);
          const size = Math.hypot(...v);
          return v.map((x) => (x / size) * Math.sqrt(Math.sqrt(posed.featureBudget)));
        };
        for (let i = 0; i < 10; i++) {
          const W = shares.map(unit);
          // Features at their own classifiers, blurred: better than random pairs.
          const H = W.map((w) => w.map((x, d) => x * 0.9 + 0.1 * unit()[d]!));
          const Z = Float64Array.from({ length: K * K }, (_, e) => {
            return W[Math.floor(e / K)]!.reduce((sum, x, d) => sum + x * H[e % K]![d]!, 0);
          });
          expect(lossOfLogits(shares, Z).value).toBeGreaterThanOrEqual(optimum.objective - optimum.gap);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('depends on the product of the budgets alone', () => {
    const of = (EH: number, EW: number) => minimisePerClass(problem([group(9, 2), group(1, 2)], EH, EW)).objective;
    expect(of(4, 1) / of(0.5, 8)).toBeCloseTo(1, 10);
  });

  it('solves a hundred classes of three counts', () => {
    const posed = problem([group(500, 50), group(50, 30), group(5, 20)], 5);
    expect(minimisePerClass(posed).relativeGap).toBeLessThan(1e-9);
  });

  it('keeps the digits of a tiny loss: balanced, it is that of mean budgets', () => {
    const posed = problem([group(4, 5)], 5000);
    const { objective, relativeGap } = minimisePerClass(posed);
    expect(objective).toBeLessThan(1e-35);
    expect(objective / solve(posed).objective).toBeCloseTo(1, 8);
    expect(relativeGap).toBeLessThan(1e-9);
  });

  it('gives classes without samples no weight', () => {
    const optimum = minimisePerClass(problem([group(10, 3), group(0, 2)], 2));
    expect(optimum.relativeGap).toBeLessThan(1e-9);
    expect(optimum.contrasts[1]).toBe(0);
  });

  it('refuses more distinct counts than it can hold, by name', () => {
    const many = problem(Array.from({ length: MOST_SHARES + 1 }, (_, i) => group(i + 1, 1)));
    expect(() => minimisePerClass(many)).toThrow(InvalidInput);
    expect(() => minimisePerClass(many)).toThrow(/^counts:/);
  });
});
