/** What kinds declare to use: the threads of the backend that will train, and memory beside the peak of a real process. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkedValues, findKind } from '../../src-main/jobs/kinds/index.ts';
import { MODEST_USE, type JobUse } from '../../src-main/jobs/kinds/kind.ts';
import { likelyBackend, rememberedSpeed } from '../../src-main/training/backends/index.ts';

const train = findKind('train')!;
const use = (input: Record<string, unknown>): JobUse => train.use!(checkedValues(train, input));
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'peel-use-'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true, force: true });
});

it('a training takes all processors on native TensorFlow and one elsewhere; auto takes what is there', () => {
  expect(use({ backend: 'native' }).threads).toBe(Infinity);
  expect(use({ backend: 'wasm' }).threads).toBe(1);
  vi.stubEnv('PEEL_NATIVE', scratch);
  expect([likelyBackend('auto'), use({ backend: 'auto' }).threads]).toEqual(['wasm', 1]);
  // What the set-up script leaves when it is done; nothing of it is loaded here.
  mkdirSync(join(scratch, 'native'));
  writeFileSync(join(scratch, 'native', 'ready.json'), '{"version":"0"}');
  const [native, wasm] = [rememberedSpeed('native'), rememberedSpeed('wasm')];
  const slower = native && wasm && native.product < wasm.product && native.convolutionStep < wasm.convolutionStep;
  if (!slower) expect([likelyBackend('auto'), use({ backend: 'auto' }).threads]).toEqual(['native', Infinity]);
  vi.unstubAllEnvs();
});

it.each([
  ['vectors', { samplesPerClass: 1000, dimension: 784, width: 64 }],
  ['images', { source: 'gratings', network: 'cnn', samplesPerClass: 16, widthFactor: 0.5 }],
])(
  'the memory of a training on %s is about what its process takes at most',
  (_what, input) => {
    const values = { ...input, backend: 'wasm', epochs: 1 };
    const kinds = pathToFileURL(join(import.meta.dirname, '../../src-main/jobs/kinds/index.ts')).href;
    const program = `
    const { checkedValues, findKind } = await import(${JSON.stringify(kinds)});
    const kind = findKind('train');
    const nothing = () => undefined;
    const context = { seed: 1, points: nothing, log: nothing, progress: nothing, artifact: nothing, breathe: async () => undefined };
    await kind.execute(checkedValues(kind, ${JSON.stringify(values)}), context);
    console.log(process.resourceUsage().maxRSS * 1024);`;
    const peak = Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }),
    );
    expect(use(values).memory).toBeGreaterThan(0.7 * peak);
    expect(use(values).memory).toBeLessThan(2 * peak);
  },
  60_000,
);

it('a measurement takes the memory of its largest file, three times that of text', () => {
  const kind = findKind('nc-measure')!;
  const memory = (file: string): number => kind.use!(checkedValues(kind, { file })).memory - MODEST_USE.memory;
  for (const [name, bytes] of [
    ['features-1.npz', 1000],
    ['features-2.npz', 4000],
  ] as const)
    writeFileSync(join(scratch, name), new Uint8Array(bytes));
  expect(memory(scratch)).toBe(4000);
  writeFileSync(join(scratch, 'texts.csv'), new Uint8Array(5000));
  expect(memory(join(scratch, 'texts.csv'))).toBe(15_000);
});
