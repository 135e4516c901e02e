/** Grids: cells where they belong and in their colour, contours and marks, what has no value, and the price of many cells. */
import { expect, test } from 'vitest';
import { sequentialColor } from '../../src-main/charts/color-scale.ts';
import { divergingColor } from '../../src-main/charts/diverging.ts';
import { cellEdges, cellPaths, hatchPath } from '../../src-main/charts/grid-cells.ts';
import { gridScale, LEVELS } from '../../src-main/charts/grid-scale.ts';
import { gridChart, gridTable, themes, type GridInput } from '../../src-main/charts/index.ts';
import { frame, svgOf, textsOf } from './render.ts';

const input: GridInput = {
  x: { label: 'Imbalance ratio R', logarithmic: true },
  y: { label: 'Budget E' },
  xs: [1, 10, 100],
  ys: [1, 2],
  values: [-1, 0, 1, 0.5, null, NaN],
  scale: 'cosine',
  valueLabel: 'cos(w, w′)',
  contours: [{ label: 'R₀', x: [1, 5, 20, NaN, 50, 100], y: [1, 1.5, 1.8, NaN, 1.9, 2] }],
  marks: [{ x: 10, y: 1, label: 'here' }],
  missingReason: 'hatched: minority vanished',
};

/** Rectangles of path data: x, bottom, width, height. */
const rectangles = (path: string): number[][] =>
  [...path.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v-([\d.]+)h-[\d.]+z/g)].map((match) => match.slice(1).map(Number));

test('edges lie half-way, in the logarithm on a logarithmic axis, and outer cells are whole', () => {
  expect(cellEdges([1, 2, 4], false)).toEqual([0.5, 1.5, 3, 5]);
  cellEdges([1, 100, 1e4], true).forEach((edge, i) => expect(edge).toBeCloseTo(10 ** (2 * i - 1), 9));
});

test('every cell is covered by its own level, neighbours under at most one pixel of it', () => {
  const [columns, rows] = [7, 5];
  const levels = Int16Array.from({ length: columns * rows }, (_, i) => ((i * i + 3 * i) % 4) - 1);
  const x = Array.from({ length: columns + 1 }, (_, i) => 10 + 9 * i);
  const y = Array.from({ length: rows + 1 }, (_, i) => 90 - 8 * i);
  const paths = cellPaths(levels, x, y);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [px, py] = [x[column]! + 4.5, y[row]! - 4];
      const over = [...paths].filter(([, path]) =>
        rectangles(path).some(
          ([left, bottom, width, height]) =>
            px > left! && px < left! + width! && py < bottom! && py > bottom! - height!,
        ),
      );
      expect(over.map(([level]) => level)).toEqual([levels[row * columns + column]]);
    }
  }
});

