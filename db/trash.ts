/**
 * Trash, restore and purge. The trash keeps everything; a purge removes runs for good, with their files, and gives the
 * space back to the file system. Refuses to purge what is not in the trash or still runs.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sweepInputs } from './inputs.ts';
import type { Project } from './project.ts';
import { askStop } from './run-lifecycle.ts';
import { asStorageError } from './storage-error.ts';

/** Moves runs to the trash; one that is queued or running is asked to stop. Ids that do not exist are passed over. */
export function trashRuns(project: Project, ids: readonly number[]): void {
  project.write(() => {
    const trash = project.prepare<[number, number], never>(
      'UPDATE run SET trashed_at = ? WHERE id = ? AND trashed_at IS NULL',
    );
    for (const id of ids) if (trash.run(Date.now(), id).changes > 0) askStop(project, id, 'cancelled');
  });
}

/** Takes runs out of the trash again, as they were. */
export function restoreRuns(project: Project, ids: readonly number[]): void {
  project.write(() => {
    const restore = project.prepare('UPDATE run SET trashed_at = NULL WHERE id = ?');
    for (const id of ids) restore.run(id);
  });
}

/**
 * Removes trashed runs for good (all of the trash without a list), run by run so that other processes get their turn.
 * @returns the ids removed; running ones and those outside the trash are left
 * @throws StorageError; the runs removed before it stay removed, the others are untouched
 */
export async function purgeRuns(project: Project, ids?: readonly number[]): Promise<readonly number[]> {
  const wanted = ids ?? project.prepare<[], number>('SELECT id FROM run WHERE trashed_at IS NOT NULL').pluck().all();
  const purged: number[] = [];
  for (const id of wanted) {
    if (purgeRun(project, id)) purged.push(id);
    await turn();
  }
  sweepFiles(project);
  sweepInputs(project);
  await reclaimSpace(project);
  return purged;
}

function purgeRun(project: Project, id: number): boolean {
  // The rest follows by ON DELETE CASCADE, in one transaction: a purge cut short leaves the run whole.
  const remove = project.prepare<[number], never>(
    "DELETE FROM run WHERE id = ? AND trashed_at IS NOT NULL AND status != 'running'",
  );
  return project.write(() => remove.run(id).changes > 0);
}

/** Removes the folders of runs that no longer exist, those of a purge cut short included. */
function sweepFiles(project: Project): void {
  const exists = project.prepare<[number], number>('SELECT 1 FROM run WHERE id = ?').pluck();
  try {
    for (const name of readdirSync(project.artifactsFolder)) {
      if (!/^\d+$/.test(name) || exists.get(Number(name)) !== undefined) continue;
      rmSync(join(project.artifactsFolder, name), { recursive: true, force: true });
    }
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Gives free pages back in steps of at most 8 MB, so that no other writer waits long. */
async function reclaimSpace(project: Project): Promise<void> {
  const freePages = (): number => Number(project.connection.pragma('freelist_count', { simple: true }));
  for (let free = freePages(); free > 0;) {
    project.write(() => project.connection.pragma('incremental_vacuum(2048)'));
    const left = freePages();
    if (left >= free) return;
    free = left;
    await turn();
  }
  // Another process that reads at this moment keeps the log as it is; the next checkpoint makes up for it.
  project.connection.pragma('wal_checkpoint(TRUNCATE)');
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
