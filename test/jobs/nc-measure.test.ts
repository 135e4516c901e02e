/** The run kind that measures features: a folder of epochs becomes curves, and what is wrong is refused before it is stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkedValues } from '../../src-main/jobs/kinds/index.ts';
import type { JobContext } from '../../src-main/jobs/kinds/kind.ts';
import { ncMeasure } from '../../src-main/jobs/kinds/nc-measure.ts';
import { sample } from '../collapse/samples.ts';
import { writeStoredNpz } from '../interop/feature-files.ts';

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
  const points = new Map<string, [number, number][]>();
  const context: JobContext = {
    seed: 1,
    points: (metric, x, y) => {
      const list = points.get(metric) ?? [];
      for (let i = 0; i < x.length; i++) list.push([x[i]!, y[i]!]);
      points.set(metric, list);
    },
    log: () => undefined,
    progress: () => undefined,
    artifact: () => undefined,
    breathe: () => Promise.resolve(),
  };
  const values = checkedValues(ncMeasure, { file: folder });
  const result = (await ncMeasure.execute(values, context)) as { lastEpoch: number; metrics: Record<string, number> };
  const curve = points.get('nc1_pinv')!;
  expect(curve.map(([epoch]) => epoch)).toEqual([1, 10, 100]);
  expect(curve[1]![1] / curve[2]![1]).toBeGreaterThan(80);
  expect(curve[1]![1] / curve[2]![1]).toBeLessThan(125);
  expect(result.lastEpoch).toBe(100);
  expect(result.metrics['nc1_pinv']).toBe(curve[2]![1]);
  expect(points.get('cos_h_minority')).toHaveLength(3);
});

it('refuses a path that leads nowhere, and one class list that is none', async () => {
  expect(() => checkedValues(ncMeasure, { file: join(folder, 'none') })).toThrow(/no such file/);
  expect(() => checkedValues(ncMeasure, {})).toThrow(/name a file/);
  const values = checkedValues(ncMeasure, { file: folder, majority: '0,7' });
  const context = { breathe: () => Promise.resolve(), progress: () => undefined } as unknown as JobContext;
  await expect(ncMeasure.execute(values, context)).rejects.toThrow(/7 is no label/);
  const weighted = checkedValues(ncMeasure, { file: folder, weights: '1,2' });
  await expect(ncMeasure.execute(weighted, context)).rejects.toThrow(/weights.*has 2 numbers for 4 classes/);
});

it('names an unreadable file of the folder', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'peel-broken-'));
  writeFileSync(join(broken, 'epoch-1.npz'), 'no zip');
  const context = { breathe: () => Promise.resolve(), progress: () => undefined } as unknown as JobContext;
  await expect(ncMeasure.execute(checkedValues(ncMeasure, { file: broken }), context)).rejects.toThrow(/not a zip/);
  rmSync(broken, { recursive: true });
});
