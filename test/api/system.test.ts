/** How runs used the machine, beside what they found: on the run alone, and in files where they are asked for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import type { RunDetail, RunPage } from '../../src-main/api/contract.ts';
import { open } from '../jobs/studio.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;
let id: number;

beforeAll(async () => {
  studio = await testStudio();
  const project = open(studio.folder);
  id = createRun(project, { kind: 'lpm-sweep', parameters: {}, seed: 1, versions: {}, status: 'done', result: {} });
  appendPoints(project, id, 'objective', [1, 2], [0.5, 0.25]);
  appendPoints(project, id, 'system/cpu', [2, 4, 6], [90, 150, 120]);
  appendPoints(project, id, 'system/memory', [2, 4, 6], [100, 300, 200]);
  // Only the folder's name is reserved.
  appendPoints(project, id, 'systematic', [1], [1]);
  project.close();
});
afterAll(() => studio.close());

it('stands apart from the metrics', async () => {
  const run = await studio.json<RunDetail>('GET', `/api/runs/${id}`);
  expect(Object.keys(run.metrics).sort()).toEqual(['objective', 'systematic']);
  expect(Object.keys(run.system).sort()).toEqual(['system/cpu', 'system/memory']);
  expect(run.system['system/memory']).toMatchObject({ n: 3, last: 200, max: 300, maxX: 4 });
});

it('offers no columns', async () => {
  const page = await studio.json<RunPage>('GET', '/api/runs');
  expect(page.metricKeys).toEqual(['objective', 'systematic']);
  expect(page.runs.map(({ metrics }) => Object.keys(metrics).sort())).toEqual([['objective', 'systematic']]);
});

it('has points to draw', async () => {
  const response = await studio.request('GET', `/api/runs/${id}/series/${encodeURIComponent('system/cpu')}`);
  expect([...new Float64Array(await response.arrayBuffer())]).toEqual([2, 4, 6, 90, 150, 120]);
});

describe('in files', () => {
  const file = async (format: string, system?: boolean): Promise<string> =>
    (await studio.request('POST', '/api/reports', { runIds: [id], format, ...(system && { system }) })).text();

  it('is in CSV and JSON where it is asked for', async () => {
    const csv = (await file('csv', true)).split('\r\n');
    expect(csv.filter((row) => row.includes('system/cpu')).map((row) => row.split(',').slice(-2).join())).toEqual([
      '2,90',
      '4,150',
      '6,120',
    ]);
    const { runs } = JSON.parse(await file('json', true)) as { runs: { series: Record<string, object> }[] };
    expect(runs[0]!.series['system/memory']).toEqual({ x: [2, 4, 6], y: [100, 300, 200] });
  });

  it.each(['csv', 'json', 'html'])('is not in %s otherwise', async (format) => {
    const text = await file(format);
    expect(text).toContain('objective');
    expect(text).not.toContain('system/');
  });

  it.each(['html', 'svg'])('is refused for %s, which shows the science', async (format) => {
    const { issues } = await studio.refusal('POST', '/api/reports', { runIds: [id], format, system: true }, 400);
    expect(issues?.map(({ field }) => field)).toEqual(['system']);
  });
});