test('hatching lies in the cells without a value alone', () => {
  const levels = Int16Array.from([-1, -1, 3, 3, 3, 3, 3, -1, 3]);
  const edges = [0, 30, 60, 90];
  const path = hatchPath(levels, edges, [90, 60, 30, 0], 8);
  const points = [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(
    (match) => [Number(match[1]), Number(match[2])] as const,
  );
  expect(points.length).toBeGreaterThan(10);
  // A line may overhang its cells by half a row, for rows take part as a whole.
  for (const [x, y] of points) {
    const bottomLeft = x <= 75 && y >= 60;
    const topMiddle = x >= 15 && x <= 75 && y <= 30;
    expect(bottomLeft || topMiddle).toBe(true);
  }
});

test('cosines keep their fixed colours; sequential scales span the data, or the domain', () => {
  const cosine = gridScale(input);
  expect(cosine.color(cosine.place(0)!)).toBe(divergingColor(0));
  expect(cosine.color(cosine.place(0.5)!)).toBe(divergingColor(0.5));
  const linear = gridScale({ ...input, scale: 'sequential', values: [2, 4, 3, null, Infinity, 2] });
  expect([linear.low, linear.high, linear.place(3), linear.place(Infinity)]).toEqual([2, 4, 0.5, 1]);
  const log = gridScale({ ...input, scale: 'sequential-log', values: [1, 100, 10, 0, -1, 1] });
  expect([log.place(10), log.place(0), log.place(-1)]).toEqual([0.5, null, null]);
  expect(gridScale({ ...input, scale: 'sequential', domain: [0, 10] }).place(5)).toBe(0.5);
  expect(LEVELS % 2).toBe(1);
});

test('cividis grows lighter all the way', () => {
  const luminance = Array.from({ length: 101 }, (_, i) => {
    const [r, g, b] = sequentialColor(i / 100)
      .match(/\d+/g)!
      .map(Number) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  luminance.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(luminance[i]! - 0.5));
});

test('draws cells, contour, mark, colour bar and the reason for holes', () => {
  const svg = svgOf(gridChart(input, frame));
  // Colours come in levels: 64/127 is the level next to 0.5.
  for (const value of [-1, 0, 1, 64 / 127]) expect(svg).toContain(divergingColor(value));
  const texts = textsOf(svg);
  for (const text of ['R₀', 'here', 'cos(w, w′)', 'hatched: minority vanished', 'Imbalance ratio R', '−1', '0.5'])
    expect(texts).toContain(text);
  expect(svg).not.toContain('NaN');
});

test('says how many values a logarithmic scale cannot show, and how many are infinite', () => {
  const texts = textsOf(
    svgOf(gridChart({ ...input, scale: 'sequential-log', values: [0, 1, 2, Infinity, -1, 3] }, frame)),
  );
  expect(texts).toContain('2 values ≤ 0 hatched (log scale) · 1 infinite, at the end of the scale');
});

test('200 × 200 cells stay a few hundred elements and are drawn in well under a second, in both themes', () => {
  const xs = Array.from({ length: 200 }, (_, i) => 10 ** (i / 50));
  const ys = Array.from({ length: 200 }, (_, i) => 10 ** (i / 100 - 1));
  const values = ys.flatMap((y) => xs.map((x) => (x / y > 3000 ? null : Math.tanh(Math.log(x * y) - 3))));
  const large: GridInput = { ...input, y: { label: 'E', logarithmic: true }, xs, ys, values };
  const times: number[] = [];
  for (const theme of [themes.light, themes.dark, themes.light]) {
    const started = process.threadCpuUsage();
    const svg = svgOf(gridChart(large, { ...frame, theme }));
    times.push(process.threadCpuUsage(started).user / 1000);
    expect(svg.match(/<(path|rect|line|text|circle)/g)!.length).toBeLessThan(450);
    expect(svg.length).toBeLessThan(1_000_000);
  }
  // Milliseconds of this thread's own work, for others may hold it up; the first one also warms up.
  expect(Math.min(...times)).toBeLessThan(1_000);
});

test('the table gives every cell, null where there is no value', () => {
  const { columns, rows } = gridTable(input);
  expect(columns).toEqual(['Imbalance ratio R', 'Budget E', 'cos(w, w′)']);
  expect(rows).toEqual([
    [1, 1, -1],
    [10, 1, 0],
    [100, 1, 1],
    [1, 2, 0.5],
    [10, 2, null],
    [100, 2, null],
  ]);
});

test('hover names the cell under the pointer with its exact value', () => {
  const option = gridChart(input, frame);
  const grid = option.grid as { left: number; top: number; width: number; height: number };
  const { position } = option.tooltip as unknown as {
    position: (point: number[], params: unknown, box: object, rect: unknown, size: object) => number[];
  };
  const hover = (across: number, up: number): string => {
    const box = { innerHTML: '', offsetWidth: 100, offsetHeight: 40 };
    const point = [grid.left + across * grid.width, grid.top + (1 - up) * grid.height];
    const place = position(point, null, box, null, { viewSize: [frame.width, frame.height] });
    expect(place[0]! >= 0 && place[0]! + 100 <= frame.width).toBe(true);
    return box.innerHTML;
  };
  expect(hover(0.1, 0.8)).toContain('0.5');
  expect(hover(0.9, 0.2)).toMatch(/Imbalance ratio R 100<br>Budget E 1.*>1</s);
  expect(hover(0.5, 0.9)).toContain('no value');
});
