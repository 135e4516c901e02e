/** Line charts: everything that is not drawn is counted and said. */
import { expect, test } from 'vitest';
import {
  heightWithLegend,
  lineChart,
  lineTable,
  tableText,
  themes,
  type LineChartInput,
} from '../../src-main/charts/index.ts';
import { textWidth } from '../../src-main/charts/text.ts';
import { frame, svgOf, textsOf } from './render.ts';

const x = Array.from({ length: 41 }, (_, i) => 10 ** (i / 10));
const curve: LineChartInput = {
  x: { label: 'Imbalance ratio R', logarithmic: true },
  y: { label: 'Cosine', min: -0.25, max: 1 },
  series: [
    { name: 'minority', role: 'minority', x, y: x.map((r) => Math.min(1, r / 12)) },
    { name: 'majority', role: 'majority', x, y: x.map(() => -0.11) },
  ],
  verticals: [
    { x: 12.19, label: 'R₀ 12.19', kind: 'threshold' },
    { x: 1e6, label: 'beyond', kind: 'threshold' },
  ],
};

test('labels, ticks, titles and thresholds are in the picture, and nothing is NaN', () => {
  const svg = svgOf(lineChart(curve, frame));
  const texts = textsOf(svg);
  for (const text of [
    'minority',
    'majority',
    'Imbalance ratio R',
    'Cosine',
    '10\u2009000',
    '−0.25',
    'R₀ 12.19',
    '82 of 82 points',
  ])
    expect(texts).toContain(text);
  expect(texts).not.toContain('beyond');
  expect(svg).not.toMatch(/NaN|undefined/);
  expect(svg).toContain(themes.light.minority);
});

test('the same input gives the same picture', () => {
  const plain = (svg: string): string => svg.replace(/zr(\d+)?-(cls|c)-?\d+/g, 'zr');
  expect(plain(svgOf(lineChart(curve, frame)))).toBe(plain(svgOf(lineChart(curve, frame))));
});

test('what a log axis cannot show is counted and said', () => {
  const input: LineChartInput = {
    x: { label: 'Step' },
    y: { label: 'Gap', logarithmic: true },
    series: [{ name: 'gap', role: 'neutral', x: [1, 2, 3, 4], y: [1, 0, -2, 1e-9] }],
  };
  expect(textsOf(svgOf(lineChart(input, frame)))).toContain('2 of 4 points · 2 values ≤ 0 not drawn (log axis)');
});

test('values that are not finite are marked and counted; absent ones are gaps', () => {
  const input: LineChartInput = {
    x: { label: 'Step' },
    y: { label: 'Loss' },
    series: [{ name: 'loss', role: 'overlay', x: [1, 2, 3, 4, 5], y: [1, NaN, Infinity, null, 0.5] }],
  };
  const option = lineChart(input, frame);
  expect(textsOf(svgOf(option))).toContain('2 of 4 points · 2 not finite (marked)');
  const marks = (option.series as { id: string; data: unknown[] }[]).find(({ id }) => id === 'nonfinite:0');
  expect(marks?.data).toHaveLength(2);
  expect(svgOf(option)).not.toContain('NaN');
});

test('buckets: last values as line, minima and maxima within the axis, n of N said', () => {
  const input: LineChartInput = {
    x: { label: 'Step' },
    y: { label: 'Loss' },
    series: [
      {
        name: 'loss',
        role: 'neutral',
        x: [10, 20],
        y: [1, 1.1],
        envelope: { low: [0.2, 0.4], high: [7, 3] },
        total: 100_000,
      },
    ],
  };
  const option = lineChart(input, frame);
  expect(textsOf(svgOf(option))).toContain('2 of 100\u2009000 points, minima and maxima shaded');
  const axis = option.yAxis as { min: number; max: number };
  expect(axis.min).toBeLessThanOrEqual(0.2);
  expect(axis.max).toBeGreaterThanOrEqual(7);
});

