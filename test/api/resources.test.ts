/** The other resources: project, kinds, experiments, tags, example, reports, doctor, health. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorCheck, Experiment, ProjectInfo, RunKind, RunRow } from '../../src-main/api/contract.ts';
import { kinds } from '../../src-main/jobs/kinds/index.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;

beforeAll(async () => {
  studio = await testStudio();
});

afterAll(async () => {
  await studio.close();
  expect(studio.reported).toEqual([]);
});

describe('project', () => {
  it('says what it is and can be renamed', async () => {
    const info = await studio.json<ProjectInfo>('GET', '/api/project');
    expect(info).toMatchObject({ folder: studio.folder, name: 'project', runs: 0, schemaVersion: 4 });
    expect(await studio.json('PATCH', '/api/project', { name: 'Collapse' })).toMatchObject({
      id: info.id,
      name: 'Collapse',
    });
    expect(await studio.refusal('PATCH', '/api/project', { name: ' ' }, 400)).toMatchObject({ code: 'invalid-input' });
  });
});

describe('kinds', () => {
  it('are the registered ones, as data', async () => {
    const listed = await studio.json<RunKind[]>('GET', '/api/kinds');
    expect(listed.map(({ id }) => id)).toEqual(kinds.map(({ id }) => id));
    expect(JSON.stringify(listed)).toBe(
      JSON.stringify(
        kinds.map(({ id, label, description, parameters, metrics, charts, across, results, resumable, random }) => ({
          id,
          label,
          description,
          parameters,
          metrics,
          charts,
          across,
          results,
          resumable,
          random,
        })),
      ),
    );
  });
});

describe('experiments', () => {
  it('are made, renamed and removed while empty', async () => {
    const made = await studio.json<Experiment>('POST', '/api/experiments', { name: 'Long tails', note: 'n' }, 201);
    expect(made).toMatchObject({ name: 'Long tails', runs: 0 });
    expect(await studio.refusal('POST', '/api/experiments', { name: 'long TAILS' }, 400)).toMatchObject({
      code: 'invalid-input',
    });
    expect(await studio.json('PATCH', `/api/experiments/${made.id}`, { name: 'Tails' })).toMatchObject({
      name: 'Tails',
      note: 'n',
    });
    await studio.json('DELETE', `/api/experiments/${made.id}`, undefined, 204);
    expect(await studio.json('GET', '/api/experiments')).toEqual([]);
  });
});

describe('example', () => {
  let runs: RunRow[];

  beforeAll(async () => {
    runs = await studio.json<RunRow[]>('POST', '/api/example', undefined, 201);
    for (const { id } of runs) expect(await studio.ended(id)).toMatchObject({ status: 'done', error: null });
  });

  it("computes the authors' setting on the spot", async () => {
    expect(runs.map(({ kind }) => kind)).toEqual(['lpm-solve', 'lpm-solve', 'lpm-solve', 'lpm-sweep']);
    const [balanced] = runs;
    expect((await studio.ended(balanced?.id ?? 0)).result).toMatchObject({ certified: true, status: 'solved' });
    expect(await studio.json('GET', '/api/tags')).toEqual([{ tag: 'example', runs: 4 }]);
  });

  it.each([
    ['html', 'text/html', '<!doctype html>'],
    ['csv', 'text/csv', 'run'],
    ['json', 'application/json', '{'],
  ])('is written as a report in %s', async (format, type, beginning) => {
    const response = await studio.request('POST', '/api/reports', { runIds: runs.map(({ id }) => id), format });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="Collapse \\d{4}-\\d\\d-\\d\\d\\.${format}"`),
    );
    const text = await response.text();
    expect(text.toLowerCase().startsWith(beginning)).toBe(true);
    if (format === 'json') expect(JSON.parse(text)).toBeTypeOf('object');
  });

  it('is not written for runs that are not there, in formats that are not known, or for none', async () => {
    expect((await studio.refusal('POST', '/api/reports', { runIds: [999], format: 'html' }, 404)).code).toBe(
      'not-found',
    );
    for (const body of [
      { runIds: [1], format: 'pdf' },
      { runIds: [], format: 'html' },
    ]) {
      expect((await studio.refusal('POST', '/api/reports', body, 400)).code).toBe('invalid-input');
    }
  });

  it('holds so many runs and says how many, rather than how long a list may be', async () => {
    const runIds = Array.from({ length: 201 }, (_, i) => i + 1);
    const { issues } = await studio.refusal('POST', '/api/reports', { runIds, format: 'html' }, 400);
    expect(issues?.map(({ message }) => message)).toEqual(['a report holds at most 200 runs; choose fewer']);
  });
});

describe('doctor and health', () => {
  it('say what is there, and how to mend what is not', async () => {
    const checks = await studio.json<DoctorCheck[]>('GET', '/api/doctor');
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { state, remedy } of checks) if (state !== 'good') expect(remedy).not.toBeNull();
    expect(checks.find(({ id }) => id === 'runtime')?.state).toBe('good');
    expect(checks.find(({ id }) => id === 'project')?.state).toBe('good');
    expect(await studio.json('GET', '/api/health')).toHaveProperty('version');
  });
});
