/** A project in a fresh folder with a queue of real processes on it, for the tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProject } from '../../db/open.ts';
import { createRun, getRun } from '../../db/runs.ts';
import type { Project } from '../../db/project.ts';
import type { RunDetail } from '../../src-main/api/contract.ts';
import type { Machine } from '../../src-main/jobs/machine.ts';

const root = join(import.meta.dirname, '..', '..');
export const migrationsFolder = join(root, 'db', 'migrations');
export const worker = join(root, 'src-main', 'jobs', 'worker.ts');
export const kindsModule = join(import.meta.dirname, 'fixture-kinds.ts');

export function freshFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'peel-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

export const open = (folder: string): Project => openProject(folder, { create: true, migrationsFolder });

export function add(project: Project, kind: string): number {
  return createRun(project, { kind, parameters: {}, seed: 5, versions: {} });
}

/** For queues: so many processors for jobs, and so many bytes. */
export const machineOf =
  (processors: number, memory = Infinity) =>
  (): Machine => ({ processors, memory, free: memory });

/** Waits for a condition of a run, read from the database each time. */
export async function until(
  project: Project,
  id: number,
  holds: (run: RunDetail) => boolean,
  seconds = 20,
): Promise<RunDetail> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const run = getRun(project, id);
    if (holds(run)) return run;
    if (Date.now() > end) throw new Error(`run ${id} is still ${run.status} (${run.error ?? 'no error'})`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const hasEnded = (run: RunDetail): boolean => run.status !== 'queued' && run.status !== 'running';
