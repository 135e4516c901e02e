/** Drawings of the same classes are turned onto each other, so that nothing jumps while a slider moves. */
import { expect, test } from 'vitest';
import { alignTo } from '../../../src-renderer/workers/procrustes.ts';
import type { Drawing } from '../../../src-renderer/workers/protocol.ts';

const plane = (points: readonly number[]): Drawing => ({
  dimensions: 2,
  classifiers: Float64Array.from(points),
  features: Float64Array.from(points),
  share: 1,
  exact: true,
  view: 'components',
});
const shape = [1, 0, 0.3, 0.8, -0.4, 0.1];
const moved = (map: (x: number, y: number) => [number, number]): number[] => {
  const points: number[] = [];
  for (let i = 0; i < shape.length; i += 2) points.push(...map(shape[i]!, shape[i + 1]!));
  return points;
};

test.each([
  ['a rotation', moved((x, y) => [Math.cos(2) * x - Math.sin(2) * y, Math.sin(2) * x + Math.cos(2) * y])],
  ['a reflection', moved((x, y) => [-x, y])],
  ['both', moved((x, y) => [Math.cos(1) * x + Math.sin(1) * y, Math.sin(1) * x - Math.cos(1) * y])],
  ['nothing', shape],
])('undoes %s', (_, points) => {
  const { classifiers } = alignTo(plane(shape), plane(points));
  classifiers.forEach((value, i) => expect(value).toBeCloseTo(shape[i]!, 12));
});

test('leaves a drawing of other classes, and of nothing, as it is', () => {
  const next = plane([1, 2]);
  expect(alignTo(plane(shape), next)).toBe(next);
  expect(alignTo(null, next)).toBe(next);
  expect([...alignTo(plane([0, 0]), plane([0, 0])).classifiers]).toEqual([0, 0]);
});

const space = (points: readonly number[]): Drawing => ({ ...plane(points), dimensions: 3, view: 'space' });
const cloud = [1, 0, 0.2, 0.3, 0.8, -0.1, -0.4, 0.1, 0.9, 0.5, -0.6, -0.7];
/** Rows times a 3×3 matrix. */
const times = (points: readonly number[], q: readonly number[]): number[] =>
  points.map((_, i) => [0, 1, 2].reduce((sum, a) => sum + points[i - (i % 3) + a]! * q[3 * a + (i % 3)]!, 0));
const [c, s] = [Math.cos(1.2), Math.sin(1.2)];
const spin = [c, -s, 0, s, c, 0, 0, 0, 1];
const tip = [1, 0, 0, 0, c, -s, 0, s, c];

test.each([
  ['a rotation', times(times(cloud, spin), tip)],
  ['a reflection', cloud.map((value, i) => (i % 3 === 2 ? -value : value))],
  ['a point reflection', cloud.map((value) => -value)],
  ['axes that changed places', cloud.map((_, i) => cloud[i - (i % 3) + ((i + 1) % 3)]!)],
])('undoes %s in space', (_, points) => {
  const { classifiers, features } = alignTo(space(cloud), space(points));
  classifiers.forEach((value, i) => expect(value).toBeCloseTo(cloud[i]!, 12));
  features.forEach((value, i) => expect(value).toBeCloseTo(cloud[i]!, 12));
});

test('flat and straight drawings in space are turned without being bent', () => {
  const flat = cloud.map((value, i) => (i % 3 === 2 ? 0 : value));
  const straight = cloud.map((_, i) => [0.5, -1, 2][i % 3]! * (1 + Math.floor(i / 3)));
  for (const points of [flat, straight]) {
    const { classifiers } = alignTo(space(points), space(times(times(points, tip), spin)));
    classifiers.forEach((value, i) => expect(value).toBeCloseTo(points[i]!, 12));
  }
  // A drawing that leaves its plane keeps all its lengths.
  const { classifiers } = alignTo(space(flat), space(cloud));
  const length = (points: ArrayLike<number>, k: number): number =>
    Math.hypot(points[3 * k]!, points[3 * k + 1]!, points[3 * k + 2]!);
  for (let k = 0; k < 4; k++) expect(length(classifiers, k)).toBeCloseTo(length(cloud, k), 12);
});

test('no other turn lies closer: the distance is the least over many rotations and reflections', () => {
  const target = cloud.map((value, i) => value + 0.3 * Math.sin(7 * i));
  const distance = (points: ArrayLike<number>): number => Math.hypot(...target.map((value, i) => value - points[i]!));
  const best = distance(alignTo(space(target), space(cloud)).classifiers);
  let turned = cloud;
  for (let i = 0; i < 200; i++) {
    turned = times(turned, i % 3 === 0 ? spin : tip);
    const mirrored = turned.map((value, k) => (k % 3 === 0 ? -value : value));
    expect(Math.min(distance(turned), distance(mirrored))).toBeGreaterThanOrEqual(best - 1e-12);
  }
});

test('a drawing in space is not laid on one in the plane', () => {
  const next = space(cloud);
  expect(alignTo(plane(shape), next)).toBe(next);
});
