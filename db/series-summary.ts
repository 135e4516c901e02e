/**
 * The summary row of a series: what tables, sorting, filtering and scatter plots read instead of points.
 * Kept up in the transaction that appends, so it never disagrees with the chunks.
 */
import type { JsonNumber, MetricSummary } from '../src-main/api/contract.ts';
import { countNonFinite, type Points } from './chunk.ts';
import type { Project } from './project.ts';

export interface SummaryRow {
  readonly n: number;
  readonly nonFinite: number;
  readonly firstX: number;
  readonly first: number | null;
  readonly firstWord: string | null;
  readonly lastX: number;
  readonly last: number | null;
  readonly lastWord: string | null;
  readonly min: number | null;
  readonly minX: number | null;
  readonly max: number | null;
  readonly maxX: number | null;
}

/** The columns of a SummaryRow, from the table `s`. */
export const summaryColumns = `s.n, s.non_finite AS nonFinite, s.first_x AS firstX, s.first, s.first_word AS firstWord,
  s.last_x AS lastX, s.last, s.last_word AS lastWord, s.min, s.min_x AS minX, s.max, s.max_x AS maxX`;

export function findSummary(project: Project, runId: number, metricId: number): SummaryRow | undefined {
  return project
    .prepare<[number, number], SummaryRow>(
      `SELECT ${summaryColumns} FROM series s WHERE s.run_id = ? AND s.metric_id = ?`,
    )
    .get(runId, metricId);
}

/** The summary after further points (at least one). An extreme that is met again keeps its first place. */
export function extendSummary(before: SummaryRow | undefined, { x, y }: Points, nonFinite: number): SummaryRow {
  const end = y.length - 1;
  const first = before ?? { firstX: x[0]!, first: finiteOrNull(y[0]!), firstWord: wordOf(y[0]!) };
  let { min, minX, max, maxX } = before ?? { min: null, minX: null, max: null, maxX: null };
  for (let i = 0; i <= end; i++) {
    const value = y[i]!;
    if (!Number.isFinite(value)) continue;
    if (min === null || value < min) [min, minX] = [value, x[i]!];
    if (max === null || value > max) [max, maxX] = [value, x[i]!];
  }
  return {
    n: (before?.n ?? 0) + y.length,
    nonFinite: (before?.nonFinite ?? 0) + nonFinite,
    firstX: first.firstX,
    first: first.first,
    firstWord: first.firstWord,
    lastX: x[end]!,
    last: finiteOrNull(y[end]!),
    lastWord: wordOf(y[end]!),
    min,
    minX,
    max,
    maxX,
  };
}

/** The summary of points that are not stored, at least one. */
export function summaryOf(points: Points): MetricSummary {
  const row = extendSummary(undefined, points, countNonFinite(points.y));
  const { n, nonFinite, firstX, lastX, min, minX, max, maxX } = row;
  const [first, last] = [row.first ?? row.firstWord, row.last ?? row.lastWord] as [JsonNumber, JsonNumber];
  return { n, nonFinite, firstX, first, lastX, last, min, minX, max, maxX };
}

/** Writes the row. @returns the series' id */
export function saveSummary(project: Project, runId: number, metricId: number, row: SummaryRow): number {
  const saved = project
    .prepare<[SummaryRow & { runId: number; metricId: number }], { id: number }>(
      `INSERT INTO series(run_id, metric_id, n, non_finite, first_x, first, first_word, last_x, last, last_word,
         min, min_x, max, max_x)
       VALUES (@runId, @metricId, @n, @nonFinite, @firstX, @first, @firstWord, @lastX, @last, @lastWord,
         @min, @minX, @max, @maxX)
       ON CONFLICT(run_id, metric_id) DO UPDATE SET n = excluded.n, non_finite = excluded.non_finite,
         last_x = excluded.last_x, last = excluded.last, last_word = excluded.last_word, min = excluded.min,
         min_x = excluded.min_x, max = excluded.max, max_x = excluded.max_x
       RETURNING id`,
    )
    .get({ ...row, runId, metricId });
  return saved!.id;
}

/** run_id, metric_id and summaryColumns, as an array. */
export type SummaryArray = readonly [
  runId: number,
  metricId: number,
  n: number,
  nonFinite: number,
  firstX: number,
  first: number | null,
  firstWord: JsonNumber,
  lastX: number,
  last: number | null,
  lastWord: JsonNumber,
  min: number | null,
  minX: number | null,
  max: number | null,
  maxX: number | null,
];

/** The row as the API speaks it: a word where the value is not finite. */
export function toMetricSummary(row: SummaryArray): MetricSummary {
  return {
    n: row[2],
    nonFinite: row[3],
    firstX: row[4],
    first: row[5] ?? row[6],
    lastX: row[7],
    last: row[8] ?? row[9],
    min: row[10],
    minX: row[11],
    max: row[12],
    maxX: row[13],
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function wordOf(value: number): string | null {
  return Number.isFinite(value) ? null : String(value);
}
