/**
 * Reads column conditions such as `p:eh>=5`, `m:objective<0.3`, `status=done` into SQL. A run without the column's
 * value meets no condition on it, not even `!=`. Words compare without regard to case and only by = and != .
 */
import { InvalidInput } from '../src-main/parameters/specification.ts';
import { columnOf, type Column } from './run-columns.ts';

export interface Condition {
  readonly column: Column;
  readonly sql: string;
  readonly value: string | number;
}

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** @throws InvalidInput naming the condition, with what is wrong about it */
export function parseCondition(condition: string, alias: string): Condition {
  const refuse = (message: string): never => {
    throw new InvalidInput([{ field: 'where', value: condition, message }]);
  };
  const match = /^\s*([^<>=!]+?)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*$/s.exec(condition);
  if (!match) return refuse(`"${condition}" is not COLUMN, one of = != < <= > >=, and a value`);
  const [, name, operator, text] = match as unknown as [string, string, Operator, string];
  const column = columnOf(name, alias, 'where');
  const number = column.number === null ? null : toNumber(text, column.date);
  if (number !== null) return { column, sql: `${column.number!} ${operator} ?`, value: number };
  if (column.text === null)
    return refuse(`${name} is compared with a ${column.date ? 'date' : 'number'}, not "${text}"`);
  if (operator !== '=' && operator !== '!=') return refuse(`"${text}" is not a number: only = and != compare words`);
  return { column, sql: `${column.text} ${operator} ? COLLATE NOCASE`, value: text };
}

/** A number, also `inf` and `∞`, or, for dates, milliseconds since 1970 of an ISO date; null where it is neither. */
function toNumber(text: string, date: boolean): number | null {
  const infinite = /^([+-]?)(inf|infinity|∞)$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (text !== '' && Number.isFinite(Number(text))) return Number(text);
  const time = date ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : time;
}
