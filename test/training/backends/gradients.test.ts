/**
 * Outputs and gradients of every layer and loss, on every backend that is there, against central differences of plain
 * loops in float64. Those of native code run in processes of their own: it may bring one down.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { availableBackends, useBackend, type BackendName } from '../../../src-main/training/backends/index.ts';
import { answersOf, cases, expectedAnswers, type Answer } from './gradient-cases.ts';

/** Sums here have at most some hundred terms: single precision errs by a few 1e-6 of the largest number. */
const TOLERANCE = 1e-5;

/** Debian's Chromium brings a software Vulkan driver and its loader; with them WebGPU computes without a graphics card. */
const CHROMIUM = '/usr/lib/chromium';
const software = existsSync(join(CHROMIUM, 'vk_swiftshader_icd.json'))
  ? { LD_LIBRARY_PATH: CHROMIUM, VK_ICD_FILENAMES: join(CHROMIUM, 'vk_swiftshader_icd.json') }
  : {};

const expected = expectedAnswers();

function expectAnswers(answers: readonly Answer[]): void {
  expect(answers.length).toBe(cases.length);
  for (const [i, { name }] of cases.entries()) {
    const both: [readonly number[], readonly number[]][] = [[answers[i]!.output, expected[i]!.output]];
    expected[i]!.gradients.forEach((gradient, j) => both.push([answers[i]!.gradients[j]!, gradient]));
    for (const [part, [found, truth]] of both.entries()) {
      const what = part === 0 ? `${name}, output` : `${name}, gradient by input ${part}`;
      expect(found.length, what).toBe(truth.length);
      const largest = truth.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      const difference = truth.reduce((max, value, at) => Math.max(max, Math.abs(value - found[at]!)), 0);
      expect(largest, what).toBeGreaterThan(0);
      expect(difference / largest, what).toBeLessThan(TOLERANCE);
    }
  }
}

async function answersElsewhere(name: BackendName): Promise<Answer[]> {
  const program = join(import.meta.dirname, 'answers.ts');
  const env = { ...process.env, ...(name === 'webgpu' ? software : {}) };
  const { stdout } = await promisify(execFile)(process.execPath, [program, name], { env });
  return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { answers: Answer[] }).answers;
}

describe('gradients agree with finite differences', () => {
  it.each(['wasm', 'cpu'] as const)('on %s', async (name) => {
    expectAnswers(await answersOf((await useBackend(name)).tf));
  });

  for (const { name, available, detail, remedy } of availableBackends().filter(({ name }) =>
    /native|webgpu/.test(name),
  ))
    it(`on ${name}`, async ({ skip }) => {
      if (!available) skip(`${detail}${remedy ? ` (${remedy})` : ''}`);
      expectAnswers(await answersElsewhere(name));
    });
});
