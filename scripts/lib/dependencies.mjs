/**
 * Installs what package-lock.json says, once. Nothing is touched, and no network used, while the lock file and the
 * platform are those of the last installation; an installation made by hand is accepted if it agrees with the lock file.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheFolder, root, runtime } from './root.mjs';
import { capture } from './run.mjs';
import { Trouble, say, seconds } from './say.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.peel-setup');

/** Makes node_modules agree with package-lock.json. */
export async function ensureDependencies() {
  const wanted = fingerprint();
  if (isStamped(wanted)) return;
  await withLock('set-up', async () => {
    if (isStamped(wanted)) return;
    if (!agreesWithLock(readJson(join(root, 'package-lock.json')), readJson(join(modules, '.package-lock.json')))) {
      await install();
    }
    if (!existsSync(runtime)) {
      throw new Trouble(
        'the pinned Node runtime is missing after the installation; nothing else was changed.\n' +
          'Remove node_modules and start again; if it stays so, allow the install script of the package `node`.',
      );
    }
    writeFileSync(stampFile, wanted);
  });
}

function isStamped(wanted) {
  try {
    return readFileSync(stampFile, 'utf8') === wanted && existsSync(runtime);
  } catch {
    return false;
  }
}

function fingerprint() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}`;
}

async function install() {
  const since = performance.now();
  say('installing the dependencies (npm ci; a minute or two the first time)');
  const { command, args } = npm();
  // npm counts warnings about its own, older Node: the pinned runtime is what the packages will run under.
  const result = await capture(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { CI: '1' },
  });
  if (result.code !== 0) {
    mkdirSync(cacheFolder, { recursive: true });
    rmSync(stampFile, { force: true });
    throw new Trouble(
      `${result.output.trim()}\n\nthe dependencies could not be installed (npm ci ended with ${result.code}).\n` +
        'This step needs the npm registry once; check the connection (or `npm config get registry`) and start again.',
    );
  }
  say(`dependencies installed (${seconds(since)})`);
}

/** npm as it started us, else the one beside this Node, else the one on PATH. */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.js$/.test(script) && existsSync(script)) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/**
 * Whether npm's own record of an installation (node_modules/.package-lock.json) has every package of the lock file at
 * its version. Optional packages of other platforms may be absent.
 */
export function agreesWithLock(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false;
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link) continue;
    const found = installed.packages[path];
    if (found ? found.version !== entry.version : !entry.optional && !entry.devOptional && !entry.peer) return false;
  }
  return Object.keys(installed.packages).every((path) => path in lock.packages);
}
