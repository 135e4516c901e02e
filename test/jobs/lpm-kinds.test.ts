/** The advisor, the losses and the per-class budgets as run kinds: documents, points, and what they refuse. */
import { describe, expect, it } from 'vitest';
import { checkedValues, findKind } from '../../src-main/jobs/kinds/index.ts';
import { JobCancelled, type ExecutableKind, type JobContext } from '../../src-main/jobs/kinds/kind.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';

type Document = Record<string, unknown> & {
  readonly basis: { readonly kind: string; readonly text: string };
  readonly groups: Record<string, unknown>[];
};

async function run(id: string, input: Record<string, unknown>, breaths = Infinity) {
  const kind = findKind(id)!;
  const series: Record<string, [number, number][]> = {};
  const fractions: number[] = [];
  let taken = 0;
  const context: JobContext = {
    seed: 1,
    points: (metric, x, y) => {
      series[metric] ??= [];
      for (let i = 0; i < x.length; i++) series[metric].push([x[i]!, y[i]!]);
    },
    log: () => undefined,
    progress: (fraction) => fractions.push(fraction),
    artifact: () => undefined,
    breathe: () => (taken++ < breaths ? Promise.resolve() : Promise.reject(new JobCancelled())),
  };
  const document = (await kind.execute(checkedValues(kind, input), context)) as Document;
  return { kind, document, series, fractions };
}

/** Every field, column, metric and line that the kind declares must be found in what it reports. */
function declared(kind: ExecutableKind, document: Document, series: Record<string, unknown>): void {
  const read = (from: unknown, key: string): unknown =>
    key.split('.').reduce<unknown>((at, part) => (at === null ? null : (at as Record<string, unknown>)[part]), from);
  for (const { key } of kind.results!.fields) expect(read(document, key), key).not.toBeUndefined();
  for (const { result, columns } of kind.results!.tables ?? [])
    for (const row of read(document, result) as unknown[])
      for (const { key } of columns) expect(read(row, key), `${result}.${key}`).not.toBeUndefined();
  for (const { result } of kind.results!.matrices ?? []) {
    const rows = read(document, result) as unknown[][];
    for (const row of rows) expect(row).toHaveLength(rows.length);
  }
  for (const chart of kind.charts)
    for (const { result } of [...(chart.verticals ?? []), ...(chart.references ?? [])])
      expect(read(document, result), result).not.toBeUndefined();
  const metrics = kind.metrics.map(({ key }) => key);
  expect(metrics).toEqual(expect.arrayContaining(Object.keys(series)));
  for (const { metric } of kind.charts.flatMap((chart) => chart.series)) expect(metrics).toContain(metric);
  expect(JSON.stringify(document)).not.toMatch(/NaN|Infinity/);
}

function refused(id: string, input: Record<string, unknown>): string[] {
  try {
    checkedValues(findKind(id)!, input);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    return (error as InvalidInput).issues.map(({ field }) => field);
  }
  return [];
}

describe('lpm-advisor', () => {
  it('advises on the checked setting and draws what weights do', async () => {
    const { kind, document, series, fractions } = await run('lpm-advisor', { counts: '1000x5,10x5', points: 9 });
    declared(kind, document, series);
    expect(document.basis.kind).toBe('certified');
    expect(document['r0']).toBeCloseTo(12.192447, 6);
    expect(document['avoidingWeight']).toBeCloseTo(100 / 12.192447, 6);
    expect(document['restoringWeight']).toBe(100);
    expect(document['rule']).toContain('above 8.2018');
    const { minority } = { minority: series['cos_w_minority']! };
    expect(minority).toHaveLength(9);
    expect(minority[0]).toEqual([1, 1]);
    expect(minority.at(-1)![0]).toBeCloseTo(200, 9);
    for (const [weight, cosine] of minority) expect(cosine === 1).toBe(weight <= 100 / 12.192447);
    // Three weightings of the majority, then three of the minority: collapsed, not any more, and the simplex ETF.
    const weightings = document.groups.slice(3);
    expect(weightings.map(({ role, weight }) => [role, weight])).toEqual([
      ['minority', 1],
      ['minority', expect.closeTo((1.1 * 100) / 12.192447, 5)],
      ['minority', 100],
    ]);
    expect(weightings[0]!['classifierCosine']).toBe(1);
    expect(weightings[1]!['classifierCosine']).toBeLessThan(1);
    expect(weightings[2]!['classifierCosine']).toBeCloseTo(-1 / 9, 9);
    expect(Math.max(...fractions)).toBe(1);
  });

  it('brackets where counts are more than two, and says so', async () => {
    const { kind, document, series } = await run('lpm-advisor', { counts: '300x2,60x2,5x2', eh: 2, points: 3 });
    declared(kind, document, series);
    expect(document.basis).toMatchObject({ kind: 'numerical', text: expect.stringContaining('1e-6') });
  });

  it.each([{ counts: '100x10' }, { counts: '100x9,3' }, { counts: '100x7,10x3' }])(
    'answers the edge %j',
    async (input) => {
      const { kind, document, series } = await run('lpm-advisor', { ...input, points: 2 });
      declared(kind, document, series);
    },
  );

  it('stops when asked to', async () => {
    await expect(run('lpm-advisor', { counts: '300x2,60x2,5x2' }, 5)).rejects.toThrow(JobCancelled);
  });

  it('refuses by name', () => {
    expect(refused('lpm-advisor', { counts: '10x2,5', atMost: 4 })).toEqual(['atMost']);
    expect(refused('lpm-advisor', { counts: '10x2,0' })).toEqual(['counts']);
    expect(refused('lpm-advisor', { safety: 0.5 })).toEqual(['safety']);
  });
});

