/** A run of claims as a report: count, verdicts, numbers, formulas and charts, and no failure hidden. */
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeJson } from '../../db/json.ts';
import type { RunDetail } from '../../src-main/api/contract.ts';
import { runClaims } from '../../src-main/claims/run.ts';
import { claimsKind } from '../../src-main/jobs/kinds/claims.ts';
import { chartFiles, reportFormats, type ReportSource } from '../../src-main/reports/index.ts';
import { broken, holds, lost, wrong } from '../claims/fixtures.ts';
import { elements, parseMarkup, textOf, type Element } from './markup.ts';
import { record, sourceOf, text } from './source.ts';

const write = async (of: ReportSource): Promise<readonly Element[]> =>
  elements(parseMarkup(await text(reportFormats.find(({ id }) => id === 'html')!.write(of))));
const named = (all: readonly Element[], name: string): Element[] => all.filter((element) => element.name === name);

async function source(more: Partial<RunDetail> = {}): Promise<ReportSource> {
  const document = await runClaims([holds, wrong, lost, broken], { breathe: async () => undefined });
  const base = await record(1, 'lpm-sweep', { ratios: '1:10:2' });
  const result = JSON.parse(encodeJson(document)) as unknown;
  const run = { ...base.run, kind: 'claims', name: 'All claims', parameters: {}, metrics: {}, result, ...more };
  return { ...sourceOf([{ run, series: new Map() }]), kinds: [claimsKind] };
}

describe('the report of a run of claims', () => {
  let all: readonly Element[];
  let articles: readonly Element[];
  beforeAll(async () => {
    all = await write(await source());
    articles = named(all, 'article');
  });

  it('counts, and names what fails before anything else', () => {
    const words = named(all, 'p').map(textOf);
    expect(words).toContain('1 of 4 claims hold, 3 fail.');
    expect(words).toContain('✗ A wrong theorem; Title of fixture-lost; Title of fixture-broken');
    expect(named(all, 'h2').map(textOf)).toEqual(['Claims', 'Runs', 'Parameters', 'Versions']);
    expect(named(all, 'h3').map(textOf)).toEqual(['Layer-Peeled Model', 'Deep linear networks']);
  });

  it('gives every claim its verdict, in the overview and in its place', () => {
    const verdicts = ['✓ holds', '✗ fails', '✗ fails', '✗ fails'];
    const table = named(all, 'table').find(({ attributes }) => attributes['aria-label'] === 'Overview of the claims')!;
    const rows = named(elements(table), 'tr').slice(1);
    expect(rows.map((row) => textOf(named(elements(row), 'td')[0]!))).toEqual(verdicts);
    // In the order of papers: the wrong theorem is of another one.
    expect(articles.map((article) => textOf(named(elements(article), 'h4')[0]!))).toEqual([
      '✓ holds Title of fixture-holds',
      '✗ fails Title of fixture-lost',
      '✗ fails Title of fixture-broken',
      '✗ fails A wrong theorem',
    ]);
    expect(textOf(articles[2]!)).toContain('the matrix was singular');
    expect(textOf(articles[1]!)).toContain('Error not measured');
  });

  it('holds numbers with all digits beside what was demanded, and what is not finite as such', () => {
    const rows = named(elements(articles[3]!), 'tr').map((row) =>
      elements(row)
        .filter(({ name }) => name === 'td' || name === 'th')
        .map(textOf),
    );
    expect(rows).toEqual([
      ['Quantity', 'Found', 'Demanded'],
      ['cosine', '0.5000', '0.5000'],
      ['ratio', '∞', ''],
    ]);
    const digits = named(elements(articles[3]!), 'data').map(({ attributes }) => attributes['title']);
    expect(digits).toContain(String(0.5 + 2e-6));
    expect(digits).toContain('0.000002');
  });

  it('typesets the formula and draws the chart, non-finite point marked', () => {
    for (const article of articles) expect(named(elements(article), 'math')).toHaveLength(1);
    const charts = articles.map((article) => named(elements(article), 'svg').map(textOf));
    expect(charts.map((of) => of.length)).toEqual([1, 1, 0, 1]);
    expect(charts[0]![0]).toContain('1 not finite (marked)');
    expect(named(all, 'svg')).toHaveLength(3);
  });

  it('keeps text text', () => {
    expect(textOf(articles[0]!)).toContain('The cosine equals <0.5> & nothing else.');
  });
});

it('a run that was stopped says that not every claim was tested', async () => {
  const words = named(await write(await source({ status: 'cancelled' })), 'p').map(textOf);
  expect(words).toContain('⚠ This run is cancelled: not every claim was tested.');
});

it('charts of claims are files too', async () => {
  const files = [];
  for await (const { name } of chartFiles(await source())) files.push(name);
  expect(files).toEqual(['run-1-fixture-holds', 'run-1-fixture-wrong', 'run-1-fixture-lost']);
});

it('a run of claims that ended without a document is shown as any other run', async () => {
  const all = await write(await source({ status: 'failed', result: null, error: 'the process ended' }));
  expect(named(all, 'article')).toEqual([]);
  expect(named(all, 'pre').map(textOf)).toContain('the process ended');
});
