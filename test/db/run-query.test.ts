/** The table of runs: what each filter, condition and sort means, on runs few enough to check by eye. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunQuery } from '../../src-main/api/contract.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import type { Project } from '../../db/project.ts';
import { queryRuns } from '../../db/run-query.ts';
import { createRun, patchRun } from '../../db/runs.ts';
import { appendPoints } from '../../db/series-append.ts';
import { trashRuns } from '../../db/trash.ts';
import { freshFolder, open } from '../jobs/studio.ts';

const place = freshFolder();
let project: Project;

/** name, ratio, loss, tags */
const rows = [
  ['alpha', 1, 0.5, ['paper']],
  ['Beta', 'inf', NaN, ['paper', '100%']],
  ['gamma', 100, 0.25, []],
  ['delta', null, null, ['under_score']],
  ['epsilon', 'auto', Infinity, []],
  ['zeta', 100, 0.25, []],
] as const;

beforeAll(() => {
  project = open(place.folder);
  for (const [name, ratio, loss, tags] of rows) {
    const id = createRun(project, {
      kind: name === 'delta' ? 'sweep' : 'solve',
      name,
      parameters: { ratio, eh: 5, note: name },
      seed: 1,
      versions: {},
      tags,
      experiment: name < 'd' ? 'First' : 'Second',
      note: name === 'gamma' ? 'Odd geometry' : '',
      status: 'done',
      createdAt: Date.UTC(2026, 0, 1 + rows.findIndex((row) => row[0] === name)),
    });
    if (loss !== null) appendPoints(project, id, 'loss', [0, 1], [1, loss]);
  }
});
afterAll(() => {
  project.close();
  place.remove();
});

const names = (query: RunQuery): string[] => queryRuns(project, query).runs.map((run) => run.name);

describe('conditions', () => {
  it.each<[condition: string, found: string[]]>([
    ['p:ratio>=100', ['zeta', 'gamma', 'Beta']],
    ['p:ratio=inf', ['Beta']],
    ['p:ratio=∞', ['Beta']],
    ['p:ratio!=100', ['Beta', 'alpha']],
    ['p:ratio=AUTO', ['epsilon']],
    [' p:ratio  <  100 ', ['alpha']],
    ['m:loss<0.3', ['zeta', 'gamma']],
    ['m:loss<=0.5', ['zeta', 'gamma', 'alpha']],
    ['m:loss>0', ['zeta', 'epsilon', 'gamma', 'alpha']],
    ['m:loss=NaN', ['Beta']],
    ['m:nothing>0', []],
    ['name=ALPHA', ['alpha']],
    ['kind!=solve', ['delta']],
    ['createdAt<2026-01-02', ['alpha']],
    ['id<=2', ['Beta', 'alpha']],
    ["name='; DROP TABLE run;--", []],
  ])('%s', (condition, found) => {
    expect(names({ where: [condition] })).toEqual(found);
  });

  it('all hold together', () => {
    expect(names({ where: ['m:loss<0.3', 'p:ratio=100', 'name!=zeta'] })).toEqual(['gamma']);
  });

  it.each(['loss<1', 'p:ratio', '>3', 'name<5', 'createdAt=soon', 'toString=1', 'p:=3'])(
    'that cannot be read are refused by name: %s',
    (condition) => {
      expect(() => names({ where: [condition] })).toThrow(InvalidInput);
    },
  );
});

describe('sorting', () => {
  it('puts runs without the value last, either way, and newest first among equals', () => {
    expect(names({ sort: 'm:loss' })).toEqual(['zeta', 'gamma', 'alpha', 'epsilon', 'Beta', 'delta']);
    expect(names({ sort: 'm:loss', descending: true })).toEqual(['epsilon', 'alpha', 'zeta', 'gamma', 'Beta', 'delta']);
    expect(names({ sort: 'm:none' })).toEqual(['zeta', 'epsilon', 'delta', 'gamma', 'Beta', 'alpha']);
    expect(names({ sort: 'p:ratio' })).toEqual(['alpha', 'zeta', 'gamma', 'Beta', 'epsilon', 'delta']);
  });

  it('sees no case in words', () => {
    expect(names({ sort: 'name' })).toEqual(['alpha', 'Beta', 'delta', 'epsilon', 'gamma', 'zeta']);
    expect(names({ sort: 'experiment' })).toEqual(['Beta', 'alpha', 'zeta', 'epsilon', 'delta', 'gamma']);
  });

  it('refuses a column that does not exist', () => {
    expect(() => names({ sort: 'owner' })).toThrow(/no column owner/);
  });
});

describe('searching', () => {
  it.each<[text: string, found: string[]]>([
    ['odd GEO', ['gamma']],
    ['paper', ['Beta', 'alpha']],
    ['paper bet', ['Beta']],
    ['100%', ['Beta']],
    ['under_score', ['delta']],
    ['under-score', []],
    ['sweep', ['delta']],
    ['"ratio":100', ['zeta', 'gamma']],
    ['  ', ['zeta', 'epsilon', 'delta', 'gamma', 'Beta', 'alpha']],
  ])('%s', (text, found) => {
    expect(names({ text })).toEqual(found);
  });
});

it('narrows by experiment, kind, status and tag', () => {
  expect(names({ experiment: 1 })).toEqual(['Beta', 'alpha']);
  expect(names({ kind: 'sweep' })).toEqual(['delta']);
  expect(names({ status: 'queued' })).toEqual([]);
  expect(names({ tag: 'paper' })).toEqual(['Beta', 'alpha']);
});

it('pages, and offers the columns of the whole selection', () => {
  const page = queryRuns(project, { offset: 1, limit: 2 });
  expect(page.total).toBe(6);
  expect(page.runs.map((run) => run.name)).toEqual(['epsilon', 'delta']);
  expect(page.parameterKeys).toEqual(['eh', 'note', 'ratio']);
  expect(page.metricKeys).toEqual(['loss']);
  expect(queryRuns(project, { kind: 'sweep' }).metricKeys).toEqual([]);
});

it('tells non-finite summaries in words', () => {
  const [run] = queryRuns(project, { where: ['name=Beta'] }).runs;
  expect(run!.metrics['loss']).toEqual({
    n: 2,
    nonFinite: 1,
    firstX: 0,
    first: 1,
    lastX: 1,
    last: 'NaN',
    min: 1,
    minX: 0,
    max: 1,
    maxX: 0,
  });
});

it('keeps shelves apart', () => {
  patchRun(project, 1, { archived: true });
  trashRuns(project, [2]);
  expect(names({})).toEqual(['zeta', 'epsilon', 'delta', 'gamma']);
  expect(names({ shelf: 'archived' })).toEqual(['alpha']);
  expect(names({ shelf: 'trash' })).toEqual(['Beta']);
});
