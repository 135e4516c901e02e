/** The drawing of the geometry: equal scales, one label per direction, zero vectors as dots. */
import { expect, test } from 'vitest';
import { geometryChart, geometryTable, type GeometryInput } from '../../src-main/charts/index.ts';
import { frame, svgOf, textsOf } from './render.ts';

const input: GeometryInput = {
  projection: 'exact: rank 2',
  vectors: [
    { label: '1', role: 'majority', kind: 'classifier', x: 1, y: 0 },
    { label: '2', role: 'majority', kind: 'classifier', x: 0, y: 1 },
    ...['3', '4', '5'].map((label) => ({
      label,
      role: 'minority' as const,
      kind: 'classifier' as const,
      x: -0.5,
      y: -0.5,
    })),
    { label: '1', role: 'majority', kind: 'feature', x: 0.9, y: 0.1 },
  ],
};

test('equal scales, named projection, one label for vectors that coincide', () => {
  const option = geometryChart(input, frame);
  const grid = option.grid as { width: number; height: number };
  const [x, y] = [option.xAxis, option.yAxis] as { min: number; max: number }[];
  expect(grid.width).toBe(grid.height);
  expect([x!.min, x!.max]).toEqual([y!.min, y!.max]);
  const texts = textsOf(svgOf(option));
  expect(texts).toEqual(expect.arrayContaining(['1', '2', '3–5', 'exact: rank 2']));
  expect(texts).not.toContain('4');
});

test('a zero vector is a dot, not a NaN', () => {
  const svg = svgOf(
    geometryChart({ ...input, vectors: [{ label: '1', role: 'minority', kind: 'classifier', x: 0, y: 0 }] }, frame),
  );
  expect(svg).not.toContain('NaN');
  expect(textsOf(svg)).toContain('1');
});

test('crowded heads are labelled in part', () => {
  const vectors = Array.from({ length: 100 }, (_, k) => ({
    label: String(k + 1),
    role: 'majority' as const,
    kind: 'classifier' as const,
    x: Math.cos((k * Math.PI) / 50),
    y: Math.sin((k * Math.PI) / 50),
  }));
  const labels = textsOf(svgOf(geometryChart({ ...input, vectors }, { ...frame, height: 240 }))).filter((text) =>
    /^\d+$/.test(text),
  );
  expect(labels.length).toBeGreaterThan(8);
  expect(labels.length).toBeLessThan(80);
});

test('another circle than the unit circle gives its radius', () => {
  expect(textsOf(svgOf(geometryChart({ ...input, circle: 0.25 }, frame)))).toContain('radius 0.25');
});

test('the table gives the end points', () => {
  expect(geometryTable(input).rows[0]).toEqual(['1', 'classifier', 1, 0]);
});
