/**
 * Asks for one queue whether a run may start now: what its kind declares, what computes on this machine for the project
 * (in any process), the machine, and the user's limit, put before admission.ts. Starts nothing.
 */
import type { Project } from '../../db/project.ts';
import { runsAtOnce } from '../../db/project-info.ts';
import { listRunning, type ClaimedRun } from '../../db/run-lifecycle.ts';
import { reasonToWait } from './admission.ts';
import { MODEST_USE, type ExecutableKind, type JobUse } from './kinds/kind.ts';
import type { Machine } from './machine.ts';
import { isHere } from './owner.ts';

type Work = Pick<ClaimedRun, 'id' | 'kind' | 'parameters'>;

export interface Doorkeeper {
  /** What the run waits for, in words; null: it may start. @throws StorageError */
  reasonToWait(run: Work): string | null;
}

export function createDoorkeeper(
  project: Project,
  findKind: (id: string) => ExecutableKind | undefined,
  machine: () => Machine,
): Doorkeeper {
  // Parameters of a run never change; a run that waits is asked about four times a second.
  const known = new Map<number, JobUse>();

  function useOf({ id, kind, parameters }: Work): JobUse {
    const use = known.get(id) ?? declaredUse(findKind(kind), parameters);
    known.set(id, use);
    return use;
  }

  return {
    reasonToWait(run) {
      const working = listRunning(project)
        .filter(({ owner }) => isHere(owner))
        .map((one) => ({ id: one.id, use: useOf(one) }));
      return reasonToWait(useOf(run), working, machine(), runsAtOnce(project));
    },
  };
}

/** Where a kind cannot tell, as of a file that is gone, the job itself will say what is wrong. */
function declaredUse(kind: ExecutableKind | undefined, parameters: Work['parameters']): JobUse {
  try {
    return kind?.use?.(parameters) ?? MODEST_USE;
  } catch {
    return MODEST_USE;
  }
}
