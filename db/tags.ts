/**
 * Tags of runs: short words, kept in the order of the alphabet, each once.
 */
import type { Project } from './project.ts';
import { oneLine } from './text-input.ts';

/** Replaces the tags of a run. Belongs inside a write. @throws InvalidInput for an unusable tag */
export function setTags(project: Project, runId: number, tags: readonly string[]): void {
  const wanted = new Set(tags.map((tag) => oneLine('tags', tag, 64)));
  project.prepare('DELETE FROM run_tag WHERE run_id = ?').run(runId);
  const insert = project.prepare('INSERT INTO run_tag(run_id, tag) VALUES (?, ?)');
  for (const tag of wanted) insert.run(runId, tag);
}

/** All tags in use outside the trash, the most used first. */
export function listTags(project: Project): readonly { readonly tag: string; readonly runs: number }[] {
  return project
    .prepare<[], { tag: string; runs: number }>(
      `SELECT t.tag, count(*) AS runs FROM run_tag t JOIN run r ON r.id = t.run_id WHERE r.trashed_at IS NULL
       GROUP BY t.tag ORDER BY runs DESC, t.tag`,
    )
    .all();
}
