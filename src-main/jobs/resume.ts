/**
 * Going on with a run that is paused or ended early: it is queued again as itself, and its job finds what the last one
 * left. A run that ended must have kept a checkpoint; what a checkpoint holds is the kind's matter.
 */
import { findArtifact, listArtifacts } from '../../db/artifacts.ts';
import type { Project } from '../../db/project.ts';
import { requeueRun } from '../../db/run-lifecycle.ts';
import { getRunRow } from '../../db/runs.ts';
import { CHECKPOINT, type ResumePoint } from './protocol.ts';

/** The state of the run does not allow it; nothing was changed. */
export class NotResumable extends Error {}

/** null where the run keeps no checkpoint, as every run that starts for the first time. @throws StorageError damaged */
export function resumePoint(project: Project, id: number): ResumePoint | null {
  if (!listArtifacts(project, id).some(({ name }) => name === CHECKPOINT)) return null;
  const { metrics } = getRunRow(project, id);
  return {
    checkpoint: findArtifact(project, id, CHECKPOINT).path,
    reported: Object.fromEntries(Object.entries(metrics).map(([key, { lastX }]) => [key, lastX])),
  };
}

/** Queues the run again, to go on from its checkpoint; one paused before its first begins at the beginning. @throws NotResumable, StorageError not-found, damaged */
export function resumeRun(project: Project, id: number): void {
  const { status, trashed } = getRunRow(project, id);
  if (trashed) throw new NotResumable(`run ${id} is in the trash; restore it first`);
  if (status === 'queued' || status === 'running') throw new NotResumable(`run ${id} is ${status} already`);
  if (status === 'done') throw new NotResumable(`run ${id} is done; there is nothing left to compute`);
  if (status !== 'paused' && resumePoint(project, id) === null)
    throw new NotResumable(`run ${id} kept no checkpoint to go on from; run it again instead`);
  if (!requeueRun(project, id)) throw new NotResumable(`run ${id} was changed by somebody else; look at it again`);
}
