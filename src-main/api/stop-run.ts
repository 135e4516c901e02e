/** Asks a run that waits or computes to stop: the one way for the API and the command line. */
import type { Project } from '../../db/project.ts';
import { askStop } from '../../db/run-lifecycle.ts';
import { getRunRow } from '../../db/runs.ts';
import { Refusal } from './errors.ts';

/** @throws Refusal where it does neither; StorageError where there is none */
export function stopRun(project: Project, id: number): void {
  const { status } = getRunRow(project, id);
  if (status !== 'queued' && status !== 'running')
    throw new Refusal(409, `run ${id} is ${status}; there is nothing to stop`);
  askStop(project, id, 'cancelled');
}
