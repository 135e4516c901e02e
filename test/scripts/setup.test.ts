/** What keeps set-up quick and safe: the lock between processes, the digest of sources, the look at what is installed. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { load, root } from './load.ts';

interface Locks {
  withLock<T>(name: string, work: () => Promise<T>, folder?: string): Promise<T>;
}
interface Bundle {
  fingerprint(paths: readonly string[], base: string): string;
}
interface Dependencies {
  agreesWithLock(lock: unknown, installed: unknown): boolean;
}

const scratch = mkdtempSync(join(tmpdir(), 'peel-scripts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const { withLock } = await load<Locks>('scripts/lib/lock.mjs');
const { fingerprint } = await load<Bundle>('scripts/lib/bundle.mjs');
const { agreesWithLock } = await load<Dependencies>('scripts/lib/dependencies.mjs');

describe('lock', () => {
  it('lets one process after the other work', async () => {
    const folder = join(scratch, 'lock');
    const journal = join(scratch, 'journal');
    writeFileSync(journal, '');
    const code = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from ${JSON.stringify(join(root, 'scripts/lib/lock.mjs'))};
      await withLock('work', async () => {
        appendFileSync(${JSON.stringify(journal)}, 'in ');
        await new Promise((resolve) => setTimeout(resolve, 60));
        appendFileSync(${JSON.stringify(journal)}, 'out ');
      }, ${JSON.stringify(folder)});`;
    const ends = Array.from(
      { length: 4 },
      () => new Promise((resolve) => spawn(process.execPath, ['--input-type=module', '-e', code]).on('close', resolve)),
    );
    expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(journal, 'utf8')).toBe('in out '.repeat(4));
  });

  it('is taken over from a process that died', async () => {
    const folder = join(scratch, 'dead');
    mkdirSync(folder, { recursive: true });
    const dead = await new Promise<number>((resolve) => {
      const child = spawn(process.execPath, ['-e', '']);
      child.on('close', () => resolve(child.pid ?? 0));
    });
    writeFileSync(join(folder, 'work.lock'), String(dead));
    expect(await withLock('work', async () => 'done', folder)).toBe('done');
  });

  it('is released after an error', async () => {
    const folder = join(scratch, 'error');
    await expect(withLock('work', async () => Promise.reject(new Error('no')), folder)).rejects.toThrow('no');
    expect(await withLock('work', async () => 'done', folder)).toBe('done');
  });
});

describe('fingerprint', () => {
  it('changes with content, time and name, and with nothing else', () => {
    const base = join(scratch, 'sources');
    mkdirSync(join(base, 'a'), { recursive: true });
    writeFileSync(join(base, 'a', 'x.ts'), '1');
    const first = fingerprint(['a', 'absent'], base);
    expect(fingerprint(['a', 'absent'], base)).toBe(first);
    utimesSync(join(base, 'a', 'x.ts'), 1, 1);
    const touched = fingerprint(['a'], base);
    expect(touched).not.toBe(first);
    writeFileSync(join(base, 'a', 'y.ts'), '1');
    expect(fingerprint(['a'], base)).not.toBe(touched);
  });
});

describe('installation made by hand', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-darwin': { version: '1.0.0', optional: true },
    },
  };

  it('is accepted if every package has its version', () => {
    expect(agreesWithLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });

  it('is refused if one is missing, of another version, or foreign', () => {
    expect(agreesWithLock(lock, { packages: {} })).toBe(false);
    expect(agreesWithLock(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
    expect(
      agreesWithLock(lock, {
        packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/z': { version: '1.0.0' } },
      }),
    ).toBe(false);
    expect(agreesWithLock(lock, null)).toBe(false);
  });

  it('agrees for this checkout', () => {
    const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
    expect(agreesWithLock(read('package-lock.json'), read('node_modules/.package-lock.json'))).toBe(true);
  });
});
