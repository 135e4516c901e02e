/** Result documents read by their specification: nested keys, words for numbers, forms that are not as declared. */
import { describe, expect, it } from 'vitest';
import {
  basisOf,
  fieldText,
  lineChartOf,
  resultAt,
  resultGrids,
  resultMatrices,
  resultNumber,
  resultTables,
  type GridInput,
  type LineChartInput,
} from '../../src-main/charts/index.ts';
import { encodeJson } from '../../db/json.ts';

const stored = (value: unknown): unknown => JSON.parse(encodeJson(value));

describe('keys', () => {
  const document = { threshold: { r0: 3.38, never: null, text: '3' }, infinite: 'Infinity' };
  it('go down at dots and end in undefined where there is nothing', () => {
    expect(resultAt(document, 'threshold.r0')).toBe(3.38);
    expect(resultAt(document, 'threshold.never')).toBeNull();
    for (const key of ['threshold.r1', 'threshold.never.deeper', 'threshold.text.length', 'toString', ''])
      expect(resultAt(document, key)).toBeUndefined();
    expect(resultAt(null, 'a')).toBeUndefined();
  });

  it('give a finite number to charts and nothing else', () => {
    expect(resultNumber(document, 'threshold.r0')).toBe(3.38);
    for (const key of ['threshold.never', 'threshold.text', 'threshold', 'infinite', 'no'])
      expect(resultNumber(document, key)).toBeNull();
  });
});

it('a basis is read whole or not at all', () => {
  const basis = { kind: 'exact', text: 'closed form' };
  expect(basisOf({ basis })).toEqual(basis);
  for (const other of [{}, { basis: 'exact' }, { basis: { kind: 'guess', text: 'x' } }, { basis: { kind: 'exact' } }])
    expect(basisOf(other)).toBeNull();
});

it.each([
  [0.51749649, 'cosine', '0.5175'],
  [null, 'cosine', '–'],
  [true, 'flag', 'yes'],
  [false, 'flag', 'no'],
  ['NaN', 'loss', 'NaN'],
  ['Infinity', 'ratio', '∞'],
  [12345, 'count', '12\u2009345'],
  ['converged', 'text', 'converged'],
  [['a', 'b'], 'text', 'a, b'],
  [[1, 2.5], 'count', '1, 2.5'],
  ['not a number', 'loss', 'not a number'],
  [0.1, 'text', '0.1'],
  [{ a: 1 }, 'text', '{"a":1}'],
] as const)('%j as %s is written %s', (value, format, expected) => {
  expect(fieldText(value, { format })).toBe(expected);
});

it('a value that does not exist takes the word of its field', () => {
  expect(fieldText(null, { format: 'ratio', absent: 'never' })).toBe('never');
  expect(fieldText(0, { format: 'ratio', absent: 'never' })).toBe('0');
});

it('tables keep every row, with holes where a row lacks a value', () => {
  const columns = [
    { key: 'n', label: 'n', format: 'count' },
    { key: 'at.w', label: 'w', format: 'loss' },
  ] as const;
  const specification = {
    fields: [],
    tables: ['rows', 'none', 'empty'].map((result) => ({ result, title: result, columns })),
  };
  const document = { rows: [{ n: 1, at: { w: 2 } }, { n: 3 }], empty: [] };
  expect(resultTables(document, specification)).toEqual([
    {
      title: 'rows',
      columns,
      rows: [
        [1, 2],
        [3, undefined],
      ],
    },
  ]);
});

it('matrices are spread row by row; what is not square is no matrix', () => {
  const specification = {
    fields: [],
    matrices: ['w', 'h'].map((result) => ({ result, title: result, symbol: result })),
  };
  const document = stored({
    w: [
      [1, NaN],
      [null, 1],
    ],
    h: [[1, 0]],
  });
  const found = resultMatrices(document, specification);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ key: 'w', input: { size: 2, values: [1, NaN, null, 1], symbol: 'w' } });
});

it('neighbours of equal count are the groups of a matrix; where a class has no count there are none', () => {
  const cosines = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const groups = (rows: readonly unknown[], size?: string) =>
    resultMatrices(stored({ w: cosines, rows }), {
      fields: [],
      matrices: [
        { result: 'w', title: 'W', symbol: 'w', classes: { table: 'rows', count: 'n', ...(size && { size }) } },
      ],
    })[0]!.input.groups;
  const found = [
    { name: 'n = 100', size: 2, role: 'majority' },
    { name: 'n = 5', size: 1, role: 'minority' },
  ];
  expect(groups([{ n: 100 }, { n: 100 }, { n: 5 }])).toEqual(found);
  expect(
    groups(
      [
        { n: 100, K: 2 },
        { n: 5, K: 1 },
      ],
      'K',
    ),
  ).toEqual(found);
  expect(groups([{ n: 100 }, { n: 100 }])).toEqual([]);
  expect(groups([{ n: 100 }, {}, { n: 5 }])).toEqual([]);
});

it('grids and line charts survive being stored, typed arrays and non-finite numbers included', () => {
  const grid: GridInput = {
    x: { label: 'R', logarithmic: true },
    y: { label: 'E' },
    xs: [1, 10],
    ys: [1],
    values: Float64Array.of(0.5, NaN),
    scale: 'cosine',
    valueLabel: 'cos',
    contours: [{ label: 'R₀', x: [1, NaN, 2], y: [1, NaN, 1] }],
  };
  const [read] = resultGrids(stored({ map: grid }), { fields: [], grids: [{ result: 'map', title: 'Map' }] });
  expect(read!.input).toEqual({ ...grid, values: [0.5, NaN] });
  expect(resultGrids({ map: null }, { fields: [], grids: [{ result: 'map', title: 'Map' }] })).toEqual([]);

  const chart: LineChartInput = {
    x: { label: 'x' },
    y: { label: 'y' },
    series: [
      {
        name: 'a',
        role: 'theory',
        x: Float64Array.of(1, 2, 3),
        y: [null, NaN, Infinity],
        band: { low: Float64Array.of(0, -Infinity, 0), high: [1, 1, 1] },
      },
    ],
  };
  const back = lineChartOf(stored(chart) as LineChartInput);
  expect(back.series[0]).toEqual({
    ...chart.series[0],
    x: [1, 2, 3],
    band: { low: [0, -Infinity, 0], high: [1, 1, 1] },
  });
});
