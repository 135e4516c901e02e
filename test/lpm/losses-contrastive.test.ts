/** The contrastive program against its definition over samples, a slow descent over features, and the full Gram matrix. */
import { describe, expect, it } from 'vitest';
import { contrastiveDescent, contrastiveLoss } from '../../src-main/claims/reference/contrastive-descent.ts';
import { rowCosine } from '../../src-main/claims/reference/projected-descent.ts';
import {
  describeContrastive,
  minimiseContrastive,
  type ContrastivePoint,
  type ContrastiveProblem,
} from '../../src-main/lpm/losses/contrastive.ts';
import { contrastiveCollapseRatio } from '../../src-main/lpm/losses/contrastive-ratio.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { symmetricEigen } from '../../src-main/numerics/symmetric-eigen.ts';

const problem = (groups: [number, number][], featureBudget = 1, temperature = 1): ContrastiveProblem => ({
  groups: groups.map(([samples, classes]) => ({ samples, classes })),
  featureBudget,
  temperature,
});
const group = ({ groups }: ContrastiveProblem): number[] =>
  groups.flatMap(({ classes }, g) => new Array(classes).fill(g));

/** X from its groups, by the definition of the contrasts. */
function gram(posed: ContrastiveProblem, point: ContrastivePoint): number[][] {
  const of = group(posed);
  const G = posed.groups.length;
  const size = (g: number): number => posed.groups[g]!.classes;
  return of.map((g, j) =>
    of.map((h, k) => {
      const between = point.between[g * G + h]! / Math.sqrt(size(g) * size(h));
      return between + (g === h ? point.contrasts[g]! * ((j === k ? 1 : 0) - 1 / size(g)) : 0);
    }),
  );
}

/** Loss and symmetric gradient of a Gram matrix of class means, by the definition. */
function lossOfGram(posed: ContrastiveProblem, X: number[][]) {
  const n = group(posed).map((g) => posed.groups[g]!.samples);
  const N = n.reduce((a, b) => a + b, 0);
  const { temperature } = posed;
  let value = 0;
  const G = X.map((row) => row.map(() => 0));
  X.forEach((row, k) => {
    const terms = row.map((x, j) => n[j]! * Math.exp((x - row[k]!) / temperature));
    const total = terms.reduce((a, b) => a + b, 0);
    value += (n[k]! / N) * Math.log(total);
    terms.forEach((term, j) => {
      const slope = ((n[k]! / N) * (term / total - (j === k ? 1 : 0))) / temperature / 2;
      G[k]![j]! += slope;
      G[j]![k]! += slope;
    });
  });
  return { value, G };
}

function leastEigenvalue(G: number[][]): number {
  return symmetricEigen(Float64Array.from(G.flat()), G.length, false).values[G.length - 1]!;
}

const problems: [string, ContrastiveProblem][] = [
  ['balanced', problem([[3, 5]], 0.7)],
  [
    'spread',
    problem(
      [
        [4, 3],
        [1, 2],
      ],
      2,
      0.5,
    ),
  ],
  [
    'collapsed',
    problem(
      [
        [50, 3],
        [1, 3],
      ],
      2.5,
    ),
  ],
  [
    'vanished',
    problem(
      [
        [50, 3],
        [1, 3],
      ],
      0.5,
    ),
  ],
  [
    'three counts',
    problem(
      [
        [100, 3],
        [10, 2],
        [1, 4],
      ],
      4,
    ),
  ],
  [
    'single classes',
    problem(
      [
        [9, 1],
        [3, 1],
        [1, 1],
      ],
      1,
    ),
  ],
];

