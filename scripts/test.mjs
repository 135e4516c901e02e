/**
 * `npm test`: set-up, then everything there is to check. Ends with one line `N passed, N failed` that counts all of it;
 * the exit code is not 0 if anything failed or a stage ran no tests.
 */
import { ensureDependencies } from './lib/dependencies.mjs';
import { runMain, say, seconds, Trouble } from './lib/say.mjs';
import * as stages from './lib/stages.mjs';

await runMain(async () => {
  if (process.argv.length > 2) throw new Trouble('npm test takes no options; `npx vitest run PATH` runs some tests');
  const counts = { passed: 0, failed: 0, failures: [] };
  try {
    await ensureDependencies();
    await run('type check', stages.typeCheck, counts);
    await run('lint', stages.lint, counts);
    await run('build', stages.build, counts);
    await run('unit and integration tests', stages.unit, counts);
    await run('end-to-end tests', stages.browser, counts);
    const reason = stages.noElectronReason();
    if (reason) console.log(`electron end-to-end tests not run: ${reason}`);
    else await run('electron end-to-end tests', stages.electron, counts);
  } catch (error) {
    counts.failed++;
    counts.failures.push(error instanceof Trouble ? error.message : (error?.stack ?? String(error)));
  }
  if (counts.failures.length > 0) console.log(`\nfailed:\n${counts.failures.map((text) => `- ${text}`).join('\n')}\n`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
});

/** Runs one stage and adds its counts. A stage that cannot run (no Chromium, say) fails, and the others still run. */
async function run(name, stage, counts) {
  const since = performance.now();
  say(`${name} …`);
  const outcome = await stage().catch((error) => ({
    passed: 0,
    failed: 1,
    skipped: [],
    failures: [`${name}: ${error instanceof Trouble ? error.message : (error?.stack ?? error)}`],
  }));
  counts.passed += outcome.passed;
  counts.failed += outcome.failed;
  counts.failures.push(...outcome.failures);
  for (const test of outcome.skipped) console.log(`not run: ${test}`);
  say(`${name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds(since)})`);
}
