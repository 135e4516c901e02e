/**
 * How the studio is bundled: six entry points for the runtime (out/main) and one page for the browser (out/renderer).
 * `PEEL_BUILD=main` or `PEEL_BUILD=renderer` builds one half only, so that the command line never waits for the page.
 * Migrations are not bundled: they are read from db/migrations, the files the reader of the repository sees.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type UserConfig } from 'electron-vite';

const half = process.env['PEEL_BUILD'];
/** Where the half goes; scripts build aside and put the result in place when it is whole. */
const folder = process.env['PEEL_BUILD_FOLDER'];

const main: NonNullable<UserConfig['main']> = {
  build: {
    target: 'node24',
    outDir: folder ?? 'out/main',
    rolldownOptions: {
      input: {
        main: 'src-main/main.ts',
        serve: 'src-main/serve.ts',
        headless: 'src-main/headless.ts',
        cli: 'src-main/cli.ts',
        worker: 'src-main/jobs/worker.ts',
        'solve-worker': 'src-main/cli/solve-worker.ts',
      },
    },
  },
};

const renderer: NonNullable<UserConfig['renderer']> = {
  root: 'src-renderer',
  plugins: [svelte()],
  // The page is served by the studio itself in development too (scheme.ts passes requests on); only the socket that
  // announces changed files goes straight to Vite.
  server: { hmr: { protocol: 'ws', host: 'localhost' } },
  build: {
    outDir: folder ?? 'out/renderer',
    minify: true,
    // Files stay files: cached by name, and nothing of the page itself depends on data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: 'src-renderer/index.html' },
  },
  worker: { format: 'es' },
};

export default defineConfig({
  ...(half === 'renderer' ? {} : { main }),
  ...(half === 'main' ? {} : { renderer }),
});
