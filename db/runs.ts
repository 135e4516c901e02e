/**
 * Creates, reads and edits runs. Parameters arrive validated; computing runs is run-lifecycle.ts, removing trash.ts.
 */
import type { RunDetail, RunPatch, RunRow, RunStatus } from '../src-main/api/contract.ts';
import type { ParameterValue, ParameterValues } from '../src-main/parameters/specification.ts';
import { listArtifacts } from './artifacts.ts';
import { defaultExperiment, ensureExperiment } from './experiments.ts';
import { encodeJson } from './json.ts';
import type { Project } from './project.ts';
import { readRunRows, readSystem } from './run-rows.ts';
import { storageError } from './storage-error.ts';
import { setTags } from './tags.ts';
import { manyLines, oneLine } from './text-input.ts';

export interface NewStoredRun {
  readonly kind: string;
  /** Validated values. */
  readonly parameters: ParameterValues;
  readonly seed: number;
  /** Peel, runtime and platform versions. */
  readonly versions: Readonly<Record<string, string>>;
  /** Name of the experiment, made where there is none; absent: "Default". */
  readonly experiment?: string;
  /** Absent: the kind and the run's number. */
  readonly name?: string;
  readonly note?: string;
  readonly tags?: readonly string[];
  /** Absent: queued. A run computed elsewhere (the explorer, an import) comes in done, with its result. */
  readonly status?: RunStatus;
  readonly result?: unknown;
  readonly createdAt?: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Stores a run. @returns its number @throws InvalidInput for an unusable name, note, tag or experiment */
export function createRun(project: Project, run: NewStoredRun): number {
  return project.write(() => {
    const experimentId = ensureExperiment(project, run.experiment ?? defaultExperiment);
    const inserted = project
      .prepare(
        `INSERT INTO run(experiment_id, kind, name, status, seed, created_at, started_at, ended_at, note, parameters,
           versions, result)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        experimentId,
        run.kind,
        run.name === undefined ? '' : oneLine('name', run.name),
        run.status ?? 'queued',
        run.seed,
        run.createdAt ?? Date.now(),
        run.startedAt ?? null,
        run.endedAt ?? null,
        manyLines('note', run.note ?? ''),
        JSON.stringify(run.parameters),
        JSON.stringify(run.versions),
        run.result === undefined ? null : encodeJson(run.result),
      );
    const id = Number(inserted.lastInsertRowid);
    if (run.name === undefined) {
      project.prepare('UPDATE run SET name = ? WHERE id = ?').run(`${run.kind} ${String(id)}`, id);
    }
    storeParameters(project, id, run.parameters);
    setTags(project, id, run.tags ?? []);
    return id;
  });
}

/** @throws StorageError not-found */
export function getRunRow(project: Project, id: number): RunRow {
  const row = readRunRows(project, [id])[0];
  if (!row) throw storageError('not-found', `there is no run ${String(id)}`);
  return row;
}

/** The run with its result, versions, artifacts and use of the machine. @throws StorageError not-found */
export function getRun(project: Project, id: number): RunDetail {
  return project.read(() => {
    const row = getRunRow(project, id);
    const { result, versions } = project
      .prepare<[number], { result: string | null; versions: string }>('SELECT result, versions FROM run WHERE id = ?')
      .get(id)!;
    return {
      ...row,
      result: result === null ? null : (JSON.parse(result) as unknown),
      versions: JSON.parse(versions) as Record<string, string>,
      artifacts: listArtifacts(project, id),
      system: readSystem(project, id),
    };
  });
}

/** Changes what a person may change. @throws InvalidInput, StorageError not-found; nothing is changed then */
export function patchRun(project: Project, id: number, patch: RunPatch): RunRow {
  return project.write(() => {
    getRunRow(project, id);
    const set = (column: string, value: string | number | null): void => {
      project.prepare(`UPDATE run SET ${column} = ? WHERE id = ?`).run(value, id);
    };
    if (patch.name !== undefined) set('name', oneLine('name', patch.name));
    if (patch.note !== undefined) set('note', manyLines('note', patch.note));
    if (patch.experiment !== undefined) set('experiment_id', ensureExperiment(project, patch.experiment));
    if (patch.archived !== undefined) set('archived_at', patch.archived ? Date.now() : null);
    if (patch.tags !== undefined) setTags(project, id, patch.tags);
    return getRunRow(project, id);
  });
}

function storeParameters(project: Project, runId: number, values: ParameterValues): void {
  const insert = project.prepare('INSERT INTO run_parameter(run_id, key, text, number) VALUES (?, ?, ?, ?)');
  for (const [key, value] of Object.entries(values)) {
    if (value !== null) insert.run(runId, key, String(value), numberOf(value));
  }
}

/** The number a parameter sorts and compares by: numbers as they are, "inf" as Infinity, words not at all. */
function numberOf(value: ParameterValue): number | null {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  return value === 'inf' ? Infinity : null;
}
