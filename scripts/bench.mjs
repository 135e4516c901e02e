/** `npm run bench [-- WORD]`: set-up, then bench/run.ts under the pinned runtime. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root, runtime } from './lib/root.mjs';
import { cleanEnvironment } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureDependencies();
  const run = spawnSync(runtime, [join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], {
    cwd: root,
    env: cleanEnvironment(),
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
});
