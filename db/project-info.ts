/**
 * What the project says about itself: name, identity, counts for the empty screens; and how many of its runs may compute at once.
 */
import type { ProjectInfo } from '../src-main/api/contract.ts';
import { InvalidInput } from '../src-main/parameters/specification.ts';
import { schemaVersion } from './migrations.ts';
import type { Project } from './project.ts';
import { oneLine } from './text-input.ts';

/** @param version the version of Peel that runs */
export function projectInfo(project: Project, version: string): ProjectInfo {
  const row = project
    .prepare<[], Omit<ProjectInfo, 'folder' | 'version' | 'schemaVersion'>>(
      `SELECT id, name, created_at AS createdAt, runs_at_once AS runsAtOnce,
         (SELECT count(*) FROM run WHERE trashed_at IS NULL AND archived_at IS NULL) AS runs,
         (SELECT count(*) FROM run WHERE trashed_at IS NULL AND archived_at IS NOT NULL) AS archived,
         (SELECT count(*) FROM run WHERE trashed_at IS NOT NULL) AS trashed
       FROM project`,
    )
    .get()!;
  return { ...row, folder: project.folder, version, schemaVersion: schemaVersion(project.connection) };
}

/** @throws InvalidInput for an unusable name */
export function renameProject(project: Project, name: string): void {
  project.write(() => project.prepare('UPDATE project SET name = ?').run(oneLine('name', name)));
}

export const MOST_RUNS_AT_ONCE = 1000;

/** What is wrong with a value that is no such number. */
export const notAtOnce = (value: unknown): string =>
  `must be a whole number from 1 to ${String(MOST_RUNS_AT_ONCE)}, or nothing for as many as the machine bears; got ${JSON.stringify(value)}`;

/** Runs of the project that may compute at once on one machine; null: as many as the machine bears. */
export function runsAtOnce(project: Project): number | null {
  return project.prepare<[], number | null>('SELECT runs_at_once FROM project').pluck().get()!;
}

/** @param most null lifts the limit. @throws InvalidInput for any other than a whole number from 1 to 1000 */
export function limitRunsAtOnce(project: Project, most: number | null): void {
  if (most !== null && !(Number.isInteger(most) && most >= 1 && most <= MOST_RUNS_AT_ONCE)) {
    throw new InvalidInput([{ field: 'runsAtOnce', value: most, message: notAtOnce(most) }]);
  }
  project.write(() => project.prepare('UPDATE project SET runs_at_once = ?').run(most));
}
