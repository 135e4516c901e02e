/**
 * Which parameters and metrics occur in a selection of runs: the columns on offer. Most keys show in a few runs; those
 * are read first, and only the rest is looked for in the whole selection.
 */
import type { Project } from './project.ts';
import { systemMetricIds } from './system-series.ts';

const sampleSize = 16;

/** Keys in the order of the alphabet. */
export function parameterKeysOf(project: Project, ids: readonly number[]): readonly string[] {
  const all = project.prepare<[], string>(distinctParameters).pluck().all();
  return keysOf(project, ids, all, {
    sample: `SELECT DISTINCT p.key FROM json_each(?) w JOIN run_parameter p ON p.run_id = w.value`,
    rest: `SELECT k.value FROM json_each(@keys) k WHERE EXISTS (
      SELECT 1 FROM run_parameter p WHERE p.key = k.value AND p.run_id IN (SELECT value FROM json_each(@ids)))`,
  });
}

/** Keys in the order of the alphabet. */
export function metricKeysOf(project: Project, ids: readonly number[]): readonly string[] {
  const all = project.prepare<[], string>(`SELECT key FROM metric WHERE id NOT IN ${systemMetricIds}`).pluck().all();
  return keysOf(project, ids, all, {
    sample: `SELECT DISTINCT m.key FROM json_each(?) w JOIN series s ON s.run_id = w.value
      JOIN metric m ON m.id = s.metric_id WHERE m.id NOT IN ${systemMetricIds}`,
    rest: `SELECT m.key FROM json_each(@keys) k JOIN metric m ON m.key = k.value WHERE EXISTS (
      SELECT 1 FROM series s WHERE s.metric_id = m.id AND +s.run_id IN (SELECT value FROM json_each(@ids)))`,
  });
}

/** Steps from key to key through the index instead of reading all of it. */
const distinctParameters = `WITH RECURSIVE step(key) AS (
    SELECT min(key) FROM run_parameter
    UNION ALL SELECT (SELECT min(key) FROM run_parameter WHERE key > step.key) FROM step WHERE step.key IS NOT NULL)
  SELECT key FROM step WHERE key IS NOT NULL`;

function keysOf(
  project: Project,
  ids: readonly number[],
  all: readonly string[],
  sql: { readonly sample: string; readonly rest: string },
): readonly string[] {
  if (ids.length === 0) return [];
  const stride = Math.max(1, Math.floor(ids.length / sampleSize));
  const sample = ids.filter((_, index) => index % stride === 0);
  const found = new Set(project.prepare<[string], string>(sql.sample).pluck().all(JSON.stringify(sample)));
  const rest = all.filter((key) => !found.has(key));
  if (rest.length > 0 && sample.length < ids.length) {
    const more = project.prepare<[{ ids: string; keys: string }], string>(sql.rest).pluck();
    for (const key of more.all({ ids: JSON.stringify(ids), keys: JSON.stringify(rest) })) found.add(key);
  }
  return [...found].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
