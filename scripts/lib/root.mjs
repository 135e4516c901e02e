/** Where things are. Runs under any Node from 20 on with nothing installed, as every file in scripts/ does. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The pinned Node that runs everything after set-up, whichever Node started this script. */
export const runtime = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Locks and scratch files of the scripts; ignored by git. */
export const cacheFolder = join(root, '.cache');

/** The script behind a tool of node_modules, to be run with the runtime. */
export const tool = (...path) => join(root, 'node_modules', ...path);

/** True where a window can be shown. */
export const hasDisplay = () =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

export const isRoot = () => process.getuid?.() === 0;

/** Full path of a program on PATH, or null. */
export function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')) {
    const file = join(folder || '.', name);
    if (existsSync(file)) return file;
  }
  return null;
}

/** The script behind a command of an installed package, for example command('vitest'), command('@typescript/native', 'tsc'). */
export function command(packageName, name = packageName) {
  const folder = tool(packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}
