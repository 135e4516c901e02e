/** How many runs compute at once is kept with the project, and queued runs say in lists and alone what they wait for. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProjectInfo, RunDetail, RunPage, RunRow } from '../../src-main/api/contract.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;
beforeAll(async () => {
  studio = await testStudio();
});
afterAll(async () => {
  await studio.close();
  expect(studio.reported).toEqual([]);
});

const limit = (runsAtOnce: unknown) => studio.json<ProjectInfo>('PATCH', '/api/project', { runsAtOnce });

it('the limit is none at first, is kept, and is lifted again', async () => {
  expect((await studio.json<ProjectInfo>('GET', '/api/project')).runsAtOnce).toBeNull();
  expect(await limit(3)).toMatchObject({ runsAtOnce: 3, name: 'project' });
  expect((await studio.json<ProjectInfo>('GET', '/api/project')).runsAtOnce).toBe(3);
  expect((await limit(null)).runsAtOnce).toBeNull();
});

it.each([0, -1, 1.5, 1001, 'many', true])(
  'refuses %j and changes nothing, not the name that came with it',
  async (value) => {
    const body = { name: 'Other', runsAtOnce: value };
    const { code, message, issues } = await studio.refusal('PATCH', '/api/project', body, 400);
    expect(message).toContain(
      `from 1 to 1000, or nothing for as many as the machine bears; got ${JSON.stringify(value)}`,
    );
    expect([code, issues]).toMatchObject(['invalid-input', [{ field: 'runsAtOnce', value }]]);
    expect(await studio.json('GET', '/api/project')).toMatchObject({ name: 'project', runsAtOnce: null });
  },
);

it('queued runs say what they wait for; the reason passes on when one before them is gone', async () => {
  await limit(1);
  // Longer than anybody waits.
  const long = { parameters: { ratios: '1:10000:100000' } };
  const [first, second, third] = [await studio.add(long), await studio.add(long), await studio.add(long)];
  const reasons = async (): Promise<(string | undefined)[]> => {
    const { runs } = await studio.json<RunPage>('GET', '/api/runs?sort=createdAt');
    return runs.map(({ status, progress }) => (status === 'queued' ? progress?.message : status));
  };
  const because = `waits for run ${first.id}; Settings allow 1 at once`;
  expect(await reasons()).toEqual(['running', because, `waits for run ${second.id}, queued before it`]);
  expect((await studio.json<RunDetail>('GET', `/api/runs/${second.id}`)).progress).toEqual({
    fraction: 0,
    message: because,
    remaining: null,
  });
  await studio.json('POST', `/api/runs/${second.id}/cancel`, undefined, 204);
  expect(await reasons()).toEqual(['running', 'cancelled', because]);
  await studio.json('DELETE', `/api/runs/${third.id}`, undefined, 204);
  expect((await studio.json<RunRow>('GET', `/api/runs/${third.id}`)).progress).toBeNull();
  await studio.json('POST', `/api/runs/${first.id}/cancel`, undefined, 204);
  await studio.ended(first.id);
});
