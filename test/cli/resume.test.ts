/** `peel run pause` and `resume`: a training that was stopped or held can go on where it was; one that is under way is refused. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ended, peel, start } from './peel.ts';

const folder = mkdtempSync(join(tmpdir(), 'peel-resume-'));
const project = ['--project', join(folder, 'project'), '--json'];
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

interface Run {
  readonly status: string;
  readonly metrics: Readonly<Record<string, { readonly n: number }>>;
}

it('goes on with a stopped training, and refuses one that is under way', async () => {
  const flags = [
    '--classes',
    '3',
    '--samples-per-class',
    '20',
    '--width',
    '8',
    '--epochs',
    '100000',
    '--measure',
    'last',
  ];
  const child = start(['run', 'add', 'train', ...flags, '--backend', 'wasm', ...project]);
  const stopped = ended(child);
  const shown = async (): Promise<Run> => JSON.parse((await peel('run', 'show', '1', ...project)).out || '{}') as Run;
  for (let run = await shown(); (run.metrics?.['train_loss']?.n ?? 0) < 1; run = await shown());
  child.kill('SIGINT');
  const { code, out } = await stopped;
  expect([code, (JSON.parse(out) as Run).status]).toEqual([1, 'cancelled']);

  const queued = await peel('run', 'resume', '1', '--queue', ...project);
  expect([queued.code, queued.err, (JSON.parse(queued.out) as Run).status]).toEqual([0, '', 'queued']);
  const held = await peel('run', 'pause', '1', ...project);
  expect([held.code, held.err, (await shown()).status]).toEqual([0, '', 'paused']);
  expect((await peel('run', 'pause', '1', ...project)).code).toBe(1);
  expect((await peel('run', 'resume', '1', '--queue', ...project)).code).toBe(0);
  const again = await peel('run', 'resume', '1', ...project);
  expect(again.code).toBe(1);
  expect((JSON.parse(again.err) as { error: { code: string } }).error.code).toBe('conflict');
}, 60_000);