describe.each(problems)('%s', (name, posed) => {
  const point = minimiseContrastive(posed);
  const K = group(posed).length;

  it('has the loss and the gap of the full Gram matrix', () => {
    const X = gram(posed, point);
    const { value, G } = lossOfGram(posed, X);
    expect(value).toBeCloseTo(point.objective, 11);
    const trace = X.reduce((sum, row, k) => sum + row[k]!, 0);
    expect(trace / (K * posed.featureBudget)).toBeCloseTo(1, 12);
    expect(leastEigenvalue(X)).toBeGreaterThan(-1e-12);
    const inner = G.reduce((sum, row, i) => sum + row.reduce((s, g, j) => s + g * X[i]![j]!, 0), 0);
    const gap = inner - K * posed.featureBudget * Math.min(0, leastEigenvalue(G));
    expect(gap).toBeLessThan(1e-9 * point.excess + 1e-12);
    expect(point.relativeGap).toBeLessThan(1e-9);
  });

  it('is beaten by no random feasible Gram matrix', () => {
    const random = randomSource(11);
    const bound = point.objective - point.gap - 1e-13;
    for (let i = 0; i < 100; i++) {
      const H = Array.from({ length: K }, () => Array.from({ length: 1 + (i % K) }, random.normal));
      const size = H.flat().reduce((sum, x) => sum + x * x, 0);
      const scale = (K * posed.featureBudget * random.uniform()) / size;
      const X = H.map((a) => H.map((b) => scale * a.reduce((sum, x, d) => sum + x * b[d]!, 0)));
      expect(lossOfGram(posed, X).value).toBeGreaterThanOrEqual(bound);
    }
  });

  it(`is ${name}`, () => {
    const { groups, crossCosines } = describeContrastive(posed, point);
    const minority = groups.at(-1)!;
    expect(minority.collapsed).toBe(name === 'collapsed' || name === 'vanished');
    expect(minority.vanished).toBe(name === 'vanished');
    if (name === 'balanced') expect(minority.featureCosine).toBeCloseTo(-1 / (K - 1), 10);
    if (name === 'collapsed') expect(minority.featureCosine).toBe(1);
    if (name === 'vanished') expect(crossCosines[0]).toEqual([expect.closeTo(-0.5, 8), null]);
  });
});

it('keeps the digits of a tiny excess: balanced, log(1 + (K−1) e^{−E_H K/((K−1)τ)})', () => {
  const { excess, relativeGap } = minimiseContrastive(problem([[7, 6]], 10, 0.1));
  expect(excess / Math.log1p(5 * Math.exp(-120))).toBeCloseTo(1, 8);
  expect(relativeGap).toBeLessThan(1e-9);
});

describe('collapse', () => {
  it.each([
    [5, 5, 1],
    [3, 2, 0.5],
  ])('K_A = %d, K_B = %d: begins at its ratio', (majorityClasses, minorityClasses, temperature) => {
    const r0 = contrastiveCollapseRatio({ majorityClasses, minorityClasses, featureBudget: 1.5, temperature })!;
    const at = (R: number): ContrastivePoint =>
      minimiseContrastive(
        problem(
          [
            [R, majorityClasses],
            [1, minorityClasses],
          ],
          1.5,
          temperature,
        ),
      );
    expect(at(1.001 * r0).contrasts[1]).toBe(0);
    expect(at(0.99 * r0).contrasts[1]).toBeGreaterThan(0);
  });

  it('never begins for one class, or where logits have no end', () => {
    const setting = { majorityClasses: 3, minorityClasses: 2, featureBudget: 6410, temperature: 9 };
    expect(contrastiveCollapseRatio({ ...setting, minorityClasses: 1 })).toBeNull();
    expect(contrastiveCollapseRatio(setting)).toBeNull();
  });
});

describe('the definition over samples', () => {
  const samples = { labels: [0, 0, 0, 1, 1, 1, 2, 3], dimension: 4, featureBudget: 1.5, temperature: 0.8 };

  it('has the gradient of its finite differences', () => {
    const random = randomSource(2);
    const x = Float64Array.from({ length: 32 }, random.normal);
    const { gradient } = contrastiveLoss(samples, x);
    x.forEach((value, i) => {
      const at = (by: number): number => {
        const moved = Float64Array.from(x);
        moved[i] = value + by;
        return contrastiveLoss(samples, moved).value;
      };
      expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(gradient[i]!, 7);
    });
  });

  it('descends over free features to the optimum over class means, from random starts', () => {
    const posed = problem(
      [
        [3, 2],
        [1, 2],
      ],
      1.5,
      0.8,
    );
    const point = minimiseContrastive(posed);
    const runs = [1, 2, 3].map((seed) => contrastiveDescent(samples, { seed, steps: 5000 }));
    for (const run of runs) expect(run.objective).toBeGreaterThan(point.objective - point.gap - 1e-12);
    const best = runs.reduce((a, b) => (b.objective < a.objective ? b : a));
    expect(best.objective).toBeCloseTo(point.objective, 9);
    // Features of one class have become one, at the predicted angles.
    expect(rowCosine(best.features, 4, 0, 1)).toBeCloseTo(1, 6);
    const { crossCosines } = describeContrastive(posed, point);
    expect(rowCosine(best.features, 4, 0, 3)).toBeCloseTo(crossCosines[0]![0]!, 4);
    expect(rowCosine(best.features, 4, 0, 6)).toBeCloseTo(crossCosines[0]![1]!, 4);
    expect(rowCosine(best.features, 4, 6, 7)).toBeCloseTo(crossCosines[1]![1]!, 4);
  });
});
