/** Ridge solvers against a plain proximal gradient method and a certificate recomputed from full matrices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ridgeSpectrum, solveRidge } from '../../../src-main/models/ridge/solve.ts';
import type { RidgeProblem, RidgeSolution } from '../../../src-main/models/ridge/types.ts';
import { fullGram, gramOf } from '../../../src-main/models/frames/class-frame.ts';
import { fullLogits, product, singularValues, transpose } from '../../lpm/full-matrix.ts';
import { diagonal, power, rows } from '../frames/full-frames.ts';
import {
  constants,
  dualValue,
  lossAndGradient,
  objectiveOf,
  proximalGradient,
  scaleColumns,
} from './reference/proximal-gradient.ts';

const base: RidgeProblem = {
  groups: [],
  classifierDecay: 0.01,
  featureDecay: 0.01,
  loss: 'cross-entropy',
  bias: false,
  normalisation: 'sample',
};

/** Z and b per class of a solution, from its own symmetric form. */
function fullPoint(solution: RidgeSolution) {
  const { d } = constants(solution.problem);
  const Y = fullLogits(solution.weighted);
  const Z = scaleColumns(
    Y,
    d.map((value) => 1 / value),
  );
  const b = solution.groups.flatMap(({ bias, classes }) => new Array<number>(classes).fill(bias));
  return { Y, Z, b };
}

const variants = fc.record({
  bias: fc.boolean(),
  normalisation: fc.constantFrom('sample' as const, 'class' as const),
});
const groups = (least: number, most: number) =>
  fc.uniqueArray(fc.record({ samples: fc.integer({ min: 1, max: 300 }), classes: fc.integer({ min: 1, max: 3 }) }), {
    minLength: least,
    maxLength: most,
    selector: ({ samples }) => samples,
  });
/** Decays from where everything is zero to far inside, on the scale of the problem. */
const decay = fc.double({ min: -5, max: 0.3, noNaN: true });

function problemOf(list: RidgeProblem['groups'], variant: Partial<RidgeProblem>, logDecay: number): RidgeProblem {
  const N = list.reduce((sum, { samples, classes }) => sum + samples * classes, 0);
  const largest = Math.max(...list.map(({ samples }) => samples));
  const scale = variant.normalisation === 'class' ? largest / N : Math.sqrt(largest) / N;
  const l = scale * 10 ** logDecay;
  return { ...base, ...variant, groups: list, classifierDecay: l * 3, featureDecay: l / 3 };
}

/** What the plain evaluation of the reference loses by cancellation between logits, relative to the objective. */
function expectCertified(solution: RidgeSolution, tolerance: number): void {
  const { Z, b } = fullPoint(solution);
  const objective = objectiveOf(solution.problem, Z, b);
  const size = 1 + Math.max(...Z.flat().map(Math.abs));
  const rounding = (1e-15 * size) / objective;
  expect(Math.abs(solution.objective / objective - 1)).toBeLessThan(1e-12 + rounding);
  const { c, d, l } = constants(solution.problem);
  // The squared loss's gradient c (z − 1) is known to 1e-16 only: relative to l d, so are its dual values.
  const slack =
    solution.problem.loss === 'squared' ? Math.max(...c.map((share, k) => (1e-15 * share) / (l * d[k]!))) : 0;
  const dual = dualValue(solution.problem, Z, b);
  expect((objective - dual) / objective).toBeLessThan(tolerance + 10 * (rounding + slack));
  expect(dual - objective).toBeLessThan((1e-12 + rounding) * objective);
  expect(solution.relativeGap).toBeLessThanOrEqual(tolerance);
  expect(solution.status).toBe('solved');
}

