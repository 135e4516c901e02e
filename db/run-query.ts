/**
 * The table of runs: search, filter, sort and page over summaries, never over points. Plain SQL put together from the
 * known columns; whatever the request says is bound as a value.
 */
import type { RunPage, RunQuery, RunStatus } from '../src-main/api/contract.ts';
import { InvalidInput } from '../src-main/parameters/specification.ts';
import type { Project } from './project.ts';
import { columnOf, type Column } from './run-columns.ts';
import { parseCondition } from './run-conditions.ts';
import { metricKeysOf, parameterKeysOf } from './run-keys.ts';
import { readRunRows } from './run-rows.ts';

const defaultLimit = 100;
const largestLimit = 1000;

/**
 * One page of the runs that match. Sorted runs without a value come last in either direction; ties, and runs without a
 * sort, stand newest first. @throws InvalidInput for an unknown column or an unreadable condition
 */
export function queryRuns(project: Project, query: RunQuery = {}): RunPage {
  return project.read(() => {
    const ids = selectRunIds(project, query);
    const offset = Math.max(0, query.offset ?? 0);
    const limit = Math.min(largestLimit, Math.max(0, query.limit ?? defaultLimit));
    return {
      total: ids.length,
      runs: readRunRows(project, ids.slice(offset, offset + limit)),
      parameterKeys: parameterKeysOf(project, ids),
      metricKeys: metricKeysOf(project, ids),
    };
  });
}

const statuses: readonly RunStatus[] = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'];

function checkedStatus(text: string): string {
  if (statuses.some((status) => status === text)) return text;
  const message = `must be one of ${statuses.join(', ')}`;
  throw new InvalidInput([{ field: 'status', value: text, message }]);
}

/** The ids of all runs that match, in order. offset and limit are not applied. @throws InvalidInput as queryRuns */
export function selectRunIds(project: Project, query: RunQuery): readonly number[] {
  const joins: string[] = [];
  const joinKeys: string[] = [];
  const use = (column: Column): Column => {
    if (column.join) {
      joins.push(column.join.sql);
      joinKeys.push(column.join.key);
    }
    return column;
  };
  const conditions = [shelfCondition(query.shelf ?? 'active')];
  const values: (string | number)[] = [];
  const require = (sql: string, ...bound: readonly (string | number)[]): void => {
    conditions.push(sql);
    values.push(...bound);
  };
  if (query.experiment !== undefined) require('r.experiment_id = ?', query.experiment);
  if (query.kind !== undefined) require('r.kind = ?', query.kind);
  if (query.status !== undefined) require('r.status = ?', checkedStatus(query.status));
  if (query.tag !== undefined) {
    require('EXISTS (SELECT 1 FROM run_tag t WHERE t.run_id = r.id AND t.tag = ?)', query.tag);
  }
  for (const word of (query.text ?? '').split(/\s+/).filter(Boolean)) {
    require(textCondition, ...Array.from({ length: 5 }, () => likePattern(word)));
  }
  query.where?.forEach((text, index) => {
    const condition = parseCondition(text, `w${String(index)}`);
    use(condition.column);
    require(condition.sql, condition.value);
  });
  const order =
    query.sort === undefined ? 'r.id DESC' : orderBy(use(columnOf(query.sort, 'o', 'sort')), query.descending === true);
  const sql = `SELECT r.id FROM run r JOIN experiment e ON e.id = r.experiment_id ${joins.join(' ')}
    WHERE ${conditions.join(' AND ')} ORDER BY ${order}`;
  return project.connection
    .prepare<unknown[], number>(sql)
    .pluck()
    .all(...joinKeys, ...values);
}

function shelfCondition(shelf: NonNullable<RunQuery['shelf']>): string {
  switch (shelf) {
    case 'active':
      return 'r.trashed_at IS NULL AND r.archived_at IS NULL';
    case 'archived':
      return 'r.trashed_at IS NULL AND r.archived_at IS NOT NULL';
    case 'trash':
      return 'r.trashed_at IS NOT NULL';
  }
}

/** Every word of a search must occur in one of these. */
const textCondition = `(r.name LIKE ? ESCAPE '\\' OR r.kind LIKE ? ESCAPE '\\' OR r.note LIKE ? ESCAPE '\\'
  OR r.parameters LIKE ? ESCAPE '\\'
  OR EXISTS (SELECT 1 FROM run_tag t WHERE t.run_id = r.id AND t.tag LIKE ? ESCAPE '\\'))`;

function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Numbers before words, missing values last, the newest first among equals. */
function orderBy({ number, text }: Column, descending: boolean): string {
  const direction = descending ? 'DESC' : 'ASC';
  const terms: string[] = [];
  if (number !== null && text !== null) terms.push(`${number} IS NULL AND ${text} IS NULL`);
  if (number !== null) terms.push(`${number} ${direction} NULLS LAST`);
  if (text !== null) terms.push(`${text} COLLATE NOCASE ${direction} NULLS LAST`);
  return [...terms, 'r.id DESC'].join(', ');
}
