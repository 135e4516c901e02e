/** Unit and integration tests. End-to-end tests are Playwright's (test/e2e). */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Many tests wait for processes of their own rather than compute: four at a time take 138 s on two cores, two 226 s.
    maxWorkers: Math.max(4, availableParallelism()),
    setupFiles: ['test/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
