/**
 * Finds a real Chromium for the end-to-end tests: the one named by CHROMIUM_PATH, Playwright's own, the system's; where
 * there is none and this is root on Debian, installs Debian's. Refuses to go on without one, with the command to run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isRoot, onPath, root, runtime } from './root.mjs';
import { capture } from './run.mjs';
import { Trouble, say, seconds } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium and where it comes from. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return { path: named, origin: 'CHROMIUM_PATH' };
    throw new Trouble(`CHROMIUM_PATH names ${named}, which does not exist; correct it or unset it`);
  }
  return playwrights() ?? systems() ?? (await installed());
}

function playwrights() {
  const code = "process.stdout.write(require('playwright-core').chromium.executablePath())";
  const { stdout } = spawnSync(runtime, ['-e', code], { cwd: root, encoding: 'utf8' });
  return stdout && existsSync(stdout) ? { path: stdout, origin: "Playwright's own" } : null;
}

function systems() {
  const path = NAMES.map(onPath).find(Boolean) ?? ELSEWHERE.find((file) => existsSync(file));
  return path ? { path, origin: "the system's" } : null;
}

async function installed() {
  if (!onPath('apt-get'))
    throw new Trouble('no Chromium was found; run `npx playwright install chromium` and start again');
  if (!isRoot()) throw new Trouble('no Chromium was found; run `sudo apt-get install chromium` and start again');
  const since = performance.now();
  say("no Chromium was found: installing Debian's (apt-get install chromium)");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => capture('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  let result = await install();
  if (result.code !== 0) {
    // Package lists may be missing or old.
    await capture('apt-get', ['update'], { env });
    result = await install();
  }
  const found = systems();
  if (result.code !== 0 || !found) {
    throw new Trouble(
      `${result.output.trim()}\n\nChromium could not be installed; run \`apt-get install chromium\` and start again`,
    );
  }
  say(`Chromium installed (${seconds(since)})`);
  return { path: found.path, origin: "Debian's, just installed" };
}
