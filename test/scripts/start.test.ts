/** Options of `npm start`, and when it does without a window. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { load, root } from './load.ts';

interface Options {
  startOptions(argv: readonly string[]): Record<string, unknown>;
}
interface Electron {
  noWindowReason(): string | null;
  probeElectron(): Promise<string | null>;
  electronBinary(): string | null;
}

const { startOptions } = await load<Options>('scripts/lib/options.mjs');
const electron = await load<Electron>('scripts/lib/electron.mjs');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('options', () => {
  it('have defaults', () => {
    expect(startOptions([])).toEqual({ project: null, port: 0, headless: false, open: true, help: false });
  });

  it('are read', () => {
    const given = startOptions(['--project', 'x', '--port', '8123', '--headless', '--no-open']);
    expect(given).toMatchObject({ project: 'x', port: 8123, headless: true, open: false });
  });

  it.each([
    [['--port', 'x'], 'x'],
    [['--port', '70000'], '70000'],
    [['--prot', '1'], '--prot'],
    [['--project='], '--project'],
  ])('refuse %j and say why', (argv, named) => {
    expect(() => startOptions(argv)).toThrow(named);
  });

  it('end the command with one message and exit code 1', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), '--port', 'x'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('--port: x is not a port');
    expect(stderr).not.toContain('    at ');
  });
});

describe('window', () => {
  it.runIf(process.platform === 'linux')('needs a display', () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    expect(electron.noWindowReason()).toBe('there is no display');
  });

  it.skipIf(electron.electronBinary() !== null)(
    'is given up at once where the download host does not answer',
    async () => {
      vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:9/');
      const since = performance.now();
      expect(await electron.probeElectron()).toBe("Electron's binary is not here and 127.0.0.1:9 cannot be reached");
      expect(performance.now() - since).toBeLessThan(4500);
    },
  );
});