test('many runs get a legend instead of labels, and dashes after eight', () => {
  const series = Array.from({ length: 12 }, (_, i) => ({
    name: `run ${i}`,
    role: 'overlay' as const,
    overlay: i,
    x: [0, 1],
    y: [i, i + 1],
  }));
  const option = lineChart({ x: { label: 'Step' }, y: { label: 'Loss' }, series }, frame);
  expect((option.legend as { show: boolean }).show).toBe(true);
  const types = (option.series as { id: string; lineStyle: { type: unknown } }[])
    .filter(({ id }) => id.startsWith('line:'))
    .map((line) => line.lineStyle.type);
  expect(types.slice(0, 8).every((type) => type === 'solid')).toBe(true);
  expect(types.slice(8).every((type) => type === 'dashed')).toBe(true);
});

test.each([
  [32, 28],
  [32, 16],
])('a picture as high as its legend needs shows all %d names and pages none', (count, letters) => {
  const series = Array.from({ length: count }, (_, i) => ({
    name: `${i}`.padEnd(letters, 'x'),
    role: 'overlay' as const,
    overlay: i,
    x: [0, 1],
    y: [i, i + 1],
  }));
  const input = { title: 'Title', x: { label: 'Step' }, y: { label: 'Loss' }, series };
  const high = { ...frame, height: heightWithLegend(input, frame) };
  const texts = textsOf(svgOf(lineChart(input, high), high));
  expect(texts).toEqual(expect.arrayContaining(series.map(({ name }) => name)));
  expect((lineChart(input, high).legend as { type: string }).type).toBe('plain');
  expect((lineChart(input, frame).legend as { type: string }).type).toBe('scroll');
});

test('a lone prediction is hollow: it has no dash that tells it from what is measured', () => {
  const point = { role: 'overlay', overlay: 0, x: [1], y: [0.5] } as const;
  const { series } = lineChart(
    {
      x: { label: 'R' },
      y: { label: 'Cosine' },
      series: [
        { ...point, name: 'measured' },
        { ...point, name: 'predicted', prediction: { dash: 'dashed', model: 'LPM' } },
      ],
    },
    frame,
  );
  const [measured, predicted] = (series as { id: string; itemStyle: { color: string; borderColor?: string } }[]).filter(
    ({ id }) => id.startsWith('line:'),
  );
  expect(measured!.itemStyle.color).toBe(predicted!.itemStyle.borderColor);
  expect(predicted!.itemStyle.color).toBe(themes.light.panel);
});

test.each([
  [1, [-1, 1], 0.9, 1],
  [-1, [-1, 1], -1, -0.9],
  [0.5, [-1, 1], 0.44, 0.56],
  [0, [0, Infinity], 0, 0.1],
] as const)('an axis of the one value %d within %j is short and tidy', (value, within, low, high) => {
  const { yAxis } = lineChart(
    {
      x: { label: 'x' },
      y: { label: 'y', within },
      series: [{ name: 'a', role: 'neutral', x: [1, 2], y: [value, value] }],
    },
    frame,
  );
  expect(yAxis).toMatchObject({ min: low, max: high });
});

test('labels at the lines’ ends stay apart and inside the plot', () => {
  const series = Array.from({ length: 6 }, (_, i) => ({
    name: `line ${i}`,
    role: 'overlay' as const,
    overlay: i,
    x: [0, 1],
    y: [0, -0.001 * i],
  }));
  const svg = svgOf(lineChart({ x: { label: 'Step' }, y: { label: 'Loss', min: 0 - 0.01, max: 1 }, series }, frame));
  const places = [...svg.matchAll(/<text[^>]*translate\((?:[\d.]+) ([\d.]+)\)[^>]*>line \d<\/text>/g)]
    .map((match) => Number(match[1]))
    .sort((a, b) => a - b);
  expect(places).toHaveLength(6);
  places.slice(1).forEach((place, i) => expect(place - places[i]!).toBeGreaterThanOrEqual(13));
  expect(places.at(-1)).toBeLessThanOrEqual(360 - 56);
});

