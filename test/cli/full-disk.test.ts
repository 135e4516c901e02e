/** The command line on a disk that is full: what is there can be read, what cannot be kept is refused, and it works again with room. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claimNextRun } from '../../db/run-lifecycle.ts';
import { mountSmall } from '../db/small-disk.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';
import { peel } from './peel.ts';

/** Writes until nothing more fits. */
function fillUp(ballast: string): void {
  for (let size = 2 ** 20; size >= 1; size /= 2)
    for (;;)
      try {
        writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
}

it('lists runs, one of a program that is gone among them, and tells of it once there is room', async (context) => {
  const place = freshFolder();
  const folder = join(place.folder, 'small');
  const reason = mountSmall(folder);
  try {
    if (reason !== null) return context.skip(reason);
    const words = ['--project', join(folder, 'project'), '--json'];
    const project = open(join(folder, 'project'));
    add(project, 'lpm-solve');
    // No process of this machine has this name any more.
    claimNextRun(project, { owner: 'nobody', leaseUntil: Date.now() + 60_000 });
    // Left open: SQLite's shared index, which even readers need, is there already.
    const ballast = join(folder, 'ballast');
    fillUp(ballast);
    const statuses = async (): Promise<string[]> => {
      const { code, out, err } = await peel('run', 'list', ...words);
      expect([code, err]).toEqual([0, '']);
      return (JSON.parse(out) as { runs: { status: string }[] }).runs.map(({ status }) => status);
    };
    expect(await statuses()).toEqual(['running']);
    const refused = await peel('run', 'add', 'lpm-solve', '--queue', ...words);
    expect(refused.code).toBe(1);
    expect((JSON.parse(refused.err) as { error: { code: string } }).error.code).toBe('disk-full');
    rmSync(ballast);
    expect(await statuses()).toEqual(['interrupted']);
    project.close();
  } finally {
    if (reason === null) execFileSync('umount', ['-l', folder]);
    place.remove();
  }
}, 60_000);