describe('ridge cross-entropy', () => {
  it('of one or two counts is certified by full matrices', () => {
    fc.assert(
      fc.property(groups(1, 2), variants, decay, (list, variant, logDecay) => {
        fc.pre(list.reduce((sum, { classes }) => sum + classes, 0) >= 2);
        expectCertified(solveRidge(problemOf(list, variant, logDecay)), 1e-11);
      }),
      { numRuns: 150 },
    );
  });

  it('of several counts is certified by full matrices', () => {
    fc.assert(
      fc.property(groups(3, 6), variants, decay, (list, variant, logDecay) => {
        expectCertified(solveRidge(problemOf(list, variant, logDecay)), 1e-7);
      }),
      { numRuns: 60 },
    );
  });

  it('is what a plain proximal gradient method runs into', () => {
    const lists = [
      [
        { samples: 40, classes: 2 },
        { samples: 10, classes: 2 },
      ],
      [
        { samples: 40, classes: 2 },
        { samples: 20, classes: 1 },
        { samples: 5, classes: 2 },
      ],
    ];
    for (const list of lists)
      for (const bias of [false, true])
        for (const normalisation of ['sample', 'class'] as const) {
          const problem = problemOf(list, { bias, normalisation }, -1);
          const plain = proximalGradient(problem, 500);
          const solution = solveRidge(problem);
          expect(plain.objective - solution.objective).toBeGreaterThan(-1e-12);
          expect(plain.objective / solution.objective - 1).toBeLessThan(1e-8);
          const { Z } = fullPoint(solution);
          Z.forEach((row, j) => row.forEach((value, k) => expect(value).toBeCloseTo(plain.Z[j]![k]!, 3)));
        }
  });

  it('does not depend on how classes of equal count are listed', () => {
    const joined = solveRidge(
      problemOf(
        [
          { samples: 50, classes: 3 },
          { samples: 10, classes: 4 },
        ],
        {},
        -2,
      ),
    );
    const listed = [50, 10, 10, 50, 10, 50, 10].map((samples) => ({ samples, classes: 1 }));
    const apart = solveRidge(problemOf(listed, {}, -2));
    expect(apart.objective).toBeCloseTo(joined.objective, 14);
    expect(apart.crossCosines.classifier[1]![2]).toBeCloseTo(joined.groups[1]!.classifierCosine!, 12);
    expect(apart.crossCosines.feature[0]![3]).toBeCloseTo(joined.groups[0]!.featureCosine!, 12);
  });

  it('is exactly zero from the largest useful decay on', () => {
    for (const list of [
      [{ samples: 40, classes: 3 }],
      [
        { samples: 40, classes: 3 },
        { samples: 9, classes: 2 },
      ],
      [
        { samples: 40, classes: 3 },
        { samples: 9, classes: 2 },
        { samples: 2, classes: 1 },
      ],
    ])
      for (const bias of [false, true]) {
        const solution = solveRidge(problemOf(list, { bias }, 1));
        const n = list.flatMap(({ samples, classes }) => new Array<number>(classes).fill(samples));
        const N = n.reduce((a, b) => a + b, 0);
        const entropy = -n.reduce((sum, count) => sum + (count / N) * Math.log(count / N), 0);
        expect(solution.objective).toBeCloseTo(bias ? entropy : Math.log(n.length), 12);
        expect(solution.rank).toBe(0);
        expect(solution.groups.every(({ vanished }) => vanished)).toBe(true);
        expect(solution.certified).toBe(true);
      }
  });

  it('stays certified at decays near the smallest double', () => {
    const list = [
      { samples: 500, classes: 5 },
      { samples: 5, classes: 5 },
    ];
    for (const variant of [{ bias: false }, { bias: true }]) {
      const l = 1e-290;
      const solution = solveRidge({ ...base, ...variant, groups: list, classifierDecay: l, featureDecay: l });
      expect(solution.relativeGap).toBeLessThan(1e-9);
      expect(solution.groups[0]!.margin).toBeGreaterThan(600);
    }
  });
});

describe('ridge squared loss', () => {
  it('is certified, and what the proximal gradient method runs into', () => {
    fc.assert(
      fc.property(groups(1, 4), variants, decay, (list, variant, logDecay) => {
        fc.pre(!(variant.bias && variant.normalisation === 'class'));
        fc.pre(list.reduce((sum, { classes }) => sum + classes, 0) >= 2);
        expectCertified(solveRidge({ ...problemOf(list, variant, logDecay), loss: 'squared' }), 1e-11);
      }),
      { numRuns: 100 },
    );
    const list = [
      { samples: 30, classes: 2 },
      { samples: 10, classes: 2 },
      { samples: 2, classes: 1 },
    ];
    for (const bias of [false, true]) {
      const problem: RidgeProblem = { ...problemOf(list, { bias }, -1), loss: 'squared' };
      expect(proximalGradient(problem, 400).objective / solveRidge(problem).objective - 1).toBeLessThan(1e-10);
    }
  });

  it('has the checked values of the one-layer network', () => {
    const problem: RidgeProblem = {
      ...base,
      loss: 'squared',
      classifierDecay: 5e-4,
      featureDecay: 5e-4,
      groups: [
        { samples: 200, classes: 1 },
        { samples: 100, classes: 1 },
        { samples: 50, classes: 2 },
      ],
    };
    const solution = solveRidge(problem);
    // science.md, section 3, M = 1; per-sample halves as there.
    expect(solution.objective).toBeCloseTo(0.01894214, 8);
    const squares = solution.groups.map(({ classifierNorm }) => classifierNorm ** 2);
    [13.942136, 9.8, 6.871068].forEach((value, g) => expect(squares[g]).toBeCloseTo(value, 6));
    const balanced = { ...problem, groups: [{ samples: 100, classes: 4 }] };
    expect(solveRidge(balanced).objective).toBeCloseTo(0.0198, 10);
  });

  it('with a bias and equal counts is the simplex frame with b = 1/K', () => {
    const solution = solveRidge({ ...problemOf([{ samples: 20, classes: 5 }], { bias: true }, -1), loss: 'squared' });
    expect(solution.groups[0]!.classifierCosine).toBeCloseTo(-1 / 4, 12);
    expect(solution.groups[0]!.bias).toBeCloseTo(1 / 5, 12);
  });
});

