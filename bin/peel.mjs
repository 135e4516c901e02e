#!/usr/bin/env node
/**
 * The command line's launcher: under any Node from 20 on, makes sure that Peel is set up (silently, when it is), then
 * runs the bundled program with the pinned runtime on the same terminal, with the same signals and exit code.
 */
import { join } from 'node:path';
import { ensureBuild } from '../scripts/lib/bundle.mjs';
import { ensureDependencies } from '../scripts/lib/dependencies.mjs';
import { root, runtime } from '../scripts/lib/root.mjs';
import { attend } from '../scripts/lib/run.mjs';
import { runMain } from '../scripts/lib/say.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureDependencies();
  // Only the server shows the page.
  await ensureBuild(args[0] === 'serve' ? ['main', 'renderer'] : ['main']);
  // `npm run peel` changes the folder; file names given by the user are relative to where npm was called.
  const cwd = process.env.npm_lifecycle_event === 'peel' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
  process.exitCode = await attend(runtime, [join(root, 'out', 'main', 'cli.js'), ...args], { cwd });
});
