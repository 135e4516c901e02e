/**
 * Decides, within seconds, whether Electron can show the window here, and gets its binary where that is possible.
 * The package brings no binary: it is downloaded on first use, from GitHub or from ELECTRON_MIRROR.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay, isRoot, root, runtime, tool } from './root.mjs';
import { capture, cleanEnvironment, passSignals } from './run.mjs';
import { say, seconds } from './say.mjs';

const PROBE_MILLISECONDS = 4000;
/** A window that has not opened by then counts as a failed start. */
const OPEN_MILLISECONDS = 20_000;

const packageFolder = tool('electron');

/** Path of the binary if it is here, at the version pinned, else null. */
export function electronBinary() {
  try {
    const executable = readFileSync(join(packageFolder, 'path.txt'), 'utf8');
    const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(packageFolder, 'dist');
    return existsSync(join(folder, executable)) ? join(folder, executable) : null;
  } catch {
    return null;
  }
}

/** Why no window can be shown here whatever is installed, or null. */
export function noWindowReason() {
  if (!hasDisplay()) return 'there is no display';
  if (process.platform === 'linux' && isRoot()) return 'Electron keeps its sandbox on and that does not run as root';
  return null;
}

/** Why the binary cannot be had, or null if it is here or its host answers. Takes at most four seconds. */
export async function probeElectron() {
  if (electronBinary()) return null;
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const base = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror;
  const url = base
    ? `${base.replace(/\/?$/, '/')}v${version}/SHASUMS256.txt`
    : `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MILLISECONDS) });
    // A mirror may lay its folders out in its own way (ELECTRON_CUSTOM_DIR): any answer shows that it is there.
    if (response.ok || base) return null;
    return `Electron's binary is not here and ${new URL(url).host} answers ${response.status}`;
  } catch (error) {
    const cause = error.name === 'TimeoutError' ? 'does not answer' : 'cannot be reached';
    return `Electron's binary is not here and ${hostOf(url)} ${cause}`;
  }
}

const hostOf = (url) => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};

/** Downloads the binary, showing its progress. Returns why not, or null. */
export async function installElectron() {
  if (electronBinary()) return null;
  const since = performance.now();
  say('downloading Electron (about 110 MB, once)');
  const result = await capture(runtime, [join(packageFolder, 'install.js')], {
    onText: (text) => process.stderr.write(text),
    timeout: 600_000,
  });
  if (result.code !== 0 || !electronBinary())
    return `Electron's binary could not be downloaded (${lastLine(result.output)})`;
  say(`Electron downloaded (${seconds(since)})`);
  return null;
}

/** Why the binary does not run on this system (a missing library, mostly), or null. */
export async function tryElectron() {
  const result = await capture(electronBinary(), ['--version'], { timeout: 10_000 });
  return result.code === 0 ? null : `Electron does not run here (${lastLine(result.output)})`;
}

/**
 * Opens the window. Resolves with null once the studio has been closed again, or with the reason if no window ever
 * opened.
 */
export function openElectron(args) {
  return new Promise((resolve) => {
    const child = spawn(electronBinary(), [root, ...args], {
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = passSignals(child);
    let opened = false;
    let errors = '';
    const timer = setTimeout(() => child.kill(), OPEN_MILLISECONDS);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      if (!text.includes('Peel is open')) return;
      opened = true;
      clearTimeout(timer);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-4000);
      if (opened) process.stderr.write(text);
    });
    const end = (code) => {
      clearTimeout(timer);
      stop();
      if (opened && code) process.exitCode = code;
      resolve(opened ? null : `Electron does not start here (${lastLine(errors) || `exit code ${code}`})`);
    };
    child.on('error', (error) => {
      errors = error.message;
      end(1);
    });
    child.on('close', end);
  });
}

/** The last line of output that says something. */
export const lastLine = (text) => text.trim().split('\n').at(-1)?.trim().slice(0, 200) ?? '';
