/** The Explorer's picture as its worker computes it: checked values, limits, and what is not sent twice. */
import { expect, test } from 'vitest';
import { solve } from '../../../src-main/lpm/solve.ts';
import { ratioProblem } from '../../../src-main/lpm/two-group-problem.ts';
import { fullLogits, singularValues } from '../../lpm/full-matrix.ts';
import { explore } from '../../../src-renderer/workers/picture.ts';
import type { GeometryView, Setting } from '../../../src-renderer/workers/protocol.ts';

const setting: Setting = { ka: 5, kb: 5, r: 10, eh: 5, ew: 1, p: Infinity, wr: 1 };
const at = (changes: Partial<Setting>, view: GeometryView = 'groups') =>
  explore({ setting: { ...setting, ...changes }, view, stage: 'posed' }, null);

test('shows the checked values', () => {
  const picture = at({});
  expect(picture.minority.classifierCosine).toBeCloseTo(0.517496, 6);
  expect(picture.majority.classifierCosine).toBeCloseTo(-0.16749, 6);
  expect(picture.between.classifierCosine).toBeCloseTo(-0.201317, 6);
  expect(picture.minority.featureCosine).toBeCloseTo(0.386794, 6);
  expect(picture.certificate.objective).toBeCloseTo(0.261677, 6);
  expect(picture.certificate.relativeGap).toBeLessThan(1e-9);
  expect(picture.curve?.r0).toBeCloseTo(12.192447, 6);
  expect(picture.curve?.r1).toBeNull();
});

test('collapse is exactly 1, a vanished group has no cosine', () => {
  expect(at({ r: 100 }).minority).toMatchObject({ classifierCosine: 1, collapsed: true, vanished: false });
  const gone = at({ ka: 7, kb: 3, r: 100 });
  expect(gone.minority).toMatchObject({ classifierCosine: null, classifierNorm: 0, vanished: true });
  expect(gone.classifierCosines.subarray(70).every(Number.isNaN)).toBe(true);
  expect(gone.between.classifierCosine).toBeNull();
});

test('R = ∞ has features that are zero and classifiers that coincide', () => {
  const limit = at({ r: Infinity });
  expect(limit.minority).toMatchObject({ classifierCosine: 1, featureCosine: null, featureNorm: 0 });
  expect([...limit.drawing.classifiers, ...limit.drawing.features].every(Number.isFinite)).toBe(true);
});

test('a curve that is known is not sent again; R and p do not change it', () => {
  const { curve } = at({});
  expect(
    explore({ setting: { ...setting, r: 50, p: 2 }, view: 'groups', stage: 'relaxation' }, curve!.key).curve,
  ).toBeNull();
  expect(
    explore({ setting: { ...setting, eh: 6 }, view: 'groups', stage: 'relaxation' }, curve!.key).curve,
  ).not.toBeNull();
});

test('p below the rank: a local optimum above the lower bound', () => {
  const { certificate, drawing } = at({ p: 2 });
  expect(certificate.optimality).toBe('local');
  expect(certificate.rank).toBeLessThanOrEqual(2);
  expect(certificate.objective).toBeGreaterThan(certificate.lowerBound);
  expect(drawing.exact).toBe(true);
});

test.each(['groups', 'components', 'space'] as const)(
  'the %s drawing is an orthogonal projection: no length grows, the share is what it keeps',
  (view) => {
    const { drawing, majority, minority } = at({ r: 3 }, view);
    const d = drawing.dimensions;
    expect(d).toBe(view === 'space' ? 3 : 2);
    const lengths = Array.from({ length: 10 }, (_, k) =>
      Math.hypot(...drawing.classifiers.subarray(d * k, d * (k + 1))),
    );
    lengths.forEach((length, k) =>
      expect(length).toBeLessThanOrEqual((k < 5 ? majority : minority).classifierNorm + 1e-12),
    );
    const kept = [...drawing.classifiers, ...drawing.features].reduce((sum, value) => sum + value * value, 0);
    // Both sides have mean squared norm 1 in the drawing's unit: 2K in all.
    expect(drawing.share).toBeCloseTo(kept / 20, 10);
    expect(drawing.share).toBeGreaterThan(0.1);
  },
);

test('three dimensions keep the three largest singular values of nine, the best that any three can', () => {
  const { drawing, spectrum } = at({ r: 3 }, 'space');
  const values = spectrum.flatMap((part) => new Array<number>(part.multiplicity).fill(part.value));
  const sum = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0);
  expect(drawing.exact).toBe(false);
  expect(drawing.share).toBeCloseTo(sum(values.slice(0, 3)) / sum(values), 12);
});

test.each([
  [1, 1, 'groups'],
  [1, 2, 'groups'],
  [2, 1, 'components'],
  [2, 2, 'space'],
  [1, 3, 'space'],
  [3, 1, 'space'],
] as const)('K_A = %d, K_B = %d is drawn exactly in %s: angles in the drawing are the angles', (ka, kb, view) => {
  const { drawing, classifierCosines, featureCosines } = at({ ka, kb, r: 2 }, view);
  expect(drawing).toMatchObject({ exact: true });
  expect(drawing.share).toBeCloseTo(1, 10);
  const [K, d] = [ka + kb, drawing.dimensions];
  for (const [points, cosines] of [
    [drawing.classifiers, classifierCosines],
    [drawing.features, featureCosines],
  ] as const) {
    const vector = (k: number): Float64Array => points.subarray(d * k, d * (k + 1));
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    for (let j = 0; j < K; j++) {
      for (let k = 0; k < K; k++) {
        const [a, b] = [vector(j), vector(k)];
        expect(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))).toBeCloseTo(cosines[j * K + k]!, 9);
      }
    }
  }
});

test.each([{ r: 3 }, { r: 100 }, { ka: 7, kb: 3, r: 2 }, { r: 1 }])(
  'the spectrum at %o is that of the full matrix Z',
  (changes) => {
    const { spectrum, setting: shown } = at(changes);
    const { logits } = solve(
      ratioProblem({
        majorityClasses: shown.ka,
        minorityClasses: shown.kb,
        ratio: shown.r,
        featureBudget: shown.eh,
        classifierBudget: shown.ew,
      }),
    );
    const values = singularValues(fullLogits(logits)).sort((a, b) => b - a);
    const listed = spectrum.flatMap((part) => new Array<number>(part.multiplicity).fill(part.value));
    values.forEach((value, i) => expect(listed[i] ?? 0).toBeCloseTo(value, 6));
  },
);

test('the spectrum says where each singular value lives; a collapsed minority has none of its own', () => {
  const roles = (changes: Partial<Setting>) => at(changes).spectrum.map((part) => [part.role, part.multiplicity]);
  expect(roles({ r: 3 })).toEqual([
    ['majority', 4],
    ['between', 1],
    ['minority', 4],
  ]);
  expect(roles({ r: 100 })).toEqual([
    ['majority', 4],
    ['between', 1],
  ]);
  expect(at({ p: 2 }).spectrum.every((part) => part.role === 'mixed')).toBe(true);
});
