/** The HTML report: complete, inert whatever a run is called, and in need of nothing outside itself. */
import { beforeAll, describe, expect, it } from 'vitest';
import { reportFormats, type ReportSource } from '../../src-main/reports/index.ts';
import { elements, parseMarkup, textOf, type Element } from './markup.ts';
import { record, sourceOf, text } from './source.ts';

const write = (source: ReportSource): Promise<string> =>
  text(reportFormats.find(({ id }) => id === 'html')!.write(source));
const find = (all: readonly Element[], name: string): Element[] => all.filter((element) => element.name === name);

interface Solved {
  readonly objective: number;
  readonly gap: number;
  readonly groups: readonly Readonly<Record<string, unknown>>[];
}

describe('a report of a sweep and a solve', () => {
  let source: ReportSource;
  let html: string;
  let all: readonly Element[];
  beforeAll(async () => {
    source = sourceOf([
      await record(1, 'lpm-solve', { counts: '100x5,10x5' }, { name: 'One solve' }),
      await record(2, 'lpm-sweep', { ratios: '1:1000:7' }, { name: 'One sweep' }),
    ]);
    html = await write(source);
    all = elements(parseMarkup(html));
  });

  it('is well-formed and needs nothing from outside', () => {
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/https?:|<script|<link|<img|<iframe|<object|@import|javascript:/i);
    const urls = [...html.matchAll(/url\(([^)]{0,24})/g)].map(([, url]) => url!);
    expect(urls.filter((url) => !/^(data:font\/woff2|'?#)/.test(url))).toEqual([]);
    for (const { attributes } of all)
      expect(Object.keys(attributes).filter((key) => /^on|^srcdoc$/.test(key))).toEqual([]);
  });

  it('forbids by its own policy what it does not need', () => {
    const policy = find(all, 'meta').find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy!.attributes['content']).toContain("default-src 'none'");
  });

  it('holds every number of certificate and groups with all its digits', () => {
    const solved = source.runs[0]!.result as Solved;
    const shown = new Set(find(all, 'data').map(({ attributes }) => Number(attributes['title'])));
    expect(solved.objective).toBeCloseTo(0.261677, 6);
    const numbers = [solved.objective, solved.gap, ...solved.groups.flatMap((group) => Object.values(group))];
    for (const number of numbers) if (typeof number === 'number') expect(shown).toContain(number);
  });

  it('states thresholds, certificate, kinds, versions and definitions in words', () => {
    const page = textOf(parseMarkup(html));
    for (const words of [
      '12.1924',
      'never',
      'certified optimum',
      'Minority classes',
      '24.21.0',
      'Minority Collapse',
      'ratio sweep',
    ])
      expect(page).toContain(words);
  });

  it('draws every chart of the kinds as vectors, named, with R₀ marked', () => {
    const charts = find(all, 'svg');
    // Three curves by class and two heat-maps of the solve, four charts of the sweep.
    expect(charts).toHaveLength(9);
    for (const chart of charts) {
      expect(chart.attributes['aria-label']).toMatch(/\S/);
      expect(chart.attributes['viewBox']).toMatch(/^0 0 \d+ \d+$/);
      expect(elements(chart).filter(({ name }) => name === 'path' || name === 'rect').length).toBeGreaterThan(3);
      expect(elements(chart).filter(({ name }) => name === 'image')).toEqual([]);
    }
    const cosines = charts.find((chart) => chart.attributes['aria-label'] === 'Cosines of the classifiers')!;
    expect(textOf(cosines)).toContain('R₀');
    expect(textOf(cosines)).toContain('−1/(K−1)');
    expect(textOf(cosines)).toContain('21 of 21 points');
  });

  it('gives no two elements the same id', () => {
    const ids = all.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('embeds the data as JSON that programs can read', () => {
    const block = all.find(({ attributes }) => attributes['id'] === 'peel-data')!;
    const data = JSON.parse(textOf(block)) as {
      complete: boolean;
      runs: { result: unknown; series: Record<string, { x: number[]; y: number[] }> }[];
    };
    expect(data.complete).toBe(true);
    expect(data.runs[0]!.result).toEqual(source.runs[0]!.result);
    const [points] = [...source.points(2, 'cos_w_minority')];
    expect(data.runs[1]!.series['cos_w_minority']).toEqual({ x: points!.x, y: points!.y });
  });

  it('marks the parameters that differ, and those only', async () => {
    const runs = [
      await record(1, 'lpm-sweep', { ratios: '1:10:3' }),
      await record(2, 'lpm-sweep', { ratios: '1:10:3', eh: 10 }),
    ];
    const page = elements(parseMarkup(await write(sourceOf(runs))));
    const table = find(page, 'table').find(({ attributes }) => attributes['aria-label'] === 'Parameters of the runs')!;
    const rows = find(elements(table), 'tr').map((row) => ({
      name: textOf(find(elements(row), 'th')[0]!),
      marked: textOf(row).includes('≠'),
    }));
    expect(rows.filter(({ marked }) => marked).map(({ name }) => name)).toEqual(['Feature budget ≠']);
  });

  it('writes choices by their labels, and says of parameters to which run they do not matter', async () => {
    const runs = [
      await record(1, 'deep-linear', { counts: '4x2', depth: 1 }),
      await record(2, 'deep-linear', { counts: '4x2', depth: 1, loss: 'ce', starts: 1 }),
    ];
    const page = elements(parseMarkup(await write(sourceOf(runs))));
    const table = (label: string): string[][] => {
      const found = find(page, 'table').find(({ attributes }) => attributes['aria-label'] === label)!;
      const isCell = ({ name }: Element): boolean => name === 'td' || name === 'th';
      return find(elements(found), 'tr').map((row) => elements(row).filter(isCell).map(textOf));
    };
    expect(table('Parameters of the runs')).toContainEqual(['Loss ≠', 'squared', 'cross-entropy']);
    expect(table('Parameters of the runs')).toContainEqual(['Random starts', 'does not matter', '1']);
    const alone = elements(parseMarkup(await write(sourceOf(runs.slice(0, 1))))).map(textOf);
    expect(alone.some((text) => text.includes('Random starts'))).toBe(false);
  });
});

describe('hostile text', () => {
  const attack = `</pre></style><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;\u0000\u2028]]>`;

  it('stays text wherever it stands, and adds no element', async () => {
    const plain = await record(1, 'lpm-sweep', { ratios: '1:10:3' }, { tags: ['tag'], note: 'note', error: 'error' });
    const hostile = {
      ...plain,
      run: {
        ...plain.run,
        name: attack,
        note: attack,
        error: attack,
        experiment: attack,
        tags: [attack],
        versions: { [attack]: attack },
      },
    };
    const quiet = { ...plain, run: { ...plain.run, versions: { peel: '1' } } };
    const html = await write({ ...sourceOf([hostile], attack), project: attack });
    const count = (markup: string): number => elements(parseMarkup(markup)).length;
    expect(html).not.toMatch(/<script|<img/);
    expect(count(html)).toBe(count(await write(sourceOf([quiet]))));
    const block = elements(parseMarkup(html)).find(({ attributes }) => attributes['id'] === 'peel-data')!;
    expect((JSON.parse(textOf(block)) as { runs: { name: string }[] }).runs[0]!.name).toBe(attack);
  });
});

describe('what is out of the ordinary', () => {
  it('says so when the points are too many for the file', async () => {
    const long = await record(1, 'lpm-sweep', { ratios: '1:10:3' });
    const n = 300_000;
    const x = Float64Array.from({ length: n }, (_, i) => i + 1);
    const summary = { ...long.run.metrics['objective']!, n, lastX: n };
    const big = {
      run: { ...long.run, metrics: { objective: summary } },
      series: new Map([['objective', [{ x, y: x }]]]),
    };
    const html = await write(sourceOf([big]));
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).toContain('300\u2009000 data points of these runs are too many for this file');
    expect(html).toMatch(/of 300\u2009000 points/);
  });

  it('tells that a run failed, and why, and survives a kind that it does not know', async () => {
    const base = await record(1, 'lpm-sweep', { ratios: '1:10:3' });
    const failed = {
      ...base,
      run: {
        ...base.run,
        kind: 'from-the-future',
        status: 'failed' as const,
        error: 'the disk was full',
        result: null,
      },
    };
    const page = textOf(parseMarkup(await write(sourceOf([failed]))));
    expect(page).toContain('This run is failed');
    expect(page).toContain('the disk was full');
  });

  it('cuts a list of hundreds of groups and says how many there are', async () => {
    const counts = Array.from({ length: 70 }, (_, index) => 1000 - index).join(',');
    const page = textOf(parseMarkup(await write(sourceOf([await record(1, 'lpm-solve', { counts })]))));
    expect(page).toContain('The first 30 and last 30 of 70 groups');
  }, 60_000);
});

it('keeps parameters apart that two kinds call by the same key and mean otherwise', async () => {
  const decay = await record(1, 'deep-linear', { counts: '4x2', depth: 1, decay: '0.001' });
  const acts = await record(2, 'low-rank-descent', { counts: '4x3', rank: 2, p: 4, epochs: 2, switch: 0 });
  const page = elements(parseMarkup(await write(sourceOf([decay, acts]))));
  const table = find(page, 'table').find(({ attributes }) => attributes['aria-label'] === 'Parameters of the runs')!;
  const rows = find(elements(table), 'tr').map((row) =>
    elements(row)
      .filter(({ name }) => name === 'td' || name === 'th')
      .map(textOf),
  );
  expect(rows).toContainEqual(['Weight decay ≠', '0.001', '–']);
  expect(rows).toContainEqual(['Decay acts on ≠', '–', 'Decay on the factors U and V']);
});

it('of many runs, shared parameters stand once and differing ones run by run', async () => {
  const budgets = [1, 2, 3, 5, 8, 12];
  const runs = await Promise.all(
    budgets.map((eh, index) => record(index + 1, 'lpm-sweep', { eh, ratios: '1:100:3' }, { name: `E_H = ${eh}` })),
  );
  const page = elements(parseMarkup(await write(sourceOf(runs))));
  const table = (label: string): string[][] => {
    const found = find(page, 'table').find(({ attributes }) => attributes['aria-label'] === label)!;
    return find(elements(found), 'tr').map((row) =>
      elements(row)
        .filter(({ name }) => name === 'td' || name === 'th')
        .map(textOf),
    );
  };
  expect(table('Parameters that all runs share')).toContainEqual(['Imbalance ratios', '1:100:3']);
  expect(table('Parameters of the runs')).toEqual([
    ['Run', 'Feature budget ≠'],
    ...budgets.map((eh) => [`E_H = ${eh}`, String(eh)]),
  ]);
});

describe('the note of a report', () => {
  it('is paragraphs of text before the runs, and goes with the data', async () => {
    const source = sourceOf([await record(1, 'lpm-sweep', { ratios: '1:10:2' })]);
    const note = 'First <line>\nsecond line.\n\n \n\nAnother & last.\n';
    const root = elements(parseMarkup(await write({ ...source, note })));
    const paragraphs = root.filter(({ attributes }) => attributes['class'] === 'preface').map(textOf);
    expect(paragraphs).toEqual(['First <line>\nsecond line.', 'Another & last.']);
    const block = root.find(({ attributes }) => attributes['id'] === 'peel-data')!;
    expect(JSON.parse(textOf(block))).toMatchObject({ note });
    expect(await write(source)).not.toContain('class="preface"');
  });
});

it('compares only what more than one run has', async () => {
  const runs = [
    await record(1, 'lpm-sweep', { ratios: '1:10:2' }),
    await record(2, 'lpm-sweep', { ratios: '1:10:3' }),
    await record(3, 'lpm-solve', { counts: '10x3' }),
  ];
  const page = elements(parseMarkup(await write(sourceOf(runs))));
  const table = find(page, 'table').find(({ attributes }) => attributes['aria-label'] === 'Results side by side')!;
  const names = find(elements(table), 'tr').map((row) => textOf(find(elements(row), 'th')[0]!));
  expect(names).toContain('Norm ratio of features');
  expect(names).not.toContain('Lower bound');
});

it('of many runs of several kinds, a table lists those that have what it shows, and no kind’s words for another’s numbers', async () => {
  // A result with `points` of another meaning than that of ridge-sweep, where they are counted.
  const sweeps = ['1:100:3', '1:10:3'].map((range, i) => record(i + 1, 'deep-linear-sweep', { range }));
  const ridges = ['1e-4:1e-3:3', '1e-4:1e-2:4'].map((decays, i) => record(i + 3, 'ridge-sweep', { decays }));
  const solves = ['10x3', '20x3'].map((counts, i) => record(i + 5, 'lpm-solve', { counts }));
  const page = elements(parseMarkup(await write(sourceOf(await Promise.all([...sweeps, ...ridges, ...solves])))));
  const columns = find(page, 'table')
    .filter(({ attributes }) => attributes['aria-label'] === 'Results side by side')
    .flatMap((table) => {
      const [head = [], ...rows] = find(elements(table), 'tr').map((row) =>
        elements(row)
          .filter(({ name }) => name === 'td' || name === 'th')
          .map(textOf),
      );
      expect(rows.filter(([, ...values]) => values.every((value) => value === '–'))).toEqual([]);
      return head.map((title, at) => [title, rows.map((row) => row[at])] as const);
    });
  const counted = columns.filter(([title]) => title === 'Points');
  expect(counted.map(([, values]) => values!.filter((value) => value !== '–'))).toEqual([['3', '4']]);
});

it('draws as many curves over each other as strokes tell apart, says so, and names them all', async () => {
  const one = await record(1, 'lpm-sweep', { ratios: '1:100:3' });
  const runs = Array.from({ length: 40 }, (_, i) => ({
    ...one,
    run: { ...one.run, id: i + 1, name: `Sweep ${String(i + 1).padStart(2, '0')}` },
  }));
  const charts = find(elements(parseMarkup(await write(sourceOf(runs)))), 'svg').map(textOf);
  const loss = charts.find((text) => text.includes('Cross-entropy (nats)'))!;
  expect(loss).toContain('first 32 of 40 runs');
  expect(loss).toContain('Sweep 01');
  expect(loss).toContain('Sweep 32');
  expect(loss).not.toContain('Sweep 33');
});
