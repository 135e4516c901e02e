/** Claims over the API: listed as data, run as a job. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimList } from '../../src-main/api/contract.ts';
import { claims } from '../../src-main/claims/index.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;

beforeAll(async () => {
  studio = await testStudio();
});

afterAll(async () => {
  await studio.close();
  expect(studio.reported).toEqual([]);
});

describe('claims', () => {
  it('are the registered ones with their papers, as data', async () => {
    const list = await studio.json<ClaimList>('GET', '/api/claims');
    expect(list.claims.map(({ id }) => id)).toEqual(claims.map(({ id }) => id));
    const known = new Set(list.papers.map(({ id }) => id));
    for (const claim of list.claims) {
      expect(known).toContain(claim.paper);
      expect(Object.keys(claim).sort()).toEqual(
        ['errorMeaning', 'formula', 'id', 'paper', 'source', 'statement', 'title', 'tolerance'].sort(),
      );
    }
  });

  it('run as a job, verdicts as points and evidence as the result; nothing to test is refused', async () => {
    const { id } = await studio.add({ kind: 'claims', parameters: { only: 'lpm-balanced-etf, seli-zero-at-seven' } });
    const run = await studio.ended(id);
    expect(run).toMatchObject({ status: 'done', error: null, result: { holds: 2, fails: 0 } });
    expect(run.metrics['claim_error_ratio']).toMatchObject({ n: 2, nonFinite: 0 });
    expect(run.metrics['claims_hold']).toMatchObject({ last: 2 });
    const body = { kind: 'claims', parameters: { only: 'no such words' } };
    const { issues } = await studio.refusal('POST', '/api/runs', body, 400);
    expect(issues).toMatchObject([{ field: 'only', value: 'no such words' }]);
  });
});
