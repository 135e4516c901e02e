/** Runs through the API, from the queue to the trash; computed in real job processes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../db/runs.ts';
import type { LogLine, ProjectInfo, RunDetail, RunPage, RunRow, SeriesHeader } from '../../src-main/api/contract.ts';
import { checkedValues, findKind } from '../../src-main/jobs/kinds/index.ts';
import { open } from '../jobs/studio.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;

beforeAll(async () => {
  studio = await testStudio();
});

afterAll(async () => {
  await studio.close();
  expect(studio.reported).toEqual([]);
});

describe('a run', () => {
  let run: RunDetail;

  beforeAll(async () => {
    const { id, status } = await studio.add({
      parameters: { ratios: '1:100:9' },
      name: 'Curve',
      experiment: 'First',
      tags: ['b', 'a'],
      note: 'two\nlines',
      seed: 7,
    });
    expect(['queued', 'running']).toContain(status);
    run = await studio.ended(id);
  });

  it('is computed in a process of its own and keeps what it was given', () => {
    expect(run).toMatchObject({
      status: 'done',
      error: null,
      name: 'Curve',
      experiment: 'First',
      tags: ['a', 'b'],
      seed: 7,
    });
    expect(run.parameters).toMatchObject({ ratios: '1:100:9', ka: 5, eh: 5 });
    expect(run.result).toMatchObject({ r0: expect.any(Number) as number });
    expect(run.versions).toMatchObject({ peel: expect.any(String) as string, node: process.versions.node });
    expect(run.metrics['cos_w_minority']).toMatchObject({ n: 9, nonFinite: 0, firstX: 1, lastX: 100 });
  });

  it('has its series as float64, raw where they fit and in buckets where they do not', async () => {
    const read = async (query: string): Promise<[SeriesHeader, Float64Array]> => {
      const response = await studio.request('GET', `/api/runs/${run.id}/series/cos_w_minority${query}`);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      return [
        JSON.parse(response.headers.get('peel-series') ?? '') as SeriesHeader,
        new Float64Array(await response.arrayBuffer()),
      ];
    };
    const [header, values] = await read('');
    expect(header).toEqual({ layout: 'raw', total: 9, rows: 9, nonFinite: 0 });
    expect(values.length).toBe(18);
    expect(values[9]).toBeCloseTo(-1 / 9, 6);
    const [part] = await read('?from=5&to=50');
    expect(part.total).toBeLessThan(9);
    const [buckets, rows] = await read('?points=3');
    expect(buckets).toMatchObject({ layout: 'buckets', total: 9 });
    expect(rows.length).toBe(buckets.rows * 5);
  });

  it('has a log that can be read on from a line', async () => {
    const lines = await studio.json<LogLine[]>('GET', `/api/runs/${run.id}/log`);
    expect(lines.map(({ text }) => text).join()).toContain('9 ratios solved');
    expect(await studio.json('GET', `/api/runs/${run.id}/log?after=${lines.at(-1)?.sequence}`)).toEqual([]);
  });

  it('is renamed, moved and tagged', async () => {
    const patch = { name: 'Other', experiment: 'Second', tags: [], note: '', archived: true };
    const row = await studio.json<RunRow>('PATCH', `/api/runs/${run.id}`, patch);
    expect(row).toMatchObject(patch);
    expect((await studio.json<RunPage>('GET', '/api/runs')).total).toBe(0);
    expect((await studio.json<RunPage>('GET', '/api/runs?shelf=archived')).total).toBe(1);
    await studio.json('PATCH', `/api/runs/${run.id}`, { archived: false });
  });

  it('is repeated with the same parameters and seed', async () => {
    const { id } = await studio.json<RunRow>('POST', `/api/runs/${run.id}/duplicate`, undefined, 201);
    const again = await studio.ended(id);
    expect(again).toMatchObject({ status: 'done', seed: run.seed, parameters: run.parameters });
    expect(again.metrics).toEqual(run.metrics);
  });

  it('is repeated without values that would not matter, which older versions kept', async () => {
    const loss = findKind('lpm-loss')!;
    const old = { ...checkedValues(loss, { counts: '10x2,1x2', points: 2 }), temperature: 7 };
    const project = open(studio.folder);
    const id = createRun(project, { kind: 'lpm-loss', parameters: old, seed: 3, versions: {} });
    project.close();
    const again = await studio.json<RunRow>('POST', `/api/runs/${id}/duplicate`, undefined, 201);
    expect(again.parameters).toEqual({ ...old, temperature: 1 });
    // As new input the value is refused.
    const refusal = await studio.refusal('POST', '/api/runs', { kind: 'lpm-loss', parameters: old }, 400);
    expect(refusal.issues).toMatchObject([{ field: 'temperature', value: 7 }]);
  });

  it('goes to the trash and comes back, and is removed for good only from there', async () => {
    const path = `/api/runs/${run.id}`;
    expect(await studio.refusal('POST', `${path}/purge`, undefined, 409)).toMatchObject({ code: 'conflict' });
    await studio.json('DELETE', path, undefined, 204);
    expect((await studio.json<RunPage>('GET', '/api/runs?shelf=trash')).runs.map(({ id }) => id)).toEqual([run.id]);
    await studio.json('POST', `${path}/restore`, undefined, 204);
    expect((await studio.json<ProjectInfo>('GET', '/api/project')).trashed).toBe(0);
    await studio.json('DELETE', path, undefined, 204);
    await studio.json('POST', `${path}/purge`, undefined, 204);
    expect(await studio.refusal('GET', path, undefined, 404)).toMatchObject({ code: 'not-found' });
    await studio.json('POST', '/api/trash/empty', undefined, 204);
  });
});

describe('stopping', () => {
  it('ends a run that computes and keeps what it reported', async () => {
    const { id } = await studio.add({ parameters: { ratios: '1:10000:100000' } });
    await studio.json('POST', `/api/runs/${id}/cancel`, undefined, 204);
    const run = await studio.ended(id);
    expect(run.status).toBe('cancelled');
    expect(await studio.refusal('POST', `/api/runs/${id}/cancel`, undefined, 409)).toMatchObject({ code: 'conflict' });
  });
});

describe('artifacts', () => {
  it('are offered as downloads that no browser runs', async () => {
    const { id } = await studio.add({ kind: 'lpm-solve', parameters: { counts: '10x2,1x2' } });
    const [artifact] = (await studio.ended(id)).artifacts;
    const response = await studio.request('GET', `/api/runs/${id}/artifacts/${artifact?.id}`);
    expect(response.headers.get('content-disposition')).toContain('attachment; filename="gram.npz"');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await response.arrayBuffer()).byteLength).toBe(artifact?.bytes);
    expect((await studio.request('GET', `/api/runs/${id}/artifacts/999`)).status).toBe(404);
  });
});

describe('listing', () => {
  it('searches, filters, sorts and pages', async () => {
    for (const eh of [1, 2, 3])
      await studio.add({ kind: 'lpm-solve', parameters: { counts: '10x2', eh }, experiment: 'Listing' });
    const names = async (query: string): Promise<unknown[]> =>
      (await studio.json<RunPage>('GET', `/api/runs?text=10x2&${query}`)).runs.map(
        ({ parameters }) => parameters['eh'],
      );
    expect(await names('sort=p:eh&where=p:eh%3C5&where=p:eh%3E%3D2')).toEqual([2, 3]);
    expect(await names('sort=p:eh&descending=true&limit=1&where=p:eh%3C5')).toEqual([3]);
    const ids = await studio.json<number[]>('GET', '/api/runs/ids?text=10x2&sort=p:eh&where=p:eh%3C5&limit=1');
    const sorted = await studio.json<RunPage>('GET', '/api/runs?text=10x2&sort=p:eh&where=p:eh%3C5');
    expect(ids).toEqual(sorted.runs.map(({ id }) => id));
    expect(ids).toHaveLength(3);
    const page = await studio.json<RunPage>('GET', '/api/runs?text=10x2&limit=0');
    expect(page.runs).toEqual([]);
    expect(page.parameterKeys).toContain('eh');
  });
});
