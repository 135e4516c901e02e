/** Where backends that are not dependencies are installed, and where measured speeds are kept. From source and bundle alike. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Peel's package.json, which holds .native/ and .cache/. */
function programFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) throw new Error('the files of Peel are incomplete: its package.json was not found');
    folder = dirname(folder);
  }
  return folder;
}

/** Filled by `npm run setup:native`; PEEL_NATIVE names another place. */
export const nativeFolder = (): string => process.env['PEEL_NATIVE'] ?? join(programFolder(), '.native');

export const speedFile = (): string => join(programFolder(), '.cache', 'backend-speeds.json');
