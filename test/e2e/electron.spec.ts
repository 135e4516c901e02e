/**
 * The window itself, where Electron's binary is installed (`npm test` says so where it is not): it opens, keeps to its
 * own origin, computes a run in a utility process, and closes cleanly. What the page does is the web project's matter.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');

const test = base.extend<{ readonly studio: ElectronApplication; readonly window: Page }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright asks for an object pattern
  studio: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'peel-electron-'));
    const foreign = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_RENDERER_URL', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'];
    const inherited = Object.entries(process.env).filter(([name]) => !foreign.includes(name)) as [string, string][];
    // Settings of the window go into the folder too, never among the user's own.
    const env = { ...Object.fromEntries(inherited), XDG_CONFIG_HOME: join(folder, 'config') };
    const studio = await _electron.launch({ args: [root, '--project', join(folder, 'project')], cwd: root, env });
    await use(studio);
    await studio.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  window: async ({ studio }, use) => {
    const window = await studio.firstWindow();
    await window.waitForLoadState();
    await use(window);
  },
});

test('opens on its own scheme, with the policy and nothing of Node', async ({ window }) => {
  expect(window.url()).toMatch(/^app:\/\/studio\//);
  await expect(window).toHaveTitle(/Peel/);
  const seen = await window.evaluate(async () => ({
    policy: (await fetch('/')).headers.get('content-security-policy'),
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    outside: (await fetch('/../package.json')).status,
  }));
  expect(seen.policy).toContain("script-src 'self'");
  expect(seen.node).toEqual([]);
  expect(seen.outside).toBe(404);
});

test('neither leaves its origin nor opens another window', async ({ studio, window }) => {
  await window.evaluate(() => {
    globalThis.open('https://example.org/');
    location.href = 'https://example.org/';
  });
  await window.waitForTimeout(500);
  expect(window.url()).toMatch(/^app:\/\/studio\//);
  expect(studio.windows()).toHaveLength(1);
});

test('computes a run in a utility process and streams its events', async ({ window }) => {
  const outcome = await window.evaluate(async () => {
    const stop = new AbortController();
    const events = await fetch('/api/events', { signal: stop.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    await fetch('/api/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'lpm-sweep', parameters: { ratios: '1:100:9' } }),
    });
    let text = '';
    while (!text.includes('"status":"done"') && !text.includes('"status":"failed"')) {
      text += (await reader?.read())?.value ?? '';
    }
    stop.abort();
    return text;
  });
  expect(outcome).toContain('"type":"hello"');
  expect(outcome).toContain('"status":"done"');
});

test('refuses writes that are not JSON', async ({ window }) => {
  const status = await window.evaluate(
    async () => (await fetch('/api/runs', { method: 'POST', body: 'kind=x' })).status,
  );
  expect(status).toBe(415);
});
