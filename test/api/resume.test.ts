/** POST /api/runs/:id/pause and resume: a training that was stopped goes on where it was; what cannot be resumed is answered with 409. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LogLine, RunDetail, RunRow } from '../../src-main/api/contract.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;
beforeAll(async () => {
  studio = await testStudio();
});
afterAll(async () => {
  await studio.close();
  expect(studio.reported).toEqual([]);
});

it('goes on with the same run', async () => {
  // Longer than anybody waits: it is still computing whenever it is stopped.
  const small = { classes: 3, samplesPerClass: 20, dimension: 6, width: 8, batch: 32, backend: 'wasm' };
  const { id } = await studio.add({ kind: 'train', parameters: { ...small, epochs: 100_000, measured: 'last' } });
  const path = `/api/runs/${id}`;
  const epochs = async (least: number): Promise<void> => {
    for (let tries = 0; tries < 800; tries++) {
      const { metrics } = await studio.json<RunDetail>('GET', path);
      if ((metrics['train_loss']?.n ?? 0) >= least) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`there were no ${least} epochs within 20 s`);
  };
  await epochs(2);
  expect(await studio.refusal('POST', `${path}/resume`, undefined, 409)).toMatchObject({ code: 'conflict' });
  expect(await studio.json<RunRow>('POST', `${path}/pause`)).toMatchObject({ id });
  const first = await studio.ended(id);
  expect(first.status).toBe('paused');
  const before = first.metrics['train_loss']!.n;

  const row = await studio.json<RunRow>('POST', `${path}/resume`);
  expect(row).toMatchObject({ id, error: null });
  await epochs(before + 2);
  await studio.json('POST', `${path}/cancel`, undefined, 204);
  const second = await studio.ended(id);
  expect(second.status).toBe('cancelled');
  expect(await studio.refusal('POST', `${path}/pause`, undefined, 409)).toMatchObject({ code: 'conflict' });
  const { n, lastX } = second.metrics['train_loss']!;
  expect(n).toBe(lastX);
  const log = await studio.json<LogLine[]>('GET', `${path}/log`);
  expect(log.map(({ text }) => text).join()).toContain(`goes on from the checkpoint at epoch ${before + 1}`);
});

it('says that there is nothing to go on from', async () => {
  const { id } = await studio.add({ parameters: { ratios: '1:10000:100000' } });
  await studio.json('POST', `/api/runs/${id}/cancel`, undefined, 204);
  await studio.ended(id);
  const { message } = await studio.refusal('POST', `/api/runs/${id}/resume`, undefined, 409);
  expect(message).toContain('kept no checkpoint');
  expect(await studio.refusal('POST', '/api/runs/999/resume', undefined, 404)).toMatchObject({ code: 'not-found' });
});
