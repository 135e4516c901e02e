/** Commands on a project folder: together with a studio that is open on it, through the shelves, and out as files. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peel, start } from './peel.ts';

const folder = mkdtempSync(join(tmpdir(), 'peel-project-'));
const project = ['--project', join(folder, 'project')];
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

interface Run {
  readonly id: number;
  readonly status: string;
  readonly name: string;
  readonly tags: string[];
  readonly experiment: string;
  readonly seed: number;
  readonly result: unknown;
}
const json = async <T>(...words: string[]): Promise<T> => {
  const { code, out, err } = await peel(...words, ...project, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as T;
};
const listed = async (...words: string[]): Promise<number[]> =>
  (await json<{ runs: Run[] }>('run', 'list', ...words)).runs.map(({ id }) => id).sort();

beforeAll(async () => {
  const words = ['--name', 'First', '--experiment', 'E', '--tag', 'a', '--tag', 'b', '--note', 'n', '--seed', '7'];
  await json('run', 'add', 'lpm-solve', '--counts', '100x5,10x5', ...words);
  await json('run', 'add', 'lpm-sweep', '--ratios', '1:100:5');
}, 60_000);

describe('runs', () => {
  it('keep what was asked, and the same document that a solve prints', async () => {
    const run = await json<Run>('run', 'show', '1');
    expect(run).toMatchObject({ status: 'done', name: 'First', experiment: 'E', tags: ['a', 'b'], note: 'n', seed: 7 });
    const { out } = await peel('lpm', 'solve', '--counts', '100x5,10x5', '--json');
    const printed: unknown = { ...(JSON.parse(out) as object), milliseconds: expect.any(Number) };
    expect(run.result).toEqual(printed);
    const { out: text } = await peel('run', 'show', '1', ...project);
    expect(text).toMatch(/^ {2}--counts +100x5,10x5$/m);
    expect(text).toMatch(/^ {2}--p +–$/m);
  });

  it('are refused with 2 when a parameter or a condition cannot be used, and nothing is stored', async () => {
    for (const words of [
      ['add', 'lpm-solve', '--counts', '1.5x3'],
      ['add', 'lpm-sweep', '--ratios', '1:0:5'],
      ['add', 'lpm-sweep', '--seed', '-1'],
      ['list', '--where', 'nonsense'],
      ['list', '--sort', 'nonsense'],
      ['list', '--limit', '0'],
      ['list', '--status', 'runing'],
      ['add', 'lpm-solve', '--experiment', ' '],
    ]) {
      const { code, out, err } = await peel('run', ...words, ...project, '--json');
      expect([words, code, out]).toEqual([words, 2, '']);
      expect(JSON.parse(err)).toHaveProperty('error.message');
    }
    expect(await listed()).toEqual([1, 2]);
    const { err } = await peel('run', 'add', 'lpm-solve', '--tag', 'two\nlines', ...project);
    expect(err.split('\n')[0]).toBe('peel run add: --tag two\\nlines: must have 1 to 64 characters on one line');
  }, 60_000);

  it('that have ended, or are not there, are not said to be stopped', async () => {
    const ended = await peel('run', 'cancel', '1', ...project);
    expect([ended.code, ended.err.trim()]).toEqual([1, 'peel run cancel: run 1 is done; there is nothing to stop']);
    const absent = await peel('run', 'cancel', '99', ...project);
    expect(absent.err.trim()).toBe('peel run cancel: there is no run 99; it may have been deleted for good');
  }, 60_000);

  it('go to the archive and the trash and come back', async () => {
    await json('run', 'archive', '1');
    await json('run', 'delete', '2');
    expect(await listed()).toEqual([]);
    expect(await listed('--shelf', 'archived')).toEqual([1]);
    expect(await listed('--shelf', 'trash')).toEqual([2]);
    await json('run', 'restore', '1', '2');
    expect(await listed()).toEqual([1, 2]);
  }, 60_000);

  it('are found by text, tag and metric', async () => {
    expect(await listed('--text', 'first')).toEqual([1]);
    expect(await listed('--tag', 'b', '--where', 'm:objective<0.3')).toEqual([1]);
    expect(await listed('--kind', 'lpm-sweep')).toEqual([2]);
  }, 60_000);
});

describe('export', () => {
  it('writes a report, charts and data, and nothing over an existing file', async () => {
    const report = join(folder, 'report.html');
    const words = [
      'run',
      'export',
      '1',
      '2',
      '--format',
      'html',
      '--title',
      'Both',
      '--note',
      'Read me',
      '--out',
      report,
    ];
    const { bytes } = await json<{ bytes: number }>(...words);
    const html = readFileSync(report);
    expect(html.length).toBe(bytes);
    expect(html.toString()).toContain('<title>Both</title>');
    expect(html.toString()).toContain('>Read me</p>');
    expect((await peel(...words, ...project)).code).toBe(1);
    expect(readFileSync(report).equals(html)).toBe(true);

    const charts = join(folder, 'charts');
    const { files } = await json<{ files: string[] }>('run', 'export', '2', '--format', 'svg', '--out', charts);
    expect(readdirSync(charts)).toHaveLength(files.length);
    expect(files).toHaveLength(4);
    const onFile = await peel('run', 'export', '2', '--format', 'svg', '--out', report, ...project);
    expect([onFile.code, onFile.err]).toEqual([1, expect.stringContaining(`${report} cannot be made a folder`)]);
    const onFolder = await peel('run', 'export', '1', '--format', 'html', '--out', charts, '--force', ...project);
    expect(onFolder.err.trim()).toBe(`peel run export: ${charts} is a folder; name a file in it`);

    const document = await json<{ runs: { series: object }[] }>('run', 'export', '2');
    expect(document.runs[0]!.series).toHaveProperty('cos_w_minority');
  }, 60_000);

  it('refuses what would not be one JSON document, and runs that are not there', async () => {
    const mixed = await peel('run', 'export', '1', '--format', 'csv', '--json', ...project);
    expect([mixed.code, mixed.out]).toEqual([2, '']);
    const absent = await peel('run', 'export', '1', '99', '--format', 'csv', ...project);
    expect([absent.code, absent.out]).toEqual([1, '']);
    expect(absent.err).toContain('99');
    expect((await peel('run', 'export', '1', '--format', 'pdf', ...project)).code).toBe(2);
    const system = await peel('run', 'export', '1', '--format', 'html', '--system', ...project);
    expect([system.code, system.out]).toEqual([2, '']);
    expect(system.err).toContain('--system goes with --format csv or json, not with html');
  }, 60_000);
});

describe('a folder without a project', () => {
  it('is not made by a command that reads', async () => {
    const empty = join(folder, 'absent');
    const { code, err } = await peel('run', 'list', '--project', empty, '--json');
    expect(code).toBe(1);
    expect((JSON.parse(err) as { error: { code: string } }).error.code).toBe('not-found');
    expect(existsSync(empty)).toBe(false);
  });
});

it('a studio that is served computes what the command line queues, and ends on a signal', async () => {
  const studio = start(['serve', '--at-once', '2', ...project, '--json']);
  let said = '';
  studio.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text));
  const gone = new Promise<number | null>((resolve) => studio.once('exit', resolve));
  try {
    await expect.poll(() => said, { timeout: 20_000 }).toContain('\n');
    const { url } = JSON.parse(said) as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    const { id, status } = await json<Run>('run', 'add', 'lpm-solve', '--queue');
    expect(status).toBe('queued');
    const [origin, token] = url.split('/?token=');
    const answer = await fetch(`${origin}/api/project`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ runsAtOnce: 2 });
    await expect
      .poll(async () => (await json<Run>('run', 'show', String(id))).status, { timeout: 20_000 })
      .toBe('done');
  } finally {
    studio.kill('SIGTERM');
  }
  expect(await gone).toBe(0);
}, 60_000);

it.each(['0', '1.5', 'many', '1001'])('serve --at-once %s is refused with the values it takes', async (value) => {
  const { code, err } = await peel('serve', '--at-once', value, ...project);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining(`--at-once ${value}: must be a whole number from 1 to 1000`),
  ]);
});

it('doctor says what there is, as one document', async () => {
  const { out } = await peel('doctor', ...project, '--json');
  const { checks } = JSON.parse(out) as { checks: { id: string; state: string }[] };
  expect(checks.map(({ id }) => id)).toContain('sqlite');
});
