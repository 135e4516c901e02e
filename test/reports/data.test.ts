/** CSV, JSON and SVG files: every point, nothing rounded; nothing that a spreadsheet would run. */
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src-main/reports/csv.ts';
import { chartFiles, reportFormats, type Points } from '../../src-main/reports/index.ts';
import { reduceSeries } from '../../src-main/reports/reduce-series.ts';
import { parseMarkup } from './markup.ts';
import { record, sourceOf, text } from './source.ts';

const format = (id: string) => reportFormats.find((candidate) => candidate.id === id)!;

/** A reader of RFC 4180, written from the RFC. */
function parseCsv(csv: string): string[][] {
  const cells = [...csv.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  expect(cells.map(([whole]) => whole).join('')).toBe(csv);
  const rows: string[][] = [[]];
  for (const [, cell, end] of cells) {
    rows.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('csv', () => {
  it('has a row for every point of every metric, digit by digit', async () => {
    const recorded = [
      await record(1, 'lpm-sweep', { ratios: '1:1000:9' }),
      await record(2, 'lpm-solve', {}, { name: 'a,"b"\r\nc' }),
    ];
    const source = sourceOf(recorded);
    const [head, ...rows] = parseCsv(await text(format('csv').write(source)));
    expect(head).toEqual(['run', 'name', 'kind', 'metric', 'x', 'value']);
    const expected = recorded.flatMap(({ run, series }) =>
      [...series].flatMap(([metric, chunks]) =>
        chunks.flatMap(({ x, y }) =>
          Array.from(x, (_, i) => [String(run.id), run.name, run.kind, metric, x[i]!, y[i]!]),
        ),
      ),
    );
    const read = rows.map((row) => [...row.slice(0, 4), Number(row[4]), Number(row[5])]);
    const order = (a: readonly unknown[], b: readonly unknown[]): number =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
    expect(read.toSorted(order)).toEqual(expected.toSorted(order));
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('disarms the formula %j', (name) => {
    expect(csvText(name).replace(/^"/, '')).toMatch(/^'/);
  });

  it('leaves negative numbers and values that are not finite as they are', async () => {
    const { run, series } = await record(1, 'lpm-sweep', { ratios: '1:10:2' });
    const points: Points[] = [{ x: [0, 1, 2, 3], y: [-0.5, NaN, Infinity, -Infinity] }];
    const odd = {
      run: { ...run, metrics: { odd: run.metrics['objective']! } },
      series: new Map([...series, ['odd', points]]),
    };
    const rows = parseCsv(await text(format('csv').write(sourceOf([odd]))));
    expect(rows.slice(1).map((row) => row[5])).toEqual(['-0.5', 'NaN', 'Infinity', '-Infinity']);
  });
});

describe('json', () => {
  it('is the runs and all their points', async () => {
    const source = sourceOf([await record(1, 'lpm-sweep', { ratios: '1:1000:9' }), await record(2, 'lpm-solve', {})]);
    const document = JSON.parse(await text(format('json').write(source))) as {
      runs: { id: number; series: Record<string, Points> }[];
    };
    expect(document.runs.map(({ id }) => id)).toEqual([1, 2]);
    for (const { id, series } of document.runs) {
      for (const [metric, { x, y }] of Object.entries(series)) {
        const chunks = [...source.points(id, metric)];
        expect(x).toEqual(chunks.flatMap((chunk) => Array.from(chunk.x)));
        expect(y).toEqual(chunks.flatMap((chunk) => Array.from(chunk.y)));
      }
    }
  });
});

describe('svg', () => {
  it('is one well-formed file per chart, under names that are safe everywhere', async () => {
    const source = sourceOf([
      await record(1, 'lpm-sweep', { ratios: '1:1000:9' }, { name: '../<b>&"' }),
      await record(2, 'lpm-solve', {}),
    ]);
    const names: string[] = [];
    for await (const { name, svg } of chartFiles(source)) {
      names.push(name);
      const [root] = parseMarkup(svg).children;
      expect(root).toMatchObject({ name: 'svg', attributes: { xmlns: 'http://www.w3.org/2000/svg' } });
      expect(svg).not.toMatch(/<script|<style|href="http/);
    }
    expect(names).toHaveLength(9);
    expect(new Set(names).size).toBe(9);
    for (const name of names) expect(name).toMatch(/^[\w-]+$/);
  });
});

describe('a long series in a chart', () => {
  it('keeps its extremes, its ends and its count', () => {
    const n = 100_000;
    const y = Float64Array.from({ length: n }, (_, i) => Math.sin(i));
    y[54_321] = 99;
    y[54_322] = -99;
    const x = Float64Array.from(y, (_, i) => i);
    const halves = [0, n / 2].map((at) => ({ x: x.subarray(at, at + n / 2), y: y.subarray(at, at + n / 2) }));
    const drawn = reduceSeries(halves, n);
    expect(drawn.x.length).toBeLessThanOrEqual(800);
    expect(drawn.total).toBe(n);
    expect(drawn.x.at(-1)).toBe(n - 1);
    expect(drawn.y.at(-1)).toBe(y[n - 1]);
    expect(Math.max(...drawn.envelope!.high)).toBe(99);
    expect(Math.min(...drawn.envelope!.low)).toBe(-99);
  });

  it('never hides a value that is not finite', () => {
    const y = Float64Array.from({ length: 10_000 }, () => 1);
    y[5_000] = NaN;
    const drawn = reduceSeries([{ x: y.map((_, i) => i), y }], y.length);
    expect(drawn.y.filter(Number.isNaN)).toHaveLength(1);
    expect(Math.max(...drawn.envelope!.high)).toBe(1);
  });

  it('leaves a short one as it is', () => {
    expect(reduceSeries([{ x: [1, 2], y: [3, 4] }], 2)).toEqual({ x: [1, 2], y: [3, 4], total: 2 });
  });
});
