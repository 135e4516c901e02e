/** The set-up scripts as far as they can be tested without a network: what they refuse, and that the self-test can fail. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const run = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });

it.each([
  ['setup-native.mjs', 'options are --cuda and --remove'],
  ['setup-webgpu.mjs', 'one option is --remove'],
])('%s names an option it does not know', (script, known) => {
  const { status, stderr } = run([join('scripts', script), '--fast']);
  expect([status, stderr.trim()]).toEqual([1, `--fast: the ${known}`]);
});

it('the self-test fails where the library is not what its stamp says', () => {
  const base = mkdtempSync(join(tmpdir(), 'peel-native-'));
  try {
    mkdirSync(join(base, 'native'));
    writeFileSync(join(base, 'native', 'ready.json'), '{"version":"none"}');
    const { status, stdout, stderr } = run(['src-main/training/backends/self-test.ts', 'native'], {
      PEEL_NATIVE: base,
    });
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('@tensorflow/tfjs-node');
  } finally {
    rmSync(base, { recursive: true });
  }
});
