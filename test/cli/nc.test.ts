/** `peel nc` as a script calls it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { metricKeys } from '../../src-main/collapse/keys.ts';
import { byDefinition } from '../collapse/definitions.ts';
import { sample } from '../collapse/samples.ts';
import { writeStoredNpz } from '../interop/feature-files.ts';
import { peel } from './peel.ts';

const drawn = sample([60, 60, 6, 6], 5, { seed: 8 });
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peel-nc-'));
  file = join(folder, 'features.npz');
  writeStoredNpz(file, drawn);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('prints every metric, a number or null with its reason', async () => {
  const { code, out } = await peel('nc', file, '--covariance', 'yes', '--centre', 'samples', '--json');
  const document = JSON.parse(out) as Record<string, Record<string, number | string | null>>;
  expect(code).toBe(0);
  expect(Object.keys(document['metrics']!)).toEqual(metricKeys);
  for (const [key, value] of Object.entries(byDefinition(drawn, 'samples', 'samples')))
    expect(document['metrics']![key]).toBeCloseTo(value, 8);
  expect(document['options']).toMatchObject({ classes: 4, centre: 'samples', pooling: 'samples' });
  const without = JSON.parse((await peel('nc', file, '--json')).out) as typeof document;
  expect(without['metrics']!['vci']).toBeNull();
  expect(without['reasons']!['vci']).toMatch(/covariance/);
});

it('prints a table for a person', async () => {
  const { code, out } = await peel('nc', file);
  expect(code).toBe(0);
  expect(out).toMatch(/132 samples, 5 features, 4 classes/);
  expect(out).toMatch(/nc1_pinv +\d/);
});

it('refuses what it cannot use, by name', async () => {
  expect(await peel('nc', join(folder, 'none.npz'))).toMatchObject({ code: 2, out: '' });
  expect((await peel('nc', join(folder, 'none.npz'))).err).toMatch(/none\.npz.*no such file/);
  expect((await peel('nc', file, '--classes', '3')).err).toMatch(/--classes 3: does not fit weights, which has 4 rows/);
  expect((await peel('nc', file, '--majority', '0,9')).err).toMatch(/--majority.*9 is no label/);
  expect((await peel('nc', file, '--centre', 'middle')).code).toBe(2);
  expect((await peel('nc')).code).toBe(2);
});
