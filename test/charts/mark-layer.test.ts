/** Values of separate things: one mark each, nothing between them, and room for each however many they are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineChart, themes, type LineChartInput, type LineSeries } from '../../src-main/charts/index.ts';
import { markRoom } from '../../src-main/charts/mark-layer.ts';
import { kinds } from '../../src-main/jobs/kinds/index.ts';
import { frame, svgOf, textsOf } from './render.ts';

const series = (name: string, role: LineSeries['role'], y: readonly number[]): LineSeries => {
  return { name, role, x: y.map((_, k) => k + 1), y };
};
const byClass = (all: readonly LineSeries[], y: Partial<LineChartInput['y']> = { min: 0 }): LineChartInput => {
  return { x: { label: 'Class k', categorical: true }, y: { label: 'Norm', ...y }, series: all };
};
const norms = (K: number): LineSeries[] => [
  series(
    'classifiers',
    'majority',
    Array.from({ length: K }, (_, k) => 1 + (k % 3)),
  ),
  series(
    'features',
    'minority',
    Array.from({ length: K }, (_, k) => 2 - (k % 2)),
  ),
];

/** Points of every path and line in the picture that is drawn in this ink. */
function strokesIn(svg: string, color: string): number[][] {
  const paths = [...svg.matchAll(/<path d="([^"]*)"[^>]*stroke="([^"]*)"/g)];
  return paths
    .filter(([, , stroke]) => stroke?.toLowerCase() === color.toLowerCase())
    .map(([, d]) => [...d!.matchAll(/[ML]\s*([\d.]+)/g)].map((match) => Number(match[1])));
}

test('every class has its mark over a stem, and no stroke leads from one class to another', () => {
  const option = lineChart(byClass(norms(10)), frame);
  const svg = svgOf(option);
  const stems = strokesIn(svg, themes.light.majority);
  expect(stems).toHaveLength(10);
  for (const xs of stems) expect(new Set(xs).size).toBe(1);
  expect(new Set(stems.flat()).size).toBe(10);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['1', '2', '9', '10', '20 of 20 points', 'features']));
  // Every class has the same width, the first and the last too.
  expect(option.xAxis).toMatchObject({ min: 0.5, max: 10.5 });
});

test('a thousand classes are all drawn, as dots without stems', () => {
  const svg = svgOf(lineChart(byClass(norms(1000)), frame));
  expect(strokesIn(svg, themes.light.majority)).toEqual([]);
  const dots = [...svg.matchAll(new RegExp(`fill="${themes.light.majority}"`, 'gi'))];
  expect(dots.length).toBeGreaterThanOrEqual(1000);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['1', '500', '1000', '2000 of 2000 points']));
});

test('there are no stems where the axis has no zero', () => {
  for (const y of [{ logarithmic: true }, { min: 0.5 }])
    expect(strokesIn(svgOf(lineChart(byClass(norms(10), y), frame)), themes.light.majority)).toEqual([]);
});

test('marks of all series stay within the width of their class, as long as marks can be seen', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 500, noNaN: true }), fc.integer({ min: 1, max: 20 }), (room, count) => {
      const { size, step, toLabel } = markRoom(room, count);
      expect(size).toBeGreaterThanOrEqual(3);
      expect((count - 1) * step).toBeLessThanOrEqual(room);
      // Middles of the outer marks, and half of their size, end before the labels begin.
      if (room > 20) expect(((count - 1) * step + size) / 2).toBeLessThan(toLabel);
    }),
  );
});

test('what a kind reports by class or by index is drawn apart', () => {
  const axes = kinds.flatMap(({ charts }) => charts.map(({ x }) => x));
  const counted = axes.filter(({ label }) => /^(Class|Index|Direction|Claim)\b/.test(label));
  expect(counted.length).toBeGreaterThan(5);
  for (const { label, categorical } of counted) expect(categorical, label).toBe(true);
});
