/**
 * The stages of `npm test`. Each resolves to its counts; a stage that is one check (type check, lint, build) counts as
 * one. Output of checks is shown when they fail, output of test runners as it comes.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './bundle.mjs';
import { findChromium } from './chromium.mjs';
import { electronBinary } from './electron.mjs';
import { readPlaywright, readVitest } from './reports.mjs';
import { cacheFolder, command, hasDisplay, onPath, runtime } from './root.mjs';
import { capture } from './run.mjs';

const stream = (text) => process.stdout.write(text);
/** What would let a developer's own settings leak into tests, or a native dialog out of them. */
const QUIET = {
  PEEL_PROJECT: '',
  WAYLAND_DISPLAY: '',
  DBUS_SESSION_BUS_ADDRESS: '',
  GTK_USE_PORTAL: '',
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
};

/** One check: passes if every command ends with 0. */
async function check(name, ...commands) {
  for (const args of commands) {
    const { code, output } = await capture(runtime, args);
    if (code !== 0) {
      stream(`${output.trimEnd()}\n`);
      return { passed: 0, failed: 1, skipped: [], failures: [name] };
    }
  }
  return { passed: 1, failed: 0, skipped: [], failures: [] };
}

export const typeCheck = () =>
  check(
    'type check',
    [command('@typescript/native', 'tsc'), '-p', 'tsconfig.json'],
    [command('@typescript/native', 'tsc'), '-p', 'test/e2e/tsconfig.json'],
    [command('svelte-check'), '--tsconfig', 'src-renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  );

export const lint = () => check('lint', [command('eslint'), '.', '--max-warnings', '0']);

export async function build() {
  try {
    await ensureBuild();
    return { passed: 1, failed: 0, skipped: [], failures: [] };
  } catch (error) {
    stream(`${error.message}\n`);
    return { passed: 0, failed: 1, skipped: [], failures: ['build'] };
  }
}

/** Unit and integration tests. */
export async function unit() {
  const file = reportFile('unit');
  const args = [command('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code, output } = await capture(runtime, args, { env: QUIET, onText: stream });
  return settle('unit tests', code, readVitest(file), output);
}

/** End-to-end tests in a real Chromium. */
export async function browser() {
  const chromium = await findChromium();
  stream(`in ${chromium.origin} Chromium, ${chromium.path}\n`);
  return playwright('web', runtime, [], { CHROMIUM_PATH: chromium.path });
}

/** Why Electron's own end-to-end tests cannot run here, or null. */
export function noElectronReason() {
  if (!electronBinary()) return "Electron's binary is not here (`npx install-electron` gets it)";
  if (!hasDisplay() && !onPath('xvfb-run')) return 'there is no display and no xvfb-run';
  return null;
}

/** End-to-end tests of the Electron window, on a virtual display where there is no other. */
export function electron() {
  if (hasDisplay()) return playwright('electron', runtime, [], {});
  return playwright('electron', onPath('xvfb-run'), ['-a', '--server-args=-screen 0 1440x900x24', runtime], {});
}

async function playwright(project, program, before, env) {
  const file = reportFile(project);
  const args = [...before, command('@playwright/test', 'playwright'), 'test', '-c', 'test/e2e/playwright.config.ts'];
  const options = [`--project=${project}`, '--reporter=list,json'];
  const { code, output } = await capture(program, [...args, ...options], {
    env: { ...QUIET, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    onText: stream,
  });
  return settle(`${project} end-to-end tests`, code, readPlaywright(file), output);
}

function reportFile(name) {
  mkdirSync(cacheFolder, { recursive: true });
  const file = join(cacheFolder, `${name}-report.json`);
  rmSync(file, { force: true });
  return file;
}

/** A runner that reports nothing, or ends badly without a failed test, has failed. */
function settle(name, code, counts, output) {
  if (counts.passed + counts.failed === 0) {
    return { ...counts, failed: 1, failures: [`${name}: no test ran (exit code ${code})`] };
  }
  if (code !== 0 && counts.failed === 0) {
    return { ...counts, failed: 1, failures: [`${name}: ended with exit code ${code}\n${output.slice(-2000)}`] };
  }
  return counts;
}
