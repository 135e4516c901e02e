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
