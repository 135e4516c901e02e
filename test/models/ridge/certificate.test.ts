/** The certificate away from optima: what it proves must be true at any point, however bad. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { certify, vanishingDecay, zeroPoint } from '../../../src-main/models/ridge/certificate.ts';
import { reduce } from '../../../src-main/models/ridge/reduce.ts';
import { solveRidge } from '../../../src-main/models/ridge/solve.ts';
import type { RidgePoint, RidgeProblem } from '../../../src-main/models/ridge/types.ts';
import { singularValues } from '../../lpm/full-matrix.ts';
import { constants, dualValue, lossAndGradient, objectiveOf, scaleColumns } from './reference/proximal-gradient.ts';

const groups = [
  { samples: 40, classes: 2 },
  { samples: 9, classes: 3 },
  { samples: 1, classes: 1 },
];
const variants = fc.record({
  bias: fc.boolean(),
  normalisation: fc.constantFrom('sample' as const, 'class' as const),
  loss: fc.constantFrom('cross-entropy' as const, 'squared' as const),
  logDecay: fc.double({ min: -4, max: -0.5, noNaN: true }),
});
const entry = fc.double({ min: -4, max: 4, noNaN: true });

function problemOf({
  logDecay,
  ...variant
}: { logDecay: number } & Pick<RidgeProblem, 'bias' | 'normalisation' | 'loss'>) {
  return { ...variant, groups, classifierDecay: 10 ** logDecay, featureDecay: 10 ** logDecay };
}

/** Contrasts, one rank-one part u vᵀ between groups, and a bias. */
const points = fc.tuple(
  fc.array(entry, { minLength: 3, maxLength: 3 }),
  fc.array(entry, { minLength: 9, maxLength: 9 }),
);

function pointOf([contrasts, numbers]: [number[], number[]]): RidgePoint {
  const unit = (values: number[]): Float64Array => {
    const size = Math.hypot(...values, 1e-3);
    return Float64Array.from(values, (value) => value / size);
  };
  return {
    contrasts: Float64Array.from(contrasts, (value, g) => (g < 2 ? Math.abs(value) : 0)),
    rank: 1,
    left: unit(numbers.slice(0, 3)),
    singularValues: Float64Array.of(Math.hypot(...numbers.slice(0, 6))),
    right: unit(numbers.slice(3, 6)),
    bias: Float64Array.from(numbers.slice(6)),
  };
}

it('never claims more than is true: its lower bound is below the optimum, at any point', () => {
  fc.assert(
    fc.property(variants, points, (variant, drawn) => {
      fc.pre(!(variant.loss === 'squared' && variant.bias && variant.normalisation === 'class'));
      const problem = problemOf(variant);
      const { reduced } = reduce(problem);
      const point = pointOf(drawn);
      const bad = certify(reduced, variant.bias ? point : { ...point, bias: new Float64Array(3) });
      const best = solveRidge(problem);
      expect(bad.objective).toBeGreaterThan(best.objective * (1 - 1e-12));
      expect(bad.objective - bad.gap).toBeLessThan(best.objective * (1 + 1e-12));
      expect(bad.gap).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 150 },
  );
});

it('is the dual value of the full matrices, away from optima, too', () => {
  fc.assert(
    fc.property(variants, points, (variant, drawn) => {
      fc.pre(variant.loss === 'cross-entropy');
      const problem = problemOf({ ...variant, bias: false });
      const { reduced } = reduce(problem);
      const point = { ...pointOf(drawn), bias: new Float64Array(3) };
      const sizes = groups.map(({ classes }) => classes);
      const owner = sizes.flatMap((size, g) => new Array<number>(size).fill(g));
      const { d } = constants(problem);
      const Z = owner.map((g, j) =>
        owner.map((h, k) => {
          const between = point.left[g]! * point.singularValues[0]! * point.right[h]!;
          const shared = between / Math.sqrt(sizes[g]! * sizes[h]!);
          return (shared + (g === h ? point.contrasts[g]! * ((j === k ? 1 : 0) - 1 / sizes[g]!) : 0)) / d[k]!;
        }),
      );
      const none = new Array<number>(6).fill(0);
      const { objective, gap } = certify(reduced, point);
      // The penalty of a point whose singular vectors are not unit vectors is that of its spectrum: an upper bound.
      expect(objective).toBeGreaterThan(objectiveOf(problem, Z, none) * (1 - 1e-12));
      expect(objective - gap).toBeCloseTo(dualValue(problem, Z, none), 9);
    }),
    { numRuns: 60 },
  );
});

it('finds the decay from which on all is zero', () => {
  for (const bias of [false, true])
    for (const normalisation of ['sample', 'class'] as const) {
      const problem = problemOf({ bias, normalisation, loss: 'cross-entropy', logDecay: -1 });
      const { d, c } = constants(problem);
      const logs = bias ? c.map(Math.log) : c.map(() => 0);
      const zero = c.map(() => c.map(() => 0));
      const { gradient } = lossAndGradient(problem, zero, logs);
      const norm = singularValues(
        scaleColumns(
          gradient,
          d.map((value) => 1 / value),
        ),
      )[0]!;
      const { reduced } = reduce(problem);
      expect(vanishingDecay(reduced) / norm).toBeCloseTo(1, 12);
      const at = { ...reduced, decay: norm * (1 + 1e-12) };
      expect(certify(at, zeroPoint(at)).gap).toBeLessThan(1e-14);
      const below = { ...problem, classifierDecay: 0.99 * norm, featureDecay: 0.99 * norm };
      expect(solveRidge(below).rank).toBeGreaterThan(0);
    }
});
