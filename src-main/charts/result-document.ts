/**
 * Reads a result document by the specification of its kind: the value of a field, the rows of a table, the input of a
 * chart, all as data for whoever shows them (page, report, terminal). It computes nothing and refuses to guess: what is
 * not there, or not of the declared form, is null.
 */
import type { Basis, JsonNumber, ResultField, ResultSpecification } from '../api/contract.ts';
import { countGroups } from './count-groups.ts';
import { absent, exact, formatNumber } from './format.ts';
import type { GridInput } from './grid-chart.ts';
import type { HeatMapInput } from './heat-map.ts';
import type { LineChartInput, LineSeries, Range } from './line-chart.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The value under a key, dots for nesting (`threshold.r0`); undefined where there is none. */
export function resultAt(document: unknown, key: string): unknown {
  let value = document;
  for (const part of key.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** The number as JSON holds it, non-finite ones as words; null for anything else. */
function jsonNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : null;
}

/** The finite number under a key, else null: where a chart draws a line. */
export function resultNumber(document: unknown, key: string): number | null {
  const value = resultAt(document, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

const basisKinds: readonly unknown[] = ['certified', 'exact', 'numerical', 'local'] satisfies Basis['kind'][];

/** On what the numbers rest; null where the document does not say. */
export function basisOf(document: unknown): Basis | null {
  const basis = resultAt(document, 'basis');
  if (!isObject(basis) || !basisKinds.includes(basis['kind']) || typeof basis['text'] !== 'string') return null;
  return { kind: basis['kind'] as Basis['kind'], text: basis['text'] };
}

/** A value that is a number by its field's format, flags as 0 and 1; null for words and for what does not exist. */
export function fieldNumber(value: unknown, format: ResultField['format']): JsonNumber | null {
  if (format === 'text') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return jsonNumber(value) === null ? null : (value as JsonNumber);
}

/** A value as its field writes it. */
export function fieldText(value: unknown, { format, absent: word }: Pick<ResultField, 'format' | 'absent'>): string {
  if (value === null || value === undefined || value === '') return word ?? absent;
  const number = format === 'text' ? null : fieldNumber(value, format);
  if (format !== 'text' && number !== null) return formatNumber(number, format);
  if (Array.isArray(value)) return value.map((item) => fieldText(item, { format })).join(', ');
  if (typeof value === 'number') return exact(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export interface ResultTable {
  readonly title: string;
  readonly columns: readonly ResultField[];
  /** Values by row, in the order of the columns. */
  readonly rows: readonly (readonly unknown[])[];
}

/** The tables that have rows. */
export function resultTables(document: unknown, { tables = [] }: ResultSpecification): readonly ResultTable[] {
  return tables.flatMap(({ result, title, columns }) => {
    const rows = resultAt(document, result);
    if (!Array.isArray(rows) || rows.length === 0) return [];
    return [{ title, columns, rows: rows.map((row) => columns.map(({ key }) => resultAt(row, key))) }];
  });
}

type Matrix = NonNullable<ResultSpecification['matrices']>[number];

/** The count of every class; as many as are known. */
function countsOf(document: unknown, { table, count, size }: NonNullable<Matrix['classes']>): readonly number[] {
  const rows = resultAt(document, table);
  return (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
    const samples = jsonNumber(resultAt(row, count));
    const classes = size === undefined ? 1 : jsonNumber(resultAt(row, size));
    return samples === null || classes === null ? [] : new Array<number>(classes).fill(samples);
  });
}

/** The matrices of the document as heat-maps; those that are null there (too large, not defined) are left out. */
export function resultMatrices(
  document: unknown,
  { matrices = [] }: ResultSpecification,
): readonly { readonly key: string; readonly title: string; readonly input: HeatMapInput }[] {
  return matrices.flatMap(({ result, title, symbol, classes }) => {
    const rows = resultAt(document, result);
    if (!Array.isArray(rows) || rows.length === 0) return [];
    const square = rows.every((row) => Array.isArray(row) && row.length === rows.length);
    if (!square) return [];
    const values = (rows as unknown[][]).flatMap((row) => row.map(jsonNumber));
    const counts = classes === undefined ? [] : countsOf(document, classes);
    const groups = counts.length === rows.length ? countGroups(counts) : [];
    return [{ key: result, title, input: { size: rows.length, values, groups, symbol } }];
  });
}

/** The grids of the document as their charts take them; those that are null there are left out. */
export function resultGrids(
  document: unknown,
  { grids = [] }: ResultSpecification,
): readonly { readonly key: string; readonly title: string; readonly input: GridInput }[] {
  return grids.flatMap(({ result, title }) => {
    const grid = resultAt(document, result);
    if (!isObject(grid) || !Array.isArray(grid['xs']) || !Array.isArray(grid['ys'])) return [];
    if (!Array.isArray(grid['values']) || !Array.isArray(grid['contours'])) return [];
    const stored = grid as unknown as GridInput;
    const contours = stored.contours.map(({ label, x, y }) => ({ label, x: numbers(x), y: numbers(y) }));
    return [{ key: result, title, input: { ...stored, values: Array.from(stored.values, jsonNumber), contours } }];
  });
}

const numbers = (values: unknown): number[] =>
  Array.isArray(values) ? values.map((value) => jsonNumber(value) ?? NaN) : [];

/** A line chart as it was before it was written as JSON: non-finite numbers are numbers again. */
export function lineChartOf(stored: LineChartInput): LineChartInput {
  const range = ({ low, high }: Range): Range => ({ low: numbers(low), high: numbers(high) });
  const series = stored.series.map(({ x, y, envelope, band, ...rest }): LineSeries => ({
    ...rest,
    x: numbers(x),
    y: Array.from(y, jsonNumber),
    ...(envelope && { envelope: range(envelope) }),
    ...(band && { band: range(band) }),
  }));
  return { ...stored, series };
}
