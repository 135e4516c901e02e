/** Vectors in space: an orthographic projection that keeps lengths, the nearest on top, zero vectors as dots. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultTurn, spaceChart, spaceTable, type SpaceInput } from '../../src-main/charts/index.ts';
import { project } from '../../src-main/charts/space-chart.ts';
import { frame, svgOf, textsOf } from './render.ts';

const vector = (label: string, x: number, y: number, z: number) =>
  ({ label, role: 'majority', kind: 'classifier', x, y, z }) as const;
const input: SpaceInput = {
  projection: 'exact: rank 3',
  vectors: [
    vector('1', 1, 0, 0),
    vector('2', 0, 1, 0),
    vector('3', 0, 0, 1),
    vector('4', 0, 0, 1),
    vector('5', 0, 0, 1),
  ],
};

test('the projection is a rotation: inner products stay', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const point = fc.record({ x: number, y: number, z: number });
  fc.assert(
    fc.property(point, point, fc.record({ azimuth: number, elevation: number }), (a, b, turn) => {
      const [p, q] = [project(a, turn), project(b, turn)];
      expect(p[0] * q[0] + p[1] * q[1] + p[2] * q[2]).toBeCloseTo(a.x * b.x + a.y * b.y + a.z * b.z, 10);
    }),
  );
});

test('from the front, y points right, z up and x to the viewer', () => {
  const front = { azimuth: 0, elevation: 0 };
  expect(project({ x: 1, y: 2, z: 3 }, front)).toEqual([2, 3, 1]);
  project({ x: 0, y: 0, z: 1 }, { azimuth: 0, elevation: Math.PI / 2 }).forEach((value, i) =>
    expect(value).toBeCloseTo([0, 0, 1][i]!, 12),
  );
});

test('equal scales, a named projection, one label for vectors that coincide', () => {
  const option = spaceChart(input, frame);
  const grid = option.grid as { width: number; height: number };
  expect(grid.width).toBe(grid.height);
  const texts = textsOf(svgOf(option));
  expect(texts).toEqual(expect.arrayContaining(['1', '2', '3–5', 'exact: rank 3']));
});

test('the nearest vector is drawn last, from either side', () => {
  const order = (azimuth: number): unknown[] => {
    const [, layer] = spaceChart(
      { ...input, vectors: [vector('front', 1, 0.1, 0), vector('back', -1, -0.3, 0)] },
      frame,
      { azimuth, elevation: 0 },
    ).series as { data: number[][] }[];
    return layer!.data.map(([right]) => Number(right!.toFixed(6)));
  };
  expect(order(0)).toEqual([-0.3, 0.1]);
  expect(order(Math.PI)).toEqual([-0.1, 0.3]);
});

test('vectors that meet in the view alone keep their own names: the nearer one is labelled', () => {
  const texts = textsOf(
    svgOf(
      spaceChart({ ...input, vectors: [vector('7', 1, 0, 0), vector('8', -1, 0, 0)] }, frame, {
        azimuth: 0,
        elevation: 0,
      }),
    ),
  );
  expect(texts).toContain('7');
  expect(texts).not.toContain('8');
});

test('a zero vector is a dot, another sphere than the unit sphere gives its radius', () => {
  const svg = svgOf(spaceChart({ ...input, vectors: [vector('1', 0, 0, 0)], sphere: 0.25 }, frame, defaultTurn));
  expect(svg).not.toContain('NaN');
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['1', 'radius 0.25']));
});

test('the table gives the end points', () => {
  expect(spaceTable(input).rows[2]).toEqual(['3', 'classifier', 0, 0, 1]);
});
