/** The run kind that measures features: a folder of epochs becomes curves, and what is wrong is refused before it is stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkedValues } from '../../src-main/jobs/kinds/index.ts';
import { ncMeasure } from '../../src-main/jobs/kinds/nc-measure.ts';
import { sample } from '../collapse/samples.ts';
import { writeStoredNpz } from '../interop/feature-files.ts';
import { execute } from './execute.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peel-epochs-'));
  for (const [epoch, noise] of [
    [1, 1],
    [10, 0.1],
    [100, 0.01],
  ] as const)
    writeStoredNpz(join(folder, `epoch-${epoch}.npz`), sample([50, 50, 5, 5], 8, { noise, etf: true, seed: epoch }));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('turns a folder of epochs into curves: NC1 falls as the square of the noise', async () => {
  const { document, points } = await execute<{ lastEpoch: number; metrics: Record<string, number> }>(ncMeasure, {
    file: folder,
  });
  const curve = points['nc1_pinv']!;
  expect(curve.x).toEqual([1, 10, 100]);
  expect(curve.y[1]! / curve.y[2]!).toBeGreaterThan(80);
  expect(curve.y[1]! / curve.y[2]!).toBeLessThan(125);
  expect(document.lastEpoch).toBe(100);
  expect(document.metrics['nc1_pinv']).toBe(curve.y[2]);
  expect(points['cos_h_minority']!.x).toHaveLength(3);
});

it('refuses a path that leads nowhere, and one class list that is none', async () => {
  expect(() => checkedValues(ncMeasure, { file: join(folder, 'none') })).toThrow(/no such file/);
  expect(() => checkedValues(ncMeasure, {})).toThrow(/name a file/);
  await expect(execute(ncMeasure, { file: folder, majority: '0,7' })).rejects.toThrow(/7 is no label/);
  const weighted = execute(ncMeasure, { file: folder, weights: '1,2' });
  await expect(weighted).rejects.toThrow(/weights.*has 2 numbers for 4 classes/);
});

it('names an unreadable file of the folder', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'peel-broken-'));
  writeFileSync(join(broken, 'epoch-1.npz'), 'no zip');
  await expect(execute(ncMeasure, { file: broken })).rejects.toThrow(/not a zip/);
  rmSync(broken, { recursive: true });
});
