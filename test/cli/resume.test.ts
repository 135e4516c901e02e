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
  readonly error: string | null;
  readonly metrics: Readonly<Record<string, { readonly n: number }>>;
}

const shown = async (id: number): Promise<Run> =>
  JSON.parse((await peel('run', 'show', String(id), ...project)).out || '{}') as Run;

async function computing(id: number): Promise<void> {
  for (let run = await shown(id); (run.metrics?.['train_loss']?.n ?? 0) < 1; run = await shown(id));
}

/** A training that would go on for ever. */
const endless = [
  'run',
  'add',
  'train',
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
  '--backend',
  'wasm',
  ...project,
];

it('goes on with a stopped training, and refuses one that is under way', async () => {
  const child = start(endless);
  const stopped = ended(child);
  await computing(1);
  child.kill('SIGINT');
  const { code, out } = await stopped;
  expect([code, (JSON.parse(out) as Run).status]).toEqual([1, 'cancelled']);

  const queued = await peel('run', 'resume', '1', '--queue', ...project);
  expect([queued.code, queued.err, (JSON.parse(queued.out) as Run).status]).toEqual([0, '', 'queued']);
  const held = await peel('run', 'pause', '1', ...project);
  expect([held.code, held.err, (await shown(1)).status]).toEqual([0, '', 'paused']);
  expect((await peel('run', 'pause', '1', ...project)).code).toBe(1);
  expect((await peel('run', 'resume', '1', '--queue', ...project)).code).toBe(0);
  const again = await peel('run', 'resume', '1', ...project);
  expect(again.code).toBe(1);
  expect((JSON.parse(again.err) as { error: { code: string } }).error.code).toBe('conflict');
}, 60_000);

it('goes on with a training whose program was killed, without a studio', async () => {
  const child = start(endless);
  const killed = ended(child);
  await computing(2);
  child.kill('SIGKILL');
  await killed;
  const { status, error } = await shown(2);
  expect([status, error]).toEqual(['interrupted', expect.stringContaining('What it had reported was kept')]);
  const queued = await peel('run', 'resume', '2', '--queue', ...project);
  expect([queued.code, queued.err]).toEqual([0, '']);
}, 60_000);