describe('what a solution says', () => {
  const list = [
    { samples: 60, classes: 2 },
    { samples: 20, classes: 2 },
    { samples: 4, classes: 2 },
  ];
  const problem = { ...problemOf(list, {}, -1.5), classifierDecay: 1e-4, featureDecay: 3e-4 };
  const solution = solveRidge(problem);
  const { Y, Z, b } = fullPoint(solution);

  it('are the Gram matrices of W and H at the best split of Z', () => {
    const ratio = Math.sqrt(problem.featureDecay / problem.classifierDecay);
    const { d } = constants(problem);
    const W = power(product(Y, transpose(Y)), 0.5);
    const H = power(product(transpose(Y), Y), 0.5);
    const w = rows(fullGram(gramOf(solution.frames.classifier)), 6);
    const h = rows(fullGram(gramOf(solution.frames.feature)), 6);
    const inverse = diagonal(d.map((value) => 1 / value));
    const features = product(product(inverse, H), inverse);
    for (let j = 0; j < 6; j++)
      for (let k = 0; k < 6; k++) {
        expect(w[j]![k]).toBeCloseTo(ratio * W[j]![k]!, 6);
        expect(h[j]![k]).toBeCloseTo(features[j]![k]! / ratio, 6);
      }
  });

  it('adds up: penalty from the norms, fit from the groups, margins from the logits', () => {
    const squares = (norm: 'classifierNorm' | 'featureNorm', weight: (n: number) => number) =>
      solution.groups.reduce((sum, group) => sum + group.classes * weight(group.samples) * group[norm] ** 2, 0);
    const penalty =
      (problem.classifierDecay / 2) * squares('classifierNorm', () => 1) +
      (problem.featureDecay / 2) * squares('featureNorm', (n) => n);
    expect(penalty).toBeCloseTo(solution.penalty, 12);
    const N = 2 * (60 + 20 + 4);
    const fit = solution.groups.reduce((sum, group) => sum + (group.classes * group.samples * group.loss) / N, 0);
    expect(fit).toBeCloseTo(solution.fit, 12);
    expect(solution.budgets.classifier).toBeCloseTo(squares('classifierNorm', () => 1) / 6, 10);
    expect(solution.budgets.featureByClass).toBeCloseTo(squares('featureNorm', () => 1) / 6, 10);
    expect(solution.budgets.featureBySample).toBeCloseTo(squares('featureNorm', (n) => n) / N, 10);
    const margins = Z[0]!.map(
      (_, k) => Z[k]![k]! + b[k]! - Math.max(...Z.map((row, j) => (j === k ? -Infinity : row[k]! + b[j]!))),
    );
    solution.groups.forEach((group, g) => expect(group.margin).toBeCloseTo(margins[2 * g]!, 10));
    const spectrum = ridgeSpectrum(solution);
    singularValues(Y)
      .slice(0, spectrum.length)
      .forEach((value, i) => expect(spectrum[i]).toBeCloseTo(value, 6));
  });

  it('is stationary: finite differences of the objective over W, H and b vanish', () => {
    const problem: RidgeProblem = { ...problemOf(list, { bias: true }, -1.5) };
    const solution = solveRidge(problem);
    const { Z, b } = fullPoint(solution);
    const { d, l } = constants(problem);
    const { gradient } = lossAndGradient(problem, Z, b);
    // −∇f D^{−1/2} lies in l ∂‖Y‖_*: its inner product with Y is l‖Y‖_* and its norm at most l.
    const V = scaleColumns(
      gradient,
      d.map((value) => -1 / value),
    );
    expect(singularValues(V)[0]! / l - 1).toBeLessThan(1e-8);
    gradient.forEach((row) => expect(Math.abs(row.reduce((a, v) => a + v, 0))).toBeLessThan(1e-9 * l));
    const at = (j: number, k: number, t: number): number => {
      const moved = Z.map((row, r) => row.map((value, s) => value + (r === j && s === k ? t : 0)));
      return lossAndGradient(problem, moved, b).loss;
    };
    for (const [j, k] of [
      [0, 0],
      [1, 3],
      [5, 2],
    ] as const)
      expect((at(j, k, 1e-5) - at(j, k, -1e-5)) / 2e-5).toBeCloseTo(gradient[j]![k]!, 8);
  });
});
