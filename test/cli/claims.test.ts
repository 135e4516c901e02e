/** `peel claims` and `peel compute` as child processes: documents, tables, exit codes, Ctrl-C, help from specifications. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ClaimOutcome } from '../../src-main/claims/run.ts';
import { ended, peel, start } from './peel.ts';

const folder = mkdtempSync(join(tmpdir(), 'peel-claims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const first = 'lpm-balanced-etf';

describe('peel claims run', () => {
  it('prints verdict, error, tolerance and evidence as one document, and saves the same as a report', async () => {
    const file = join(folder, 'claims.html');
    const { code, out, err } = await peel('claims', 'run', '--only', first, '--json', '--save', file);
    expect([code, err]).toEqual([0, '']);
    const { claims } = JSON.parse(out) as { claims: ClaimOutcome[] };
    expect(claims).toHaveLength(1);
    const [claim] = claims;
    for (const key of 'id paper statement verdict error tolerance milliseconds evidence'.split(' '))
      expect(claim).toHaveProperty(key);
    expect(claim).toMatchObject({ id: first, paper: 'layer-peeled', verdict: 'holds', failure: null });
    expect(claim!.error).toBeLessThanOrEqual(claim!.tolerance);
    expect(claim!.evidence!.numbers.length).toBeGreaterThan(0);

    const html = readFileSync(file, 'utf8');
    for (const words of ['1 of 1 claims hold, 0 fail.', '✓ holds', '<math', claim!.title])
      expect(html).toContain(words);
    const again = await peel('claims', 'run', '--only', first, '--save', file);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toContain('--force');
  });

  it('is a table for people, with the count at its end', async () => {
    const { code, out } = await peel('claims', 'run', first);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^verdict +claim +id +error +tolerance +time$/);
    expect(lines[1]).toMatch(new RegExp(`^✓ holds  .*${first} `));
    expect(lines.at(-1)).toMatch(/^1 hold, 0 fail \(\d+(\.\d+)? m?s\)$/);
  });

  it.each([
    [['--only', 'no such words'], 'no claim matches "no such words"'],
    [['--paper', 'nature'], '--paper'],
    [['--onyl', 'x'], 'did you mean --only'],
    [['--only'], '--only needs a value'],
  ])('refuses %j with exit code 2', async (words, message) => {
    const { code, out, err } = await peel('claims', 'run', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('Ctrl-C prints what was tested until then, with exit code 1', async () => {
    // On a busy machine the first signal may come before the program listens and simply end it: then later.
    for (const delay of [800, 1600, 3200]) {
      const child = start(['claims', 'run', '--json']);
      const timer = setTimeout(() => child.kill('SIGINT'), delay);
      const { code, out } = await ended(child);
      clearTimeout(timer);
      if (child.signalCode === 'SIGINT') continue;
      const { claims } = JSON.parse(out) as { claims: ClaimOutcome[] };
      const { out: list } = await peel('claims', 'list', '--json');
      expect(claims.length).toBeLessThan((JSON.parse(list) as { claims: unknown[] }).claims.length);
      expect(code).toBe(1);
      return;
    }
    expect.unreachable('every signal ended the program');
  }, 60_000);
});

it('peel claims list states every claim and tests none', async () => {
  const { code, out } = await peel('claims', 'list', '--paper', 'layer-peeled');
  expect(code).toBe(0);
  expect(out).toContain('Layer-Peeled Model (Fang, He, Long, Su');
  expect(out).toContain(`${first}: `);
  expect(out).not.toContain('holds');
  const document = JSON.parse((await peel('claims', 'list', first, '--json')).out) as { claims: object[] };
  expect(document.claims).toHaveLength(1);
  expect(document.claims[0]).toMatchObject({ id: first, paper: 'layer-peeled' });
});

describe('peel compute', () => {
  it('prints the result document of a kind and stores nothing', async () => {
    const env = { PEEL_PROJECT: join(folder, 'untouched') };
    const words = ['compute', 'lpm-solve', '--counts', '100x5,10x5', '--json'];
    const { code, out, err } = await ended(start(words, env));
    expect([code, err]).toEqual([0, '']);
    expect((JSON.parse(out) as { objective: number }).objective).toBeCloseTo(0.261677, 6);
    expect(() => readFileSync(join(folder, 'untouched', 'peel.db'))).toThrow('ENOENT');
  });

  it('is readable text without --json', async () => {
    const { code, out } = await peel('compute', 'lpm-sweep', '--ratios', '10:100:2');
    expect(code).toBe(0);
    expect(out).toMatch(/^metric +points +last +least +most\n/);
    expect(out).toMatch(/\ncos_w_minority +2 +1\.0000 +0\.5175 +1\.0000\n/);
  });

  it('Ctrl-C ends it at its next breath, with nothing on stdout', async () => {
    for (const delay of [800, 1600, 3200]) {
      const child = start(['compute', 'lpm-sweep', '--ratios', '1:10000:100000', '--ka', '40', '--kb', '60', '--json']);
      const timer = setTimeout(() => child.kill('SIGINT'), delay);
      const { code, out, err } = await ended(child);
      clearTimeout(timer);
      if (child.signalCode === 'SIGINT') continue;
      expect([code, out]).toEqual([1, '']);
      expect(JSON.parse(err)).toMatchObject({ error: { code: 'cancelled' } });
      return;
    }
    expect.unreachable('every signal ended the program');
  }, 60_000);

  it('prints what a kind declares: basis, fields, tables', async () => {
    // Checked: N = 400, decays 5e-4, three layers.
    const { code, out } = await peel('compute', 'deep-linear', '--counts', '200,100,50x2', '--depth', '3');
    expect(code).toBe(0);
    expect(out).toMatch(/^Exact: /);
    expect(out).toMatch(/\nObjective +0\.0122184\n/);
    expect(out).toMatch(/\nClasses\nSamples +Classifier norm /);
  });

  it('writes its help from the specification', async () => {
    const { code, out } = await peel('compute', 'lpm-sweep', '--help');
    expect(code).toBe(0);
    for (const words of ['--ratios FROM:TO:COUNT', '(default: 1:10000:41)', 'Usage: peel compute lpm-sweep [flags]'])
      expect(out).toContain(words);
    const { out: any } = await peel('compute', '--help');
    for (const words of ['Usage: peel compute KIND [flags]', 'lpm-sweep']) expect(any).toContain(words);
  });

  it.each([
    [['lpm-swep'], 'did you mean lpm-sweep'],
    [['lpm-sweep', '--eh', '-1'], '--eh: must be above 0'],
    [['lpm-sweep', '--seed', 'x'], '--seed x'],
    [[], 'needs KIND'],
  ])('refuses %j with exit code 2', async (words, message) => {
    const { code, out, err } = await peel('compute', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});
