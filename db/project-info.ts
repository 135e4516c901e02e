/**
 * What the project says about itself: name, identity and counts for the empty screens.
 */
import type { ProjectInfo } from '../src-main/api/contract.ts';
import { schemaVersion } from './migrations.ts';
import type { Project } from './project.ts';
import { oneLine } from './text-input.ts';

/** @param version the version of Peel that runs */
export function projectInfo(project: Project, version: string): ProjectInfo {
  const row = project
    .prepare<[], Pick<ProjectInfo, 'id' | 'name' | 'createdAt' | 'runs' | 'archived' | 'trashed'>>(
      `SELECT id, name, created_at AS createdAt,
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