test('labels of lines that end early make way for those that begin where they reach to', () => {
  const line = (name: string, end: number, y: number) => ({ name, role: 'neutral' as const, x: [0, end], y: [y, y] });
  const series = [line('ends early', 0.95, 0.5), line('ends late', 1, 0.51), line('far off', 0.2, 0.5)];
  const svg = svgOf(lineChart({ x: { label: 'Step' }, y: { label: 'Loss', min: 0, max: 1 }, series }, frame));
  const [early, late, far] = series.map(({ name }) =>
    Number(new RegExp(`<text[^>]*translate\\([\\d.]+ ([\\d.]+)\\)[^>]*>${name}<`).exec(svg)![1]),
  );
  expect(early! - late!).toBeGreaterThanOrEqual(13);
  // Nobody is beside it, so that it stays at its line.
  expect(far).toBeGreaterThan(late!);
  expect(far).toBeLessThan(early!);
});

test('hover text escapes names', () => {
  const option = lineChart(
    { ...curve, series: [{ name: '<img src=x>', role: 'neutral', x: [1, 10], y: [0, 1] }] },
    frame,
  );
  const { formatter } = option.tooltip as { formatter: (hit: unknown) => string };
  const html = formatter([{ seriesId: 'line:0', dataIndex: 1, value: [10, 1] }]);
  expect(html).toContain('&lt;img src=x&gt;');
  expect(html).not.toContain('<img');
});

test('a line that is flat but for rounding has ticks that read differently', () => {
  const value = 0.0113581;
  const series = [{ name: 'flat', role: 'neutral' as const, x: [1, 2], y: [value, value * (1 + 1e-15)] }];
  const texts = textsOf(svgOf(lineChart({ x: { label: 'Rank' }, y: { label: 'Loss' }, series }, frame)));
  const ticks = texts.map(Number).filter((tick) => tick > 0 && tick < 1);
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(Math.min(...ticks)).toBeLessThan(value);
  expect(Math.max(...ticks)).toBeGreaterThan(value);
});

test('an empty chart still has its axes', () => {
  expect(textsOf(svgOf(lineChart({ ...curve, series: [], verticals: [] }, frame)))).toContain('Cosine');
});

test('the table holds every point in full precision', () => {
  const { columns, rows } = lineTable(curve);
  expect(columns).toEqual(['series', 'Imbalance ratio R', 'Cosine']);
  expect(rows).toHaveLength(82);
  expect(
    tableText({
      columns: ['a', 'b'],
      rows: [
        ['x\ty', 0.1 + 0.2],
        ['z', null],
      ],
    }),
  ).toBe('a\tb\n"x\ty"\t0.30000000000000004\nz\t\n');
});

test('the label of a vertical at the right edge stays within the picture', () => {
  const label = 't = 1000000000';
  // A legend instead of labels at the lines' ends leaves the margin narrow.
  const many = Array.from({ length: 9 }, (_, i) => ({ ...curve.series[0]!, name: `line ${i}` }));
  const option = lineChart({ ...curve, series: many, verticals: [{ x: 1e4, label, kind: 'cursor' }] }, frame);
  const [, anchor, place] = new RegExp(`<text[^>]*text-anchor="(\\w+)"[^>]*translate\\(([\\d.]+)[^>]*>${label}<`).exec(
    svgOf(option),
  )!;
  expect(anchor).toBe('middle');
  expect(Number(place) + textWidth(label, 11) / 2).toBeLessThanOrEqual(frame.width);
});

test('an axis that counts has no labels between whole numbers', () => {
  const classes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const chart = (x: readonly number[]): string[] =>
    textsOf(
      svgOf(
        lineChart(
          {
            x: { label: 'Class' },
            y: { label: 'y' },
            series: [{ name: 'a', role: 'neutral', x, y: classes.map((k) => 100 * k) }],
          },
          { ...frame, width: 390 },
        ),
      ),
    );
  expect(chart(classes.map((k) => k + 0.5))).toContain('2.5');
  const ticks = chart(classes)
    .map(Number)
    .filter((tick) => tick > 0 && tick <= 10);
  expect(ticks.length).toBeGreaterThan(1);
  expect(ticks.every(Number.isInteger)).toBe(true);
});
