/**
 * What every end-to-end test starts from: a fresh project folder, a studio serving it in a process of its own, and a
 * page that is logged in. `import { expect, test } from './fixtures.ts'` and ask for what the test needs:
 *
 *     test('lists a run', async ({ page, client }) => {
 *       await client.run({ kind: 'lpm-solve', parameters: {} });
 *       await page.goto('/');          // addresses are relative to the studio
 *       await expect(page.getByRole('row')).toHaveCount(2);
 *     });
 *
 * - `folder`: the project folder, empty at first, removed afterwards.
 * - `server`: origin, token, the process (kill it, start another with startServer(folder)).
 * - `client`: seeds and reads runs through the API.
 * - `page`: Playwright's page with the cookie set; the test fails on any uncaught error or console error in it.
 * - `expectAccessible(page)`: axe finds no violation in what is on the screen.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { createClient, type StudioClient } from './client.ts';
import { startServer, type StudioServer } from './server.ts';

export { expect };

interface Fixtures {
  readonly folder: string;
  readonly server: StudioServer;
  readonly client: StudioClient;
  /** Console errors that a test expects: `test.use({ expectedErrors: /refused/ })`. */
  readonly expectedErrors: RegExp | null;
}

export const test = base.extend<Fixtures>({
  expectedErrors: [null, { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright asks for an object pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'peel-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  server: async ({ folder }, use) => {
    const server = await startServer(folder);
    await use(server);
    await server.stop();
  },
  client: async ({ server }, use) => use(createClient(server.origin, server.token)),
  baseURL: async ({ server }, use) => use(server.origin),
  context: async ({ context, server }, use) => {
    const { port } = new URL(server.origin);
    await context.addCookies([
      { name: `peel-${port}`, value: server.token, url: server.origin, httpOnly: true, sameSite: 'Strict' },
    ]);
    await use(context);
  },
  page: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await use(page);
    expect(errors.filter((text) => !expectedErrors?.test(text))).toEqual([]);
  },
});

/** Fails with the list of violations if axe finds any on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  expect(found).toEqual([]);
}
