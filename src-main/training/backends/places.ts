/** Where backends that are not dependencies are installed, and where measured speeds are kept. From source and bundle alike. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Peel's package.json. */
function programFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) throw new Error('the files of Peel are incomplete: its package.json was not found');
    folder = dirname(folder);
  }
  return folder;
}

export const speedFile = (): string => join(programFolder(), '.cache', 'backend-speeds.json');

/** A folder that a set-up script filled: .native/NAME, or a place of the set-up's own while it tests what it made. */
export interface Installation {
  readonly folder: string;
  readonly version: string;
}

/** What `npm run setup:NAME` installed; null where it did not, or has not finished. */
export function installation(name: 'native' | 'webgpu'): Installation | null {
  const base = process.env['PEEL_NATIVE'] ?? join(programFolder(), '.native');
  const folder = join(base, name);
  const stamp = join(folder, 'ready.json');
  if (!existsSync(stamp)) return null;
  const { version } = JSON.parse(readFileSync(stamp, 'utf8')) as { version: string };
  return { folder, version };
}
