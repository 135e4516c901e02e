/** W, H and Gram matrices from a solution, against their definitions: Z = W H, budgets met, cosines of real vectors. */
import { describe, expect, it } from 'vitest';
import { classifiersAndFeatures, gramMatrices, singularSpectrum } from '../../src-main/lpm/geometry.ts';
import { solve } from '../../src-main/lpm/solve.ts';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { fullLogits, product, singularValues, transpose } from './full-matrix.ts';

function problem(groups: [number, number, number?][], featureBudget = 5, classifierBudget = 2): LpmProblem {
  return {
    groups: groups.map(([samples, classes, weight = 1]) => ({ samples, classes, weight })),
    featureBudget,
    classifierBudget,
    dimension: null,
  };
}

const problems: [string, LpmProblem][] = [
  ['balanced', problem([[100, 6]])],
  [
    'two groups',
    problem([
      [100, 5],
      [20, 4],
    ]),
  ],
  [
    'collapsed',
    problem([
      [1000, 5],
      [1, 4],
    ]),
  ],
  [
    'no samples',
    problem([
      [10, 3],
      [0, 2],
    ]),
  ],
  [
    'three groups',
    problem([
      [90, 3],
      [40, 2],
      [10, 4],
    ]),
  ],
  [
    'equal shares listed apart',
    problem([
      [100, 3],
      [50, 2, 2],
      [10, 4],
    ]),
  ],
];

const rows = (data: Float64Array, columns: number): number[][] =>
  Array.from({ length: data.length / columns }, (_, i) => [...data.slice(i * columns, (i + 1) * columns)]);

describe.each(problems)('%s', (_, given) => {
  const solution = solve(given);
  const K = given.groups.reduce((sum, group) => sum + group.classes, 0);
  const Z = fullLogits(solution.logits);

  it.each([0, 1, 7])('W H = Z and the budgets are met with p = rank + %d', (extra) => {
    const p = solution.rank + extra;
    const pair = classifiersAndFeatures(solution.problem, solution.logits, p);
    const W = rows(pair.classifiers, p);
    const H = rows(pair.features, K);
    product(W, H).forEach((row, j) => row.forEach((value, k) => expect(value).toBeCloseTo(Z[j]![k]!, 10)));
    const energy = (A: number[][]): number => A.flat().reduce((sum, value) => sum + value * value, 0) / K;
    expect(energy(W)).toBeCloseTo(given.classifierBudget, 10);
    expect(energy(H)).toBeCloseTo(given.featureBudget, 10);
    const gram = gramMatrices(solution.problem, solution.logits);
    product(W, transpose(W))
      .flat()
      .forEach((value, i) => expect(value).toBeCloseTo(gram.classifier[i]!, 10));
    product(transpose(H), H)
      .flat()
      .forEach((value, i) => expect(value).toBeCloseTo(gram.feature[i]!, 10));
  });

  it('reports the norms, cosines, margins and losses of those vectors', () => {
    const pair = classifiersAndFeatures(solution.problem, solution.logits, K);
    const W = rows(pair.classifiers, K);
    const H = transpose(rows(pair.features, K));
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    let first = 0;
    const starts = solution.groups.map((group) => (first += group.classes) - group.classes);
    solution.groups.forEach((group, g) => {
      const k = starts[g]!;
      expect(group.classifierNorm).toBeCloseTo(Math.sqrt(dot(W[k]!, W[k]!)), 9);
      expect(group.featureNorm).toBeCloseTo(Math.sqrt(dot(H[k]!, H[k]!)), 9);
      const z = Z.map((row) => row[k]!);
      const rival = Math.max(...z.filter((_, j) => j !== k));
      expect(group.margin).toBeCloseTo(z[k]! - rival, 9);
      expect(group.loss).toBeCloseTo(Math.log(z.reduce((sum, value) => sum + Math.exp(value - z[k]!), 0)), 9);
      solution.groups.forEach((other, h) => {
        const j = starts[h]! + (g === h ? 1 : 0);
        for (const [side, vectors, norms] of [
          ['classifier', W, 'classifierNorm'],
          ['feature', H, 'featureNorm'],
        ] as const) {
          const reported = solution.crossCosines[side][g]![h];
          if ((g === h && group.classes === 1) || group[norms] === 0 || other[norms] === 0) expect(reported).toBeNull();
          else expect(reported).toBeCloseTo(dot(vectors[k]!, vectors[j]!) / (group[norms] * other[norms]), 7);
        }
      });
    });
  });

  it('has the singular values of Z and its rank', () => {
    const spectrum = singularSpectrum(solution.logits);
    expect(spectrum.length).toBe(solution.rank);
    const truth = singularValues(Z);
    truth.forEach((value, i) => expect(value).toBeCloseTo(spectrum[i] ?? 0, 9));
    expect(solution.nuclearNorm).toBeCloseTo(
      truth.reduce((a, b) => a + b, 0),
      9,
    );
  });
});

it('refuses a dimension below the rank by name', () => {
  const solution = solve(problems[0]![1]);
  expect(() => classifiersAndFeatures(solution.problem, solution.logits, 4)).toThrow('p = 4 is below the rank 5');
});
