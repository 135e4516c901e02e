/**
 * Electron's security checklist, item by item. The shell's own code runs here against a stand-in for Electron
 * (fake-electron.ts); items that are a line of configuration are read from the source. test/e2e/security.spec.ts checks
 * the page in a real Chromium, test/e2e/electron.spec.ts the real window.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { contentSecurityPolicy } from '../../src-main/host/security-headers.ts';
import { FakeContents, electron, record } from './fake-electron.ts';

vi.mock('electron', () => electron);

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const window = await import('../../src-main/window.ts');
const scheme = await import('../../src-main/scheme.ts');
const shell = ['main', 'window', 'scheme', 'utility'].map((name) => read(`src-main/${name}.ts`)).join('\n');

await window.openWindow('test');
window.denyPermissions();
scheme.registerScheme();
scheme.serveScheme(async () => new Response('answered'), undefined);
const preferences = record.windows[0]?.webPreferences ?? {};
const guarded = new FakeContents();
window.guardContents(guarded as never);

/** What the window's navigation rules do with an address. */
function navigationRefused(event: string, url: string): boolean {
  let refused = false;
  guarded.listeners.get(event)?.({ url, preventDefault: () => (refused = true) });
  return refused;
}

async function throughScheme(url: string, init: RequestInit = {}, initiatorOrigin?: string): Promise<number> {
  const request = Object.assign(new Request(url, init), initiatorOrigin === undefined ? {} : { initiatorOrigin });
  const response = await record.handlers.get('app')?.(request);
  return response?.status ?? 0;
}

describe('Electron security checklist', () => {
  it("1. loads only secure content: the program's own page", () => {
    expect(record.loaded).toEqual(['app://studio/']);
    expect(shell).not.toMatch(/['"`]http:\/\//);
  });

  it('2. has no Node integration in any frame or worker', () => {
    expect(preferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });

  it('3. isolates contexts', () => expect(preferences['contextIsolation']).toBe(true));

  it('4. sandboxes every process', () => {
    expect(preferences['sandbox']).toBe(true);
    expect(read('src-main/main.ts')).toContain('app.enableSandbox()');
    expect(shell).not.toContain('no-sandbox');
  });

  it('5. denies permissions, but for text put on the clipboard', () => {
    const answers = new Map<string, boolean>();
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'hid',
      'clipboard-sanitized-write',
    ]) {
      record.permissionRequest?.(null, permission, (granted) => answers.set(permission, granted));
      expect(record.permissionCheck?.(null, permission)).toBe(answers.get(permission));
    }
    expect([...answers].filter(([, granted]) => granted).map(([name]) => name)).toEqual(['clipboard-sanitized-write']);
    expect(record.devicePermission?.()).toBe(false);
  });

  it('6. keeps web security', () => expect(preferences['webSecurity']).toBe(true));

  it('7. sends a strict content security policy', () => {
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).toContain("script-src 'self';");
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(contentSecurityPolicy.match(/'unsafe-inline'/g)).toHaveLength(1);
  });

  it('8. allows no insecure content', () => expect(preferences['allowRunningInsecureContent']).toBe(false));

  it('9. switches no experimental features on', () => expect(preferences['experimentalFeatures']).toBe(false));

  it('10. switches no Blink features on', () => {
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
    expect(shell).not.toContain('appendSwitch');
  });

  it('11. has no webview tag', () => expect(preferences['webviewTag']).toBe(false));

  it('12. refuses webviews that are attached all the same', () => {
    expect(navigationRefused('will-attach-webview', 'app://studio/')).toBe(true);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('13. stays on its own origin (%s)', (event) => {
    expect(navigationRefused(event, 'app://studio/runs')).toBe(false);
    for (const url of [
      'https://example.org/',
      'app://studio.example.org/',
      'app://other/',
      'file:///etc/passwd',
      'javascript:1',
      'nonsense',
    ]) {
      expect(navigationRefused(event, url)).toBe(true);
    }
  });

  it('14. opens no windows', () => {
    for (const url of ['app://studio/', 'https://arxiv.org/abs/2101.12699', 'about:blank']) {
      expect(guarded.openHandler?.({ url })).toEqual({ action: 'deny' });
    }
  });

  it('15. hands only listed https sites to the system', () => {
    record.outside.length = 0;
    const refused = [
      'http://arxiv.org/',
      'https://arxiv.org.example.org/',
      'file:///bin/sh',
      'smb://host/',
      'nonsense',
    ];
    for (const url of [...refused, 'https://arxiv.org/abs/2101.12699']) guarded.openHandler?.({ url });
    expect(record.outside).toEqual(['https://arxiv.org/abs/2101.12699']);
  });

  it('16. pins a current Electron', () => {
    const manifest = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    expect(Number.parseInt(manifest.devDependencies['electron'] ?? '0', 10)).toBeGreaterThanOrEqual(45);
    expect(manifest.devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('17. has no IPC to check senders of, and checks the origin of requests instead', async () => {
    expect(shell).not.toMatch(/ipcMain|contextBridge/);
    const write = { method: 'POST' };
    expect(await throughScheme('app://studio/api/runs', write, 'app://studio')).toBe(200);
    expect(await throughScheme('app://studio/api/runs', write, 'https://example.org')).toBe(403);
    expect(await throughScheme('app://studio/api/runs', write, 'null')).toBe(403);
    expect(await throughScheme('app://studio/api/runs', write)).toBe(403);
    expect(await throughScheme('app://studio/api/runs', {}, 'https://example.org')).toBe(403);
    expect(await throughScheme('app://studio/')).toBe(200);
    expect(await throughScheme('app://other/', {}, 'app://studio')).toBe(404);
  });

  it('18. serves by a scheme of its own, never by file://', () => {
    expect(shell).not.toMatch(/loadFile|['"`]file:/);
    expect(record.privileges.map(({ scheme: name }) => name)).toEqual(['app']);
    expect(record.privileges[0]?.privileges).not.toHaveProperty('bypassCSP');
    expect(record.privileges[0]?.privileges).not.toHaveProperty('corsEnabled');
  });

  it('19. does not depend on what fuses switch off in a package', () => {
    // RunAsNode off: jobs are utility processes, never Electron run as Node.
    expect(shell).not.toContain('ELECTRON_RUN_AS_NODE');
    expect(shell).toContain('utilityProcess');
  });

  it('20. exposes no Electron API to the page: there is no preload script', () => {
    expect(preferences).not.toHaveProperty('preload');
    expect(read('electron.config.ts')).not.toMatch(/^\s*preload/m);
    const page = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|svelte)$/.test(name),
    );
    for (const file of page)
      expect(read(`src-renderer/${file}`), file).not.toMatch(/from ['"]electron|window\.require/);
  });
});
