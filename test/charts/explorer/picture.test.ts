/** The Explorer's picture as its worker computes it: checked values, limits, and what is not sent twice. */
import { expect, test } from 'vitest';
import { explore } from '../../../src-renderer/workers/picture.ts';
import type { Setting } from '../../../src-renderer/workers/protocol.ts';

const setting: Setting = { ka: 5, kb: 5, r: 10, eh: 5, ew: 1, p: Infinity, wr: 1 };
const at = (changes: Partial<Setting>, view: 'groups' | 'components' = 'groups') =>
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

test.each(['groups', 'components'] as const)(
  'the %s plane is an orthogonal projection: no inner product grows, the share is what it keeps',
  (view) => {
    const { drawing, majority, minority } = at({ r: 3 }, view);
    const lengths = Array.from({ length: 10 }, (_, k) =>
      Math.hypot(drawing.classifiers[2 * k]!, drawing.classifiers[2 * k + 1]!),
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

test.each([
  [1, 1],
  [1, 2],
  [2, 1],
])('K_A = %d, K_B = %d is drawn exactly: distances in the plane are the distances', (ka, kb) => {
  const { drawing, classifierCosines } = at({ ka, kb, r: 2 });
  expect(drawing.share).toBeCloseTo(1, 10);
  const K = ka + kb;
  for (let j = 0; j < K; j++) {
    for (let k = 0; k < K; k++) {
      const [x1, y1, x2, y2] = [
        drawing.classifiers[2 * j]!,
        drawing.classifiers[2 * j + 1]!,
        drawing.classifiers[2 * k]!,
        drawing.classifiers[2 * k + 1]!,
      ];
      expect((x1 * x2 + y1 * y2) / Math.hypot(x1, y1) / Math.hypot(x2, y2)).toBeCloseTo(
        classifierCosines[j * K + k]!,
        9,
      );
    }
  }
});
