/**
 * The table of runs at its promised size: 10,000 runs with 100 metrics each. The aim is 50 ms a query on a quiet machine;
 * the bounds are wider, because tests share theirs.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunPage, RunQuery } from '../../src-main/api/contract.ts';
import type { Project } from '../../db/project.ts';
import { queryRuns } from '../../db/run-query.ts';
import { freshFolder, open } from '../jobs/studio.ts';
import { fillProject } from './large-project.ts';

const boundMilliseconds = 250;
const place = freshFolder();
let project: Project;

beforeAll(() => {
  project = open(place.folder);
  fillProject(project, { runs: 10_000, metrics: 100, parameters: 20 });
}, 60_000);
afterAll(() => {
  project.close();
  place.remove();
});

/** The answer and the median time of five queries. */
function timed(query: RunQuery): { readonly page: RunPage; readonly milliseconds: number } {
  const times: number[] = [];
  let page = queryRuns(project, query);
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    page = queryRuns(project, query);
    times.push(performance.now() - start);
  }
  return { page, milliseconds: times.sort((a, b) => a - b)[2]! };
}

it.each<{ readonly name: string; readonly query: RunQuery; readonly total: number; readonly metrics: number }>([
  { name: 'the newest runs', query: {}, total: 10_000, metrics: 100 },
  { name: 'sorted by a metric', query: { sort: 'm:metric_050', descending: true }, total: 10_000, metrics: 100 },
  { name: 'a page in the middle', query: { sort: 'm:metric_050', offset: 5000 }, total: 10_000, metrics: 100 },
  { name: 'sorted by a parameter', query: { sort: 'p:p3' }, total: 10_000, metrics: 100 },
  { name: 'of one kind', query: { kind: 'solve' }, total: 5000, metrics: 90 },
  { name: 'found by text', query: { text: 'worth' }, total: 200, metrics: 90 },
  { name: 'not found by text', query: { text: 'zebra' }, total: 0, metrics: 0 },
])('lists runs $name in time', ({ query, total, metrics }) => {
  const { page, milliseconds } = timed(query);
  expect(page.total).toBe(total);
  expect(page.runs).toHaveLength(Math.min(100, total));
  expect(page.metricKeys).toHaveLength(metrics);
  expect(milliseconds).toBeLessThan(boundMilliseconds);
});

it('filters by metric and parameter in time, and rightly', () => {
  const { page, milliseconds } = timed({ where: ['m:metric_050<0.3', 'p:p3>0.2'], sort: 'm:metric_050', limit: 1000 });
  const values = page.runs.map((run) => Number(run.metrics['metric_050']!.last));
  expect(page.total).toBeGreaterThan(0);
  expect(Math.max(...values)).toBeLessThan(0.3);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(page.runs.every((run) => Number(run.parameters['p3']) > 0.2)).toBe(true);
  // A page of a thousand runs is ten times a page of a hundred.
  expect(milliseconds).toBeLessThan(4 * boundMilliseconds);
});
