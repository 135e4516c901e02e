/** Computes one queued run of a project here, in a process of its own as the studio does; Ctrl-C asks it to stop. */
import type { Project } from '../../db/project.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import { getRun } from '../../db/runs.ts';
import { programPaths } from '../host/paths.ts';
import { createQueue } from '../jobs/queue.ts';
import { forkJobs } from '../jobs/spawn.ts';
import type { Io } from './io.ts';
import { progressLine } from './progress.ts';

/** Resolves when the run has ended, whichever way. */
export async function computeRun(project: Project, id: number, io: Io): Promise<void> {
  const line = progressLine(io.interactive);
  const ended = (): boolean => !['queued', 'running'].includes(getRun(project, id).status);
  await new Promise<void>((resolve) => {
    const stop = (): void => void askStop(project, id, 'cancelled');
    process.once('SIGINT', stop);
    const queue = createQueue({
      project,
      spawn: forkJobs(programPaths().worker),
      only: id,
      onEvent: (event) => {
        if (event.type === 'run' && event.id === id && event.progress)
          line.show(`${Math.round(100 * event.progress.fraction)} %  ${event.progress.message}`);
      },
    });
    const timer = setInterval(() => {
      if (!ended()) return;
      clearInterval(timer);
      process.off('SIGINT', stop);
      void queue.close().then(resolve);
    }, 20);
  });
  line.clear();
}
