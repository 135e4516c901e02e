/** A file system of 16 MiB for tests of full disks, where one may be mounted. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Why there is no small file system to be had, or null where one is mounted on the folder. */
export function mountSmall(folder: string): string | null {
  mkdirSync(folder);
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only the superuser on Linux may mount one';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `it cannot be mounted: ${(error as Error).message}`;
  }
}
