/** `peel run cancel|archive|delete|restore ID…`: the changes of a run's place that the studio's table offers too. */
import type { Project } from '../../db/project.ts';
import { getRunRow, patchRun } from '../../db/runs.ts';
import { restoreRuns, trashRuns } from '../../db/trash.ts';
import { stopRun } from '../api/stop-run.ts';
import type { Command } from './command.ts';
import { projectFlag, runIds, withProject } from './project.ts';

function change(word: string, summary: string, done: string, apply: (project: Project, id: number) => void): Command {
  return {
    path: `run ${word}`,
    summary,
    positionals: 'ID…',
    arity: [1, 10_000],
    flags: [projectFlag],
    run: async (given, io) => {
      const ids = runIds(given);
      return withProject(given, false, async (project) => {
        // All of them or none: a wrong number late in the list must not leave half of the work.
        project.write(() => ids.forEach((id) => apply(project, getRunRow(project, id).id)));
        await io.result({ runs: ids }, () => `${ids.join(', ')} ${done}`);
        return 0;
      });
    },
  };
}

export const cancel = change(
  'cancel',
  'Ask queued or running runs to stop; what they reported is kept.',
  'asked to stop',
  stopRun,
);
export const archive = change(
  'archive',
  'Put runs on the archive shelf, out of the list.',
  'archived',
  (project, id) => void patchRun(project, id, { archived: true }),
);
export const trash = change('delete', 'Put runs in the trash.', 'in the trash', (project, id) =>
  trashRuns(project, [id]),
);
export const restore = change('restore', 'Take runs back from the trash or the archive.', 'restored', (project, id) => {
  const run = getRunRow(project, id);
  if (run.trashed) restoreRuns(project, [id]);
  if (run.archived) patchRun(project, id, { archived: false });
});
