/** Reports of kinds that declare their results: basis, fields, tables, matrices and grids, whatever text they hold. */
import { describe, expect, it } from 'vitest';
import type { RunDetail, RunKind } from '../../src-main/api/contract.ts';
import { chartFiles, reportFormats, type ReportSource } from '../../src-main/reports/index.ts';
import { elements, parseMarkup, textOf, type Element } from './markup.ts';
import { record, sourceOf, text } from './source.ts';

const kind: RunKind = {
  id: 'fixture',
  label: 'Fixture',
  description: '',
  parameters: [],
  metrics: [],
  charts: [],
  results: {
    fields: [
      { key: 'threshold.r0', label: 'First threshold', symbol: 'R_0', help: 'Where it begins.', format: 'ratio' },
      { key: 'threshold.r1', label: 'Second threshold', format: 'ratio', absent: 'never' },
      { key: 'state', label: 'State', format: 'text' },
    ],
    tables: [
      {
        result: 'classes',
        title: 'Classes',
        columns: [
          { key: 'n', label: 'Samples', format: 'count' },
          { key: 'cos', label: 'Cosine', format: 'cosine', absent: 'vanished' },
        ],
      },
    ],
    matrices: [{ result: 'cosines', title: 'Cosines of <w>', symbol: 'w' }],
    grids: [{ result: 'map', title: 'Phases' }],
  },
};

const result = {
  basis: { kind: 'local', text: 'gradient norm 1e-12 & <falling>' },
  threshold: { r0: 3.380123456789, r1: null },
  state: '<b>done</b>',
  classes: Array.from({ length: 70 }, (_, i) => ({ n: 1000 - i, cos: i === 0 ? null : -0.25 })),
  cosines: [
    [1, -0.5],
    [-0.5, 1],
  ],
  map: {
    x: { label: 'Ratio R', logarithmic: true },
    y: { label: 'Budget E' },
    xs: [1, 10, 100],
    ys: [1, 2],
    values: [0, 0.5, 1, 0, 0.25, null],
    scale: 'cosine',
    valueLabel: 'cos',
    contours: [{ label: 'R₀', x: [2, 3], y: [1, 2] }],
  },
};

async function source(count = 1): Promise<ReportSource> {
  const base = await record(1, 'lpm-sweep', { ratios: '1:10:2' });
  const runs = Array.from({ length: count }, (_, i): RunDetail => {
    return { ...base.run, id: i + 1, name: `Fixture ${i + 1}`, kind: 'fixture', parameters: {}, metrics: {}, result };
  });
  return { ...sourceOf(runs.map((run) => ({ run, series: new Map() }))), kinds: [kind] };
}

const write = async (of: ReportSource): Promise<readonly Element[]> =>
  elements(parseMarkup(await text(reportFormats.find(({ id }) => id === 'html')!.write(of))));
const named = (all: readonly Element[], name: string): Element[] => all.filter((element) => element.name === name);

describe('one run', () => {
  it('states basis, fields and tables, and escapes what it is told', async () => {
    const all = await write(await source());
    const words = all.filter(({ name }) => name === 'p').map(textOf);
    expect(words).toContain('⚠ local, a better one is not excluded: gradient norm 1e-12 & <falling>');
    const pairs = named(all, 'dl').flatMap((list) => named(elements(list), 'div').map((pair) => textOf(pair)));
    expect(pairs).toEqual(['First threshold3.38012', 'Second thresholdnever', 'State<b>done</b>']);
    expect(named(all, 'data').map(({ attributes }) => attributes['title'])).toContain('3.380123456789');
    const table = named(all, 'table').find(({ attributes }) => attributes['aria-label'] === 'Classes')!;
    const rows = named(elements(table), 'tr').map((row) =>
      elements(row)
        .filter(({ name }) => /^t[dh]$/.test(name))
        .map(textOf),
    );
    expect(rows.slice(0, 3)).toEqual([
      ['Samples', 'Cosine'],
      ['1000', 'vanished'],
      ['999', '−0.2500'],
    ]);
    expect(rows).toHaveLength(61);
    expect(words).toContain('The first 30 and last 30 of 70 rows; the data block holds all.');
    expect(named(all, 'b')).toEqual([]);
  });

  it('draws matrices and grids, in the page and as files', async () => {
    const of = await source();
    const labels = named(await write(of), 'svg').map(({ attributes }) => attributes['aria-label']);
    expect(labels).toEqual(['Phases', 'Cosines of <w>']);
    const files = [];
    for await (const { name, svg } of chartFiles(of)) files.push([name, svg.includes('R₀')]);
    expect(files).toEqual([
      ['run-1-map', true],
      ['run-1-cosines', false],
    ]);
  });

  it('defines what has a definition, and nothing of other models', async () => {
    const table = named(await write(await source()), 'table').find(
      ({ attributes }) => attributes['aria-label'] === 'Definitions',
    )!;
    const rows = named(elements(table), 'tr').slice(1).map(textOf);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('Where it begins.');
  });
});

it('several runs stand side by side', async () => {
  const all = await write(await source(2));
  const table = named(all, 'table').find(({ attributes }) => attributes['aria-label'] === 'Results side by side')!;
  expect(named(elements(table), 'tr').map(textOf)).toContain('First threshold3.380123.38012');
  expect(named(all, 'svg').map(({ attributes }) => attributes['aria-label'])).toContain('Phases: Fixture 2');
});

it('summarises metrics of one value by that value, and curves by their last, least and greatest', async () => {
  const heads = async (parameters: Record<string, string>): Promise<string[]> => {
    const all = await write(sourceOf([await record(1, 'lpm-sweep', parameters)]));
    const table = named(all, 'table').find(({ attributes }) => attributes['aria-label']?.startsWith('Metrics of'))!;
    return named(elements(table), 'th')
      .filter(({ attributes }) => attributes['scope'] === 'col')
      .map(textOf);
  };
  expect(await heads({ ratios: '10:10:1' })).toEqual(['Metric', 'Value']);
  expect(await heads({ ratios: '1:10:2' })).toContain('Greatest');
});
