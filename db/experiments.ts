/**
 * Experiments: named groups of runs. Names are unique without regard to case. Deleting never takes runs along.
 */
import type { Experiment } from '../src-main/api/contract.ts';
import { InvalidInput } from '../src-main/parameters/specification.ts';
import type { Project } from './project.ts';
import { storageError } from './storage-error.ts';
import { manyLines, oneLine } from './text-input.ts';

/** Where runs go that name no experiment. */
export const defaultExperiment = 'Default';

const select = `SELECT e.id, e.name, e.note, e.created_at AS createdAt,
  (SELECT count(*) FROM run r WHERE r.experiment_id = e.id AND r.trashed_at IS NULL) AS runs FROM experiment e`;

/** All experiments by name; runs counts those not in the trash. */
export function listExperiments(project: Project): readonly Experiment[] {
  return project.prepare<[], Experiment>(`${select} ORDER BY e.name COLLATE NOCASE`).all();
}

/** @throws StorageError not-found */
export function getExperiment(project: Project, id: number): Experiment {
  const row = project.prepare<[number], Experiment>(`${select} WHERE e.id = ?`).get(id);
  if (!row) throw storageError('not-found', `there is no experiment ${String(id)}`);
  return row;
}

/** @throws InvalidInput where the name is unusable or taken */
export function createExperiment(
  project: Project,
  input: { readonly name: string; readonly note?: string },
): Experiment {
  return project.write(() => {
    const name = freeName(project, input.name, null);
    const { lastInsertRowid } = project
      .prepare('INSERT INTO experiment(name, note, created_at) VALUES (?, ?, ?)')
      .run(name, manyLines('note', input.note ?? ''), Date.now());
    return getExperiment(project, Number(lastInsertRowid));
  });
}

/** The id of the experiment with this name, made where there is none. @throws InvalidInput */
export function ensureExperiment(project: Project, name: string): number {
  const wanted = oneLine('experiment', name);
  return project.write(() => findByName(project, wanted) ?? createExperiment(project, { name: wanted }).id);
}

/** @throws InvalidInput, StorageError not-found */
export function patchExperiment(
  project: Project,
  id: number,
  patch: { readonly name?: string; readonly note?: string },
): Experiment {
  return project.write(() => {
    const old = getExperiment(project, id);
    const name = patch.name === undefined ? old.name : freeName(project, patch.name, id);
    const note = patch.note === undefined ? old.note : manyLines('note', patch.note);
    project.prepare('UPDATE experiment SET name = ?, note = ? WHERE id = ?').run(name, note, id);
    return getExperiment(project, id);
  });
}

/** Removes an empty experiment. @throws InvalidInput while runs belong to it, trashed ones included */
export function deleteExperiment(project: Project, id: number): void {
  project.write(() => {
    const { name } = getExperiment(project, id);
    const runs = project.prepare<[number], number>('SELECT count(*) FROM run WHERE experiment_id = ?').pluck().get(id)!;
    if (runs > 0) {
      const message = `experiment ${name} holds ${String(runs)} runs (trash included); move or purge them first`;
      throw new InvalidInput([{ field: 'experiment', value: id, message }]);
    }
    project.prepare('DELETE FROM experiment WHERE id = ?').run(id);
  });
}

function findByName(project: Project, name: string): number | undefined {
  return project.prepare<[string], number>('SELECT id FROM experiment WHERE name = ?').pluck().get(name);
}

function freeName(project: Project, given: string, self: number | null): string {
  const name = oneLine('name', given);
  const other = findByName(project, name);
  if (other === undefined || other === self) return name;
  throw new InvalidInput([{ field: 'name', value: given, message: `an experiment named ${name} exists already` }]);
}
