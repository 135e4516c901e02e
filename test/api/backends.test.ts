/** The list of compute backends: WebAssembly is always there, what is missing comes with the command that gets it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BackendInfo } from '../../src-main/api/contract.ts';
import { testStudio, type TestStudio } from './studio.ts';

let studio: TestStudio;

beforeAll(async () => {
  studio = await testStudio();
});

afterAll(() => studio.close());

it('names every backend that trains, and none that is for tests only', async () => {
  const list = await studio.json<BackendInfo[]>('GET', '/api/backends');
  expect(list.map(({ name }) => name)).toEqual(['native', 'webgpu', 'wasm']);
  expect(list.find(({ name }) => name === 'wasm')).toMatchObject({ available: true, remedy: null });
  for (const { available, remedy, speed } of list) {
    if (available) expect(remedy).toBe(null);
    else expect([speed, remedy]).toEqual([null, expect.stringMatching(/^npm run setup:/)]);
    for (const value of Object.values(speed ?? {})) expect(value).toBeGreaterThan(0);
  }
});
