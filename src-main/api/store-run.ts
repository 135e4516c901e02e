/** Stores a new run as queued, checked against its kind: the one way in for the API and the command line. */
import { randomInt } from 'node:crypto';
import type { Project } from '../../db/project.ts';
import { createRun } from '../../db/runs.ts';
import { checkedValues, findKind, kinds } from '../jobs/kinds/index.ts';
import { InvalidInput } from '../parameters/specification.ts';
import type { NewRun } from './contract.ts';
import { programVersions } from './versions.ts';
import { withWholePaths } from './whole-paths.ts';

/** @returns the run's number. @throws InvalidInput with every field at fault; nothing is stored then */
export function storeRun(project: Project, run: NewRun, version: string): number {
  const kind = findKind(run.kind);
  if (!kind) {
    const message = `is not a kind of run; known are ${kinds.map(({ id }) => id).join(', ')}`;
    throw new InvalidInput([{ field: 'kind', value: run.kind, message }]);
  }
  return createRun(project, {
    ...run,
    parameters: checkedValues(kind, withWholePaths(kind.parameters, run.parameters)),
    seed: run.seed ?? randomInt(2 ** 31),
    versions: programVersions(version),
  });
}
