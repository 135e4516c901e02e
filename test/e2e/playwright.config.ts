/**
 * End-to-end tests: `web` drives the studio in a real Chromium against the headless server, `electron` drives the window.
 * `npm test` names the Chromium in CHROMIUM_PATH; alone, Playwright's own is used, else the system's.
 */
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const systems = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env['CHROMIUM_PATH'] || systems.find((path) => existsSync(path));
const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    {
      name: 'web',
      testIgnore: 'electron*.spec.ts',
      use: {
        viewport: { width: 1360, height: 880 },
        // Times and numbers on the screen must not depend on where the tests run.
        locale: 'en-GB',
        timezoneId: 'UTC',
        launchOptions: {
          ...(executablePath ? { executablePath } : {}),
          // Chromium's own sandbox does not run as root (containers).
          args: root ? ['--no-sandbox'] : [],
        },
        trace: 'retain-on-failure',
        screenshot: 'only-on-failure',
      },
    },
    { name: 'electron', testMatch: 'electron*.spec.ts', workers: 1 },
  ],
});
