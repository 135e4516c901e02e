/** Runs a kind in this very process and remembers what it reported; the fields by which its input is refused. */
import { expect } from 'vitest';
import { checkedValues } from '../../src-main/jobs/kinds/index.ts';
import { JobCancelled, type ExecutableKind, type JobContext } from '../../src-main/jobs/kinds/kind.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';

export interface Reported {
  readonly points: Record<string, { readonly x: number[]; readonly y: number[] }>;
  readonly files: Record<string, Uint8Array>;
  readonly fractions: number[];
  readonly lines: string[];
  /** The last checkpoint. */
  kept: Uint8Array | null;
}

interface Options {
  readonly seed?: number;
  /** How often it may breathe before it is cancelled. */
  readonly breaths?: number;
  /** Where its reports go; for what was reported before it was cancelled. */
  readonly reported?: Reported;
}

export const nothingReported = (): Reported => ({ points: {}, files: {}, fractions: [], lines: [], kept: null });

/** A result as it is read here: what the kind says, under any key. */
type Result = Record<string, unknown> & { readonly basis: { readonly kind: string; readonly text: string } };

/**
 * @returns the document, which must be what JSON can hold, and all reports, which must be of declared metrics
 * @throws InvalidInput, or what the kind throws
 */
export async function execute<Document = Result>(
  kind: ExecutableKind,
  input: Record<string, unknown>,
  { seed = 3, breaths = Infinity, reported = nothingReported() }: Options = {},
): Promise<Reported & { readonly document: Document }> {
  const declared = new Set(kind.metrics.map(({ key }) => key));
  let left = breaths;
  const context: JobContext = {
    seed,
    points(metric, x, y) {
      if (!declared.has(metric)) throw new Error(`${kind.id} does not declare the metric ${metric}`);
      const series = (reported.points[metric] ??= { x: [], y: [] });
      series.x.push(...Array.from(x));
      series.y.push(...Array.from(y));
    },
    log: (_level, text) => reported.lines.push(text),
    progress: (fraction) => reported.fractions.push(fraction),
    artifact: (name, _type, bytes) => (reported.files[name] = bytes),
    breathe: () => (left-- > 0 ? Promise.resolve() : Promise.reject(new JobCancelled())),
    checkpoints: {
      last: () => null,
      keep: (bytes) => {
        reported.kept = Uint8Array.from(bytes);
        return Promise.resolve();
      },
    },
  };
  const document = await kind.execute(checkedValues(kind, input), context);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  return { document: document as Document, ...reported };
}

/** Every field, column, matrix and mark that the kind declares is found in the document, be it null; every line has a metric. */
export function expectDeclared(kind: ExecutableKind, document: unknown): void {
  const at = (from: unknown, path: string): unknown =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], from);
  const present = (from: unknown, path: string): void => {
    // Of a part that is null nothing more is asked.
    const parts = path.split('.');
    const parent = parts.length > 1 ? at(from, parts.slice(0, -1).join('.')) : from;
    if (parent !== null) expect(at(from, path), path).not.toBeUndefined();
  };
  const { fields, tables = [], matrices = [] } = kind.results!;
  for (const { key } of fields) present(document, key);
  for (const { result, columns } of tables)
    for (const row of at(document, result) as unknown[]) for (const { key } of columns) present(row, key);
  for (const { result } of matrices) {
    const rows = at(document, result) as unknown[][];
    for (const row of rows) expect(row, result).toHaveLength(rows.length);
  }
  for (const { verticals = [], references = [] } of kind.charts)
    for (const { result } of [...verticals, ...references]) present(document, result);
  const metrics = kind.metrics.map(({ key }) => key);
  for (const { metric } of kind.charts.flatMap(({ series }) => series)) expect(metrics).toContain(metric);
}

/** Fields that are named where the input is refused; empty: it is taken. */
export function refusedFields(kind: ExecutableKind, input: Record<string, unknown>): string[] {
  try {
    checkedValues(kind, input);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ field }) => field);
    throw error;
  }
}
