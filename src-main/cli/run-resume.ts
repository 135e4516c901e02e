/** `peel run resume ID`: goes on with a run that is paused or ended early, here or, with --queue, in a running studio. */
import { getRun } from '../../db/runs.ts';
import { NotResumable, resumeRun } from '../jobs/resume.ts';
import { has, type Command } from './command.ts';
import { computeRun } from './compute-run.ts';
import { Failed } from './errors.ts';
import { projectFlag, runIds, withProject } from './project.ts';
import { runText } from './run-text.ts';

export const command: Command = {
  path: 'run resume',
  summary: 'Go on with a paused, stopped or interrupted run from its last checkpoint.',
  positionals: 'ID',
  arity: [1, 1],
  flags: [{ name: 'queue', help: 'Only queue it for a running studio.', group: 'Run' }, projectFlag],
  examples: ['peel run resume 12'],
  run: (given, io) =>
    withProject(given, false, async (project) => {
      const id = runIds(given)[0]!;
      try {
        resumeRun(project, id);
      } catch (error) {
        if (error instanceof NotResumable) throw new Failed('conflict', error.message);
        throw error;
      }
      if (!has(given, 'queue')) await computeRun(project, id, io);
      const stored = getRun(project, id);
      await io.result(stored, () => runText(stored));
      return stored.status === 'done' || stored.status === 'queued' ? 0 : 1;
    }),
};
