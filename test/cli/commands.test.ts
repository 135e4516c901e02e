/** The command line as a child process: one document on stdout, errors on stderr, exit codes 0, 1 and 2. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readNpz } from '../../src-main/interop/npz.ts';
import { freshFolder } from '../jobs/studio.ts';

const cli = join(import.meta.dirname, '..', '..', 'src-main', 'cli.ts');
const place = freshFolder();
afterAll(() => place.remove());
const project = join(place.folder, 'project');

function peel(...words: string[]) {
  const run = spawnSync(process.execPath, [cli, ...words], {
    encoding: 'utf8',
    env: { ...process.env, PEEL_PROJECT: project },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}
const json = (...words: string[]) => {
  const run = peel(...words, '--json');
  expect(run.err).toBe('');
  expect(run.code).toBe(0);
  return JSON.parse(run.out) as Record<string, never> & {
    groups: Record<string, number | null>[];
    points: Record<string, number | null>[];
  };
};

describe('lpm', () => {
  it('solves the checked case and gives every promised key', () => {
    const solution = json('lpm', 'solve', '--counts', '100x5,10x5', '--eh', '5', '--ew', '1');
    expect(solution['objective']).toBeCloseTo(0.261677, 6);
    expect(solution.groups[1]!['classifierCosine']).toBeCloseTo(0.517496, 6);
    for (const key of 'objective gap relativeGap lowerBound status iterations milliseconds rank nuclearNorm radius certified groups crossCosines'.split(
      ' ',
    ))
      expect(solution).toHaveProperty(key);
    for (const key of 'samples classes weight classifierNorm featureNorm classifierCosine featureCosine margin loss collapsed vanished'.split(
      ' ',
    ))
      expect(solution.groups[0]).toHaveProperty(key);
  });

  it('gives null for what does not exist: a threshold never reached, a cosine of a vanished class', () => {
    expect(json('lpm', 'threshold', '--ka', '5', '--kb', '5', '--eh', '5', '--ew', '1')).toMatchObject({
      r0: expect.closeTo(12.192447, 6),
      r1: null,
    });
    const vanished = json('lpm', 'solve', '--counts', '1000x7,1x3', '--eh', '5', '--ew', '1');
    expect(vanished.groups[1]).toMatchObject({ classifierCosine: null, vanished: true });
  });

  it('sweeps the authors’ curve', () => {
    const sweep = json('lpm', 'sweep', '--ka', '5', '--kb', '5', '--eh', '5', '--ew', '1', '--ratios', '1:10000:41');
    expect(sweep.points).toHaveLength(41);
    expect(sweep.points[10]!['ratio']).toBeCloseTo(10, 10);
    expect(sweep.points[10]!['classifierCosineMinority']).toBeCloseTo(0.517496, 6);
  });

  it('reads counts from a file and saves W and H that NumPy can read', () => {
    const counts = join(place.folder, 'counts.txt');
    const file = join(place.folder, 'solution.npz');
    writeFileSync(counts, '# ten classes\n100\n100\n\n10\n10\n');
    const solution = json('lpm', 'solve', '--counts-file', counts, '--eh', '1', '--ew', '1', '--save', file);
    expect(solution.groups).toHaveLength(2);
    const arrays = readNpz(readFileSync(file));
    expect(arrays['classifiers']!.shape).toEqual([4, solution['rank']]);
    expect(peel('lpm', 'solve', '--counts-file', counts, '--eh', '1', '--ew', '1', '--save', file).code).toBe(1);
  });

  it('labels p below the rank as local, with the lower bound beside it', () => {
    const local = json('lpm', 'solve', '--counts', '100x5,10x5', '--eh', '5', '--ew', '1', '--p', '4');
    expect(local).toMatchObject({ optimality: 'local', certified: false, lowerBound: expect.closeTo(0.261677, 6) });
    expect(local['objective']).toBeGreaterThan(0.261677);
    expect(local['rank']).toBeLessThanOrEqual(4);
  });
});

describe('bad usage ends with 2, names the flag and the value, and leaves stdout empty', () => {
  it.each([
    [['--counts', '-1x5,10x5'], '-1x5'],
    [['--counts', '1.5x5'], '1.5x5'],
    [['--counts', 'nanx5'], 'nan'],
    [['--counts', '0x5'], '--counts'],
    [['--counts', '10x1'], '1'],
    [['--counts', '10x2', '--eh', '0'], '--eh'],
    [['--counts', '10x2', '--p', '0'], '--p'],
    [['--counts', '10x2', '--wieghts', '1'], '--weights'],
    [['--counts', '10x2', '--counts-file', 'x'], '--counts'],
    [['--counts-file', 'nowhere.txt'], 'nowhere.txt'],
  ])('%j', (words, named) => {
    const run = peel(
      'lpm',
      'solve',
      '--eh',
      '5',
      '--ew',
      '1',
      ...words.filter((word, i) => !(word === '--eh' && i > 0)),
    );
    const given = words.includes('--eh') ? peel('lpm', 'solve', '--ew', '1', ...words) : run;
    expect(given.code).toBe(2);
    expect(given.out).toBe('');
    expect(given.err).toContain(named);
  });

  it('an unknown command is answered with the nearest', () => {
    const run = peel('lpm', 'slove');
    expect(run.code).toBe(2);
    expect(run.err).toContain('solve');
  });
});

it('--help lists every parameter of every command', () => {
  const help = peel('lpm', 'solve', '--help');
  expect(help.code).toBe(0);
  for (const flag of ['--counts', '--counts-file', '--weights', '--eh', '--ew', '--p', '--save', '--json'])
    expect(help.out).toContain(flag);
});

describe('run', () => {
  it('computes, lists, shows and exports in a project', () => {
    const run = json('run', 'add', 'lpm-sweep', '--ratios', '1:100:5', '--name', 'Small <sweep>', '--tag', 'a');
    expect(run['status']).toBe('done');
    expect(json('run', 'list', '--where', 'm:objective<1')['total']).toBe(1);
    expect(json('run', 'show', '1')['name']).toBe('Small <sweep>');
    const report = join(place.folder, 'report.html');
    expect(peel('run', 'export', '1', '--format', 'html', '--out', report).code).toBe(0);
    const html = readFileSync(report, 'utf8');
    expect(html).toContain('Small &lt;sweep&gt;');
    expect(html).not.toContain('<sweep>');
    expect(html).not.toMatch(/(src|href)="https?:/);
    expect(html).toContain('<svg');
    const csv = peel('run', 'export', '1', '--format', 'csv').out.trim().split('\n');
    expect(csv.filter((line) => line.includes('cos_w_minority'))).toHaveLength(5);
    expect(existsSync(report)).toBe(true);
  });

  it('refuses impossible counts with exit 2 and stores nothing', () => {
    const before = json('run', 'list')['total'];
    const run = peel('run', 'add', 'lpm-solve', '--counts', '0x3');
    expect(run.code).toBe(2);
    expect(run.err).toContain('--counts');
    expect(json('run', 'list')['total']).toBe(before);
  });

  it('a run that is not there is an error with exit 1', () => {
    const run = peel('run', 'show', '99');
    expect(run.code).toBe(1);
    expect(run.err).toContain('99');
  });
});
