/**
 * Builds the two halves of the program (out/main, out/renderer) when their sources changed since the last build. A build
 * that fails leaves the previous one in place; a finished one takes its place at once, under running programs' feet
 * only for the length of two renames.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { root, runtime, tool } from './root.mjs';
import { capture } from './run.mjs';
import { Trouble, say, seconds } from './say.mjs';

/** What each half is made of. The page imports pure code and types from src-main, so it depends on both. */
const SOURCES = {
  main: ['src-main', 'db', 'electron.config.ts', 'package.json', 'package-lock.json'],
  renderer: ['src-renderer', 'src-main', 'electron.config.ts', 'package.json', 'package-lock.json'],
};

const output = join(root, 'out');
const stampOf = (half) => join(output, `${half}.stamp`);

/** Builds what is out of date among `halves` ('main', 'renderer'). Returns the names of what was built. */
export async function ensureBuild(halves = ['main', 'renderer']) {
  if (halves.every(isCurrent)) return [];
  return withLock('build', async () => {
    const stale = halves.filter((half) => !isCurrent(half));
    for (const half of stale) await build(half);
    return stale;
  });
}

export function isCurrent(half) {
  try {
    return readFileSync(stampOf(half), 'utf8') === fingerprint(SOURCES[half]) && existsSync(join(output, half));
  } catch {
    return false;
  }
}

async function build(half) {
  const since = performance.now();
  say(`building ${half === 'main' ? 'the program' : 'the page'}`);
  // Taken before the build: what is edited meanwhile is built next time.
  const mark = fingerprint(SOURCES[half]);
  const fresh = join(output, `.fresh-${half}`);
  rmSync(fresh, { recursive: true, force: true });
  const vite = tool('electron-vite', 'bin', 'electron-vite.js');
  const args = [vite, 'build', '-c', 'electron.config.ts', '--logLevel', 'warn'];
  const result = await capture(runtime, args, {
    env: { PEEL_BUILD: half, PEEL_BUILD_FOLDER: fresh, NODE_ENV: 'production' },
  });
  if (result.code !== 0) {
    throw new Trouble(`${result.output.trim()}\n\n${half} could not be built; the previous build was kept.`);
  }
  const place = join(output, half);
  const old = join(output, `.old-${half}`);
  mkdirSync(output, { recursive: true });
  rmSync(old, { recursive: true, force: true });
  rmSync(stampOf(half), { force: true });
  if (existsSync(place)) renameSync(place, old);
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
  writeFileSync(stampOf(half), mark);
  say(`${half === 'main' ? 'program' : 'page'} built (${seconds(since)})`);
}

/** A digest of names, sizes and times of all files below `paths`. */
export function fingerprint(paths, base = root) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(base, path);
    const facts = statSync(full, { throwIfNoEntry: false });
    if (!facts) return;
    if (facts.isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(join(path, name));
    } else {
      hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`);
    }
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}
