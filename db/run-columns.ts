/**
 * The columns that a table of runs sorts and filters by, as SQL. Names come from requests: only those known here and
 * `p:KEY`, `m:KEY` become SQL, and keys and values are always bound, never pasted.
 */
import { InvalidInput } from '../src-main/parameters/specification.ts';

export interface Column {
  /** LEFT JOIN that the column needs, with one placeholder for its key; null for columns of the run itself. */
  readonly join: { readonly sql: string; readonly key: string } | null;
  /** The number it compares by, NULL where there is none; null for columns of words. */
  readonly number: string | null;
  /** The word it compares by; null for columns of numbers. */
  readonly text: string | null;
  /** Values may be written as dates. */
  readonly date: boolean;
}

const words = (text: string): Column => ({ join: null, number: null, text, date: false });
const numbers = (number: string): Column => ({ join: null, number, text: null, date: false });
const dates = (number: string): Column => ({ join: null, number, text: null, date: true });

const own: Readonly<Record<string, Column>> = {
  id: numbers('r.id'),
  seed: numbers('r.seed'),
  name: words('r.name'),
  status: words('r.status'),
  kind: words('r.kind'),
  experiment: words('e.name'),
  note: words('r.note'),
  createdAt: dates('r.created_at'),
  startedAt: dates('r.started_at'),
  endedAt: dates('r.ended_at'),
  // Of a running run: until now.
  duration: numbers("r.earlier_ms + coalesce(r.ended_at, unixepoch('subsec') * 1000) - r.started_at"),
};

/**
 * The column of a name. @param alias a name for its join, distinct within one statement
 * @throws InvalidInput naming the field
 */
export function columnOf(name: string, alias: string, field: string): Column {
  const key = name.slice(2);
  if (name.startsWith('p:') && key !== '') {
    return {
      join: { sql: `LEFT JOIN run_parameter ${alias} ON ${alias}.run_id = r.id AND ${alias}.key = ?`, key },
      number: `${alias}.number`,
      text: `${alias}.text`,
      date: false,
    };
  }
  if (name.startsWith('m:') && key !== '') {
    return {
      join: {
        // Named, because without statistics another index looks as good and visits a row per run.
        sql: `LEFT JOIN series ${alias} INDEXED BY series_by_metric ON ${alias}.run_id = r.id
          AND ${alias}.metric_id = (SELECT id FROM metric WHERE key = ?)`,
        key,
      },
      number: `coalesce(${alias}.last, CASE ${alias}.last_word WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999 END)`,
      text: `${alias}.last_word`,
      date: false,
    };
  }
  const column = Object.hasOwn(own, name) ? own[name] : undefined;
  if (column) return column;
  const known = [...Object.keys(own), 'p:KEY', 'm:KEY'].join(', ');
  throw new InvalidInput([{ field, value: name, message: `there is no column ${name}; columns are ${known}` }]);
}