describe('lpm-loss', () => {
  it('solves cross-entropy itself to the checked loss, along the checked curve', async () => {
    const input = { loss: 'cross-entropy', counts: '100x5,1x5', points: 4 };
    const { kind, document, series } = await run('lpm-loss', input);
    declared(kind, document, series);
    expect(document['objective']).toBeCloseTo(0.091299, 6);
    expect(document['balancedObjective']).toBeCloseTo(0.559782, 6);
    expect(document['r0']).toBeCloseTo(12.192447, 5);
    const [, ten, hundred] = series['cos_minority']!;
    expect(ten![0]).toBeCloseTo(10, 9);
    expect(ten![1]).toBeCloseTo(0.517496, 6);
    expect(hundred![1]).toBe(1);
  });

  it.each(['power', 'exponential', 'pairwise-logistic', 'squared-hinge', 'polynomial-tail', 'contrastive'])(
    '%s: certified, everything declared is there',
    async (loss) => {
      const { kind, document, series } = await run('lpm-loss', { loss, counts: '20x3,1x3', eh: 0.5, points: 3 });
      declared(kind, document, series);
      expect(document.basis.kind).toBe('certified');
      expect(series['cos_minority']![0]![1]).toBeCloseTo(-1 / 5, 6);
    },
  );

  it('takes several counts for the contrastive loss alone', async () => {
    const { kind, document, series } = await run('lpm-loss', { loss: 'contrastive', counts: '20x3,5x2,1x3', eh: 3 });
    declared(kind, document, series);
    expect(series['cos_minority']).toBeUndefined();
    expect(refused('lpm-loss', { loss: 'power', counts: '20x3,5x2,1x3' })).toEqual(['counts']);
  });

  it('refuses by name', () => {
    expect(refused('lpm-loss', { loss: 'exponential', shape: 2 })).toEqual(['shape']);
    expect(refused('lpm-loss', { loss: 'contrastive', weights: '1,2' })).toEqual(['weights']);
    expect(refused('lpm-loss', { loss: 'focal' })).toEqual(['loss']);
    expect(refused('lpm-loss', { temperature: 0 })).toEqual(['temperature']);
  });
});

describe('lpm-per-class', () => {
  it('solves beside mean budgets', async () => {
    const { kind, document, series, fractions } = await run('lpm-per-class', { counts: '100x5,1x5' });
    declared(kind, document, series);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    expect(document.basis.kind).toBe('certified');
    expect(document['mean']).toMatchObject({ objective: expect.closeTo(0.091299, 6) });
    expect(document['price']).toBeGreaterThan(0);
    expect(document.groups.map(({ samples, budgets }) => [samples, budgets])).toEqual([
      [100, 'per class'],
      [100, 'mean'],
      [1, 'per class'],
      [1, 'mean'],
    ]);
    expect(document.groups[3]).toMatchObject({ classifierCosine: 1, collapsed: true });
    for (const [, norm] of series['class_norm_w']!) expect(norm).toBeCloseTo(1, 8);
    expect(series['class_norm_w_mean']![9]![1]).toBeLessThan(1);
  });

  it('coincides with mean budgets where balanced, and stops when asked to', async () => {
    const { document } = await run('lpm-per-class', { counts: '100x10' });
    expect(document['price']).toBeCloseTo(0, 10);
    await expect(run('lpm-per-class', { counts: '9x3,5x2,1x2' }, 4)).rejects.toThrow(JobCancelled);
  });

  it('refuses by name', () => {
    const counts = Array.from({ length: 13 }, (_, i) => i + 1).join();
    expect(refused('lpm-per-class', { counts })).toEqual(['counts']);
    expect(refused('lpm-per-class', { weights: '1' })).toEqual(['weights']);
  });
});
