/** `peel run pause ID…`: holds runs that wait and stops running ones at a checkpoint, until `peel run resume`. */
import { findKind } from '../jobs/kinds/index.ts';
import { NotPausable, pauseRun } from '../jobs/pause.ts';
import type { Command } from './command.ts';
import { Failed } from './errors.ts';
import { projectFlag, runIds, withProject } from './project.ts';

export const command: Command = {
  path: 'run pause',
  summary: 'Hold queued runs, and stop running ones at a checkpoint, until they are resumed.',
  positionals: 'ID…',
  arity: [1, 10_000],
  flags: [projectFlag],
  examples: ['peel run pause 12', 'peel run resume 12'],
  run: (given, io) =>
    withProject(given, false, async (project) => {
      const ids = runIds(given);
      try {
        // All of them or none.
        project.write(() => ids.forEach((id) => pauseRun(project, id, findKind)));
      } catch (error) {
        if (error instanceof NotPausable) throw new Failed('conflict', error.message);
        throw error;
      }
      await io.result({ runs: ids }, () => `${ids.join(', ')} asked to pause`);
      return 0;
    }),
};
