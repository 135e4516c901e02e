/** Starting backends: what is there, what is refused and with what advice, and what a fresh start leaves alone. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { availableBackends, useBackend } from '../../../src-main/training/backends/index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('useBackend', () => {
  it('starts WebAssembly with gradients, and keeps the handlers of the process as they were', async () => {
    const handlers = process.rawListeners('uncaughtException');
    const { tf, name, threads, version } = await useBackend('wasm');
    expect([name, tf.getBackend(), version]).toEqual(['wasm', 'wasm', '4.22.0']);
    expect(threads).toBeGreaterThanOrEqual(1);
    const gradient = tf.grad((x) => tf.sum(tf.relu(x)))(tf.tensor1d([1, -2, 3]));
    expect([...gradient.dataSync()]).toEqual([1, 0, 1]);
    expect(process.rawListeners('uncaughtException')).toEqual(handlers);
  });

  it('takes WebAssembly by itself where nothing else is installed', async () => {
    vi.stubEnv('PEEL_NATIVE', '/nowhere');
    expect(availableBackends().map(({ name, available }) => [name, available])).toEqual([
      ['native', false],
      ['webgpu', false],
      ['wasm', true],
      ['cpu', true],
    ]);
    expect((await useBackend('auto')).name).toBe('wasm');
  });

  it('refuses what is not installed, with the command that gets it', async () => {
    vi.stubEnv('PEEL_NATIVE', '/nowhere');
    await expect(useBackend('native')).rejects.toThrow(
      'backend native: is not there: not installed; run `npm run setup:native`',
    );
    await expect(useBackend('webgpu')).rejects.toThrow('npm run setup:webgpu');
    await expect(useBackend('cuda' as 'wasm')).rejects.toThrow('is none of auto, native, webgpu, wasm, cpu');
  });

  it('says of TensorFlow with CUDA whether a card is there', () => {
    const base = mkdtempSync(join(tmpdir(), 'peel-cuda-'));
    vi.stubEnv('PEEL_NATIVE', base);
    const detail = (): string => availableBackends()[0]!.detail;
    try {
      mkdirSync(join(base, 'native'));
      writeFileSync(join(base, 'native', 'ready.json'), '{"version":"TensorFlow 1"}');
      expect(detail()).toBe('TensorFlow 1');
      mkdirSync(join(base, 'native', 'nvidia'));
      const card = existsSync('/dev/nvidia0')
        ? 'an NVIDIA card is there'
        : 'no NVIDIA card found, so it computes on the processor';
      expect(detail()).toBe(`TensorFlow 1; ${card}`);
    } finally {
      rmSync(base, { recursive: true });
    }
  });

  it('changes backends within a process', async () => {
    const product = async (name: 'wasm' | 'cpu'): Promise<number[]> => {
      const { tf } = await useBackend(name);
      return [...tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]), true).dataSync()];
    };
    expect(await product('cpu')).toEqual([26, 30, 38, 44]);
    expect(await product('wasm')).toEqual([26, 30, 38, 44]);
  });
});
