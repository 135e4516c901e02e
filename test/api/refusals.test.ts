/** What the API refuses, and how it says so: every field named, with its value; stable codes; nothing changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldIssue, RunPage } from '../../src-main/api/contract.ts';
import { errorResponse } from '../../src-main/api/errors.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;

beforeAll(async () => {
  studio = await testStudio();
});

afterAll(async () => {
  expect((await studio.json<RunPage>('GET', '/api/runs')).total).toBe(0);
  expect(studio.reported).toEqual([]);
  await studio.close();
});

async function fieldsAtFault(method: string, path: string, body?: unknown): Promise<string[]> {
  const { code, issues } = await studio.refusal(method, path, body, 400);
  expect(code).toBe('invalid-input');
  return (issues ?? []).map(({ field }) => field);
}

describe('bodies', () => {
  it('name all fields at fault at once', async () => {
    const body = { kind: 5, parameters: [], tags: ['a', 7], colour: 'red', seed: -1 };
    expect((await fieldsAtFault('POST', '/api/runs', body)).sort()).toEqual([
      'colour',
      'kind',
      'parameters',
      'seed',
      'tags.1',
    ]);
  });

  it('name unknown and impossible parameters with their values', async () => {
    const parameters = { ka: 0, kb: 1.5, eh: 'x', ratios: 'no', colour: 1 };
    const { issues } = await studio.refusal('POST', '/api/runs', { kind: 'lpm-sweep', parameters }, 400);
    const byField = new Map((issues ?? []).map((issue: FieldIssue) => [issue.field, issue]));
    expect([...byField.keys()].sort()).toEqual(['colour', 'eh', 'ka', 'kb', 'ratios']);
    expect(byField.get('ka')?.value).toBe(0);
    expect(byField.get('ka')?.message).toMatch(/at least 1/);
  });

  it('name parameters that are good alone and do not go together', async () => {
    const run = (parameters: object) => ({ kind: 'lpm-solve', parameters });
    expect(await fieldsAtFault('POST', '/api/runs', run({ counts: '10x2,5x2', weights: '1,2,3' }))).toEqual([
      'weights',
    ]);
    expect(await fieldsAtFault('POST', '/api/runs', run({ counts: '0x3' }))).toEqual(['counts']);
    expect(await fieldsAtFault('POST', '/api/runs', run({ counts: '10x1' }))).toEqual(['counts']);
  });

  it('name the kinds there are', async () => {
    const { message } = await studio.refusal('POST', '/api/runs', { kind: 'lpm', parameters: {} }, 400);
    expect(message).toContain('lpm-solve');
  });

  it('must be JSON', async () => {
    const response = await studio.request('POST', '/api/runs');
    expect(response.status).toBe(400);
  });

  it('cannot reach a prototype', async () => {
    const body = JSON.parse('{"kind":"lpm-sweep","parameters":{"__proto__":{"ka":3},"constructor":1}}') as unknown;
    expect((await fieldsAtFault('POST', '/api/runs', body)).sort()).toContain('constructor');
  });
});

describe('queries', () => {
  it('name fields at fault', async () => {
    expect(await fieldsAtFault('GET', '/api/runs?limit=many&shelf=attic&colour=red&offset=-1')).toEqual(
      expect.arrayContaining(['limit', 'shelf', 'colour', 'offset']),
    );
    expect(await fieldsAtFault('GET', '/api/runs?sort=colour')).toEqual(['sort']);
    expect(await fieldsAtFault('GET', '/api/runs?where=p:eh%27--')).toEqual(['where']);
    expect(await fieldsAtFault('GET', '/api/runs/1/series/x?points=0')).toEqual(['points']);
    expect(await fieldsAtFault('GET', '/api/runs/1/series/x?from=0x10')).toEqual(['from']);
  });
});

describe('addresses', () => {
  it.each(['0', '-1', '1e3', '1.5', 'x', '%20', '99999999999999999999'])('refuse %s as a run number', async (id) => {
    expect(await fieldsAtFault('GET', `/api/runs/${id}`)).toEqual(['id']);
  });

  it('of nothing are 404, of other methods 405 with those that are', async () => {
    for (const path of ['/api', '/api/nothing', '/api/runs/1/nothing']) {
      expect(await studio.refusal('GET', path, undefined, 404)).toMatchObject({ code: 'not-found' });
    }
    for (const [method, path, allow] of [
      ['PUT', '/api/runs', 'GET, POST'],
      ['POST', '/api/project', 'GET, PATCH'],
      ['PATCH', '/api/events', 'GET'],
    ] as const) {
      const response = await studio.request(method, path);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe(allow);
      expect(await response.json()).toMatchObject({ error: { code: 'method-not-allowed' } });
    }
  });

  it.each([
    ['GET', '/api/runs/77'],
    ['DELETE', '/api/runs/77'],
    ['POST', '/api/runs/77/restore'],
    ['POST', '/api/runs/77/cancel'],
    ['POST', '/api/runs/77/duplicate'],
    ['POST', '/api/runs/77/purge'],
    ['GET', '/api/runs/77/log'],
    ['GET', '/api/runs/77/series/objective'],
    ['GET', '/api/runs/77/artifacts/1'],
    ['DELETE', '/api/experiments/77'],
  ])('of a run that is not there: %s %s', async (method, path) => {
    expect(await studio.refusal(method, path, undefined, 404)).toMatchObject({ code: 'not-found' });
  });
});

it('a part of the program that is not there any more asks for a restart, and is no error of the program', async () => {
  // What a running studio meets after its build was replaced: a file that is imported when it is first needed.
  const gone = '../../src-main/reports/html/page-of-another-build.ts';
  const error: unknown = await import(/* @vite-ignore */ new URL(gone, import.meta.url).href).catch((e: unknown) => e);
  const reported: unknown[] = [];
  const response = errorResponse(error, (what) => reported.push(what));
  expect([response.status, reported]).toEqual([503, []]);
  expect(await response.json()).toMatchObject({
    error: { code: 'replaced', message: expect.stringContaining('restart the studio') },
  });
});
