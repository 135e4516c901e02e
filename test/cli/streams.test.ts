/** Ctrl-C, readers that stop reading, and files that are never overwritten. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readNpz } from '../../src-main/interop/npz.ts';
import { ended, peel, start } from './peel.ts';

const folder = mkdtempSync(join(tmpdir(), 'peel-streams-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Distinct counts of a long tail: seconds of work. */
const longTail = Array.from(
  { length: 400 },
  (_, k) => Math.round(1_280_000 * (5 / 1_280_000) ** (k / 399)) + 400 - k,
).join(',');

it('Ctrl-C stops a long solve with the best point so far, and exit 1', async () => {
  // On a busy machine the first signal may come before the program listens and simply end it: then later.
  for (const delay of [1000, 2000, 4000]) {
    const child = start(['lpm', 'solve', '--counts', longTail, '--json']);
    const timer = setTimeout(() => child.kill('SIGINT'), delay);
    const { code, out, err } = await ended(child);
    clearTimeout(timer);
    if (child.signalCode === 'SIGINT') continue;
    const solution = JSON.parse(out) as { status: string; objective: number; lowerBound: number; certified: boolean };
    expect([code, err, solution.status, solution.certified]).toEqual([1, '', 'cancelled', false]);
    expect(solution.lowerBound).toBeLessThanOrEqual(solution.objective);
    return;
  }
  expect.unreachable('every signal ended the program');
}, 120_000);

it('a reader that has seen enough is no error', async () => {
  const child = start(['lpm', 'sweep', '--ratios', '1:10000:3000']);
  child.stdout!.once('data', () => child.stdout!.destroy());
  let err = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect([code, err]).toEqual([0, '']);
});

it('--save writes W and H whose product has the margins of the answer, and never over another file', async () => {
  const file = join(folder, 'optimum.npz');
  const words = ['lpm', 'solve', '--counts', '50x3,5x2', '--weights', '1,2', '--p', '7', '--save', file, '--json'];
  const { out } = await peel(...words);
  const { objective, groups } = JSON.parse(out) as {
    objective: number;
    groups: { margin: number; classifierNorm: number }[];
  };
  const arrays = readNpz(readFileSync(file));
  const [W, H] = [arrays['classifiers']!.data as Float64Array, arrays['features']!.data as Float64Array];
  expect([arrays['classifiers']!.shape, arrays['features']!.shape]).toEqual([
    [5, 7],
    [7, 5],
  ]);
  const logit = (j: number, k: number): number =>
    Array.from({ length: 7 }, (_, i) => W[j * 7 + i]! * H[i * 5 + k]!).reduce((a, b) => a + b);
  const others = [0, 1, 2, 3].map((j) => logit(j, 4));
  expect(logit(4, 4) - Math.max(...others)).toBeCloseTo(groups[1]!.margin, 10);
  expect(Math.hypot(...W.subarray(0, 7))).toBeCloseTo(groups[0]!.classifierNorm, 10);
  const share = [50, 50, 50, 10, 10].map((n) => n / 170);
  const loss = share.map(
    (c, k) => c * (Math.log([0, 1, 2, 3, 4].reduce((sum, j) => sum + Math.exp(logit(j, k)), 0)) - logit(k, k)),
  );
  expect(loss.reduce((a, b) => a + b)).toBeCloseTo(objective, 10);
  expect([...(arrays['class_counts']!.data as BigInt64Array)]).toEqual([50n, 50n, 50n, 5n, 5n]);

  const before = readFileSync(file);
  const refused = await peel(...words);
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(JSON.parse(refused.err)).toMatchObject({ error: { code: 'conflict' } });
  expect(readFileSync(file).equals(before)).toBe(true);
  expect((await peel(...words, '--force')).code).toBe(0);
  expect(readdirSync(folder)).toEqual(['optimum.npz']);
});

it.skipIf(process.platform === 'win32')(
  'Ctrl-C in the middle of a file leaves nothing of it',
  async () => {
    const script = `
    import { writeFile } from ${JSON.stringify(new URL('../../src-main/cli/write-file.ts', import.meta.url).href)};
    async function* endless() {
      for (;;) {
        yield 'x'.repeat(10_000);
        await new Promise((next) => setTimeout(next, 1));
      }
    }
    await writeFile(process.argv[1], endless(), false).catch((error) => console.error(error.message));
  `;
    const place = mkdtempSync(join(folder, 'cut-'));
    const target = join(place, 'endless.json');
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, target], { stdio: 'pipe' });
    const said = ended(child);
    await expect.poll(() => readdirSync(place), { timeout: 20_000 }).toHaveLength(1);
    child.kill('SIGINT');
    expect((await said).err).toContain(`stopped before ${target} was written`);
    expect(readdirSync(place)).toEqual([]);
  },
  30_000,
);

it('a folder that is not there is told before the work', async () => {
  const file = join(folder, 'nowhere', 'a.npz');
  const { code, err } = await peel('lpm', 'solve', '--save', file);
  expect(code).toBe(1);
  expect(err).toContain('its folder does not exist');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

it('a folder in place of a counts file is named', async () => {
  writeFileSync(join(folder, 'empty'), '');
  const { code, err } = await peel('lpm', 'solve', '--counts-file', folder);
  expect(code).toBe(2);
  expect(err).toContain('is a folder');
});
