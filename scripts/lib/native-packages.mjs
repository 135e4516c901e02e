/** Fetches single npm packages, without their dependencies and without running anything of theirs, and checks what came. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './run.mjs';
import { Trouble } from './say.mjs';

/** Unpacks NAME@VERSION into `folder`. The integrity is npm's (sha512-…), written down here when the version was chosen. */
export async function fetchPackage({ name, version, integrity }, folder) {
  mkdirSync(folder, { recursive: true });
  const packed = await capture(
    'npm',
    ['pack', '--loglevel=error', '--pack-destination', folder, `${name}@${version}`],
    {
      cwd: folder,
    },
  );
  const file = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (packed.code !== 0) throw new Trouble(`npm could not fetch ${name}@${version}:\n${packed.output.trim()}`);
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== integrity)
    throw new Trouble(
      `${name}@${version} is not what it was: its checksum is ${found}, not ${integrity}. Nothing of it was used.`,
    );
  const unpacked = await capture('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
  if (unpacked.code !== 0) throw new Trouble(`${file} could not be unpacked:\n${unpacked.output.trim()}`);
  rmSync(file);
}
