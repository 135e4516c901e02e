/**
 * Pausing: a run that waits is held, a running one stops as soon as it has kept a checkpoint. Nobody takes it up again
 * until it is resumed (resume.ts). Refuses running jobs of kinds that keep no checkpoint: their work would be lost.
 */
import type { Project } from '../../db/project.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import { getRunRow } from '../../db/runs.ts';
import type { RunKind } from '../api/contract.ts';

/** The state or the kind of the run does not allow it; nothing was changed. */
export class NotPausable extends Error {}

/** @param find the kind of a run. @throws NotPausable, StorageError not-found */
export function pauseRun(project: Project, id: number, find: (kind: string) => RunKind | undefined): void {
  project.write(() => {
    const { status, kind } = getRunRow(project, id);
    if (status !== 'queued' && status !== 'running')
      throw new NotPausable(`run ${id} is ${status}; only runs that wait or compute can be paused`);
    if (status === 'running' && find(kind)?.resumable !== true)
      throw new NotPausable(
        `run ${id} keeps no checkpoint to go on from (kind ${kind}); let it go on, or stop it and run it again later`,
      );
    askStop(project, id, 'paused');
  });
}
