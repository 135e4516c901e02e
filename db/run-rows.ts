/**
 * Reads runs in the shape of the API: the run, its tags and its metric summaries, for any list of ids in three queries.
 * No point is read.
 */
import type { MetricSummary, RunProgress, RunRow, RunStatus } from '../src-main/api/contract.ts';
import type { ParameterValues } from '../src-main/parameters/specification.ts';
import type { Project } from './project.ts';
import { summaryColumns, toMetricSummary, type SummaryArray } from './series-summary.ts';
import { systemMetricIds } from './system-series.ts';

interface StoredRun {
  readonly id: number;
  readonly experimentId: number;
  readonly experiment: string;
  readonly kind: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly note: string;
  readonly seed: number;
  readonly parameters: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly earlier: number;
  readonly endedAt: number | null;
  readonly archivedAt: number | null;
  readonly trashedAt: number | null;
  readonly fraction: number | null;
  readonly message: string | null;
  readonly remaining: number | null;
  readonly error: string | null;
}

/** The runs with these ids, in the order given; ids that do not exist are left out. */
export function readRunRows(project: Project, ids: readonly number[]): readonly RunRow[] {
  const list = JSON.stringify(ids);
  return project.read(() => {
    const tags = readTags(project, list);
    const metrics = readMetrics(project, list, 'NOT IN');
    const stored = project
      .prepare<[string], StoredRun>(
        `SELECT r.id, r.experiment_id AS experimentId, e.name AS experiment, r.kind, r.name, r.status, r.note, r.seed,
           r.parameters, r.created_at AS createdAt, r.started_at AS startedAt, r.ended_at AS endedAt,
           r.earlier_ms AS earlier,
           r.archived_at AS archivedAt, r.trashed_at AS trashedAt, r.fraction, r.message, r.remaining, r.error
         FROM json_each(?) wanted JOIN run r ON r.id = wanted.value JOIN experiment e ON e.id = r.experiment_id
         ORDER BY wanted.key`,
      )
      .all(list);
    return stored.map((row) => toRunRow(row, tags.get(row.id) ?? [], metrics.get(row.id) ?? {}));
  });
}

function toRunRow(row: StoredRun, tags: readonly string[], metrics: Record<string, MetricSummary>): RunRow {
  return {
    id: row.id,
    experimentId: row.experimentId,
    experiment: row.experiment,
    kind: row.kind,
    name: row.name,
    status: row.status,
    note: row.note,
    tags,
    seed: row.seed,
    parameters: JSON.parse(row.parameters) as ParameterValues,
    metrics,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    earlier: row.earlier,
    endedAt: row.endedAt,
    archived: row.archivedAt !== null,
    trashed: row.trashedAt !== null,
    progress: progressOf(row),
    error: row.error,
  };
}

function progressOf(row: Pick<StoredRun, 'fraction' | 'message' | 'remaining'>): RunProgress | null {
  if (row.fraction === null) return null;
  return { fraction: row.fraction, message: row.message ?? '', remaining: row.remaining };
}

function readTags(project: Project, list: string): Map<number, string[]> {
  const rows = project
    .prepare<[string], { id: number; tag: string }>(
      `SELECT run_id AS id, tag FROM json_each(?) wanted JOIN run_tag t ON t.run_id = wanted.value
       ORDER BY run_id, tag COLLATE NOCASE`,
    )
    .all(list);
  const tags = new Map<number, string[]>();
  for (const { id, tag } of rows) {
    const known = tags.get(id);
    if (known) known.push(tag);
    else tags.set(id, [tag]);
  }
  return tags;
}

/** How the run used the machine; empty where it was not sampled. */
export function readSystem(project: Project, id: number): Readonly<Record<string, MetricSummary>> {
  return readMetrics(project, JSON.stringify([id]), 'IN').get(id) ?? {};
}

/** Rows come as arrays and keys from a table of their own: a page holds 10,000 summaries, and this is its time. */
function readMetrics(
  project: Project,
  list: string,
  system: 'IN' | 'NOT IN',
): Map<number, Record<string, MetricSummary>> {
  const keys = new Map(project.prepare<[], [number, string]>('SELECT id, key FROM metric').raw().all());
  const rows = project
    .prepare<[string], SummaryArray>(
      `SELECT s.run_id, s.metric_id, ${summaryColumns} FROM json_each(?) wanted
       JOIN series s ON s.run_id = wanted.value WHERE s.metric_id ${system} ${systemMetricIds}
       ORDER BY s.run_id, s.metric_id`,
    )
    .raw()
    .all(list);
  const metrics = new Map<number, Record<string, MetricSummary>>();
  let current = -1;
  let known: Record<string, MetricSummary> = {};
  for (const row of rows) {
    if (row[0] !== current) {
      current = row[0];
      // Without a prototype: a metric may be called __proto__.
      known = Object.create(null) as Record<string, MetricSummary>;
      metrics.set(current, known);
    }
    known[keys.get(row[1])!] = toMetricSummary(row);
  }
  return metrics;
}
