/**
 * The columns that a table of runs can show: fixed ones, and one per parameter and per metric that occurs. Says how
 * each is titled, aligned and written; the exact value is what copying gives.
 */
import { absent, formatNumber } from '../../src-main/charts/format.ts';
import { comparedText, idle } from '../../src-main/charts/parameter-text.ts';
import type { RunKind, RunRow } from '../api.ts';
import { spentMilliseconds } from '../../src-main/charts/run-time.ts';
import { dateText, spentText } from './time.ts';

export interface Column {
  readonly key: string;
  readonly label: string;
  /** KaTeX source, shown instead of the label where there is one. */
  readonly symbol?: string;
  readonly help?: string;
  readonly numeric: boolean;
  readonly width: number;
  readonly sortable: boolean;
  readonly text: (run: RunRow) => string;
  readonly exact: (run: RunRow) => string;
}

type Fixed = Omit<Column, 'exact'> & { readonly exact?: (run: RunRow) => string };

const spent = (run: RunRow): number | null => (run.endedAt === null ? null : spentMilliseconds(run, 0));

const fixed: readonly Fixed[] = [
  { key: 'status', label: 'Status', numeric: false, width: 240, sortable: true, text: (run) => run.status },
  { key: 'experiment', label: 'Experiment', numeric: false, width: 126, sortable: true, text: (run) => run.experiment },
  { key: 'kind', label: 'Kind', numeric: false, width: 240, sortable: true, text: (run) => run.kind },
  { key: 'tags', label: 'Tags', numeric: false, width: 132, sortable: false, text: (run) => run.tags.join(', ') },
  { key: 'note', label: 'Note', numeric: false, width: 220, sortable: false, text: (run) => run.note },
  { key: 'seed', label: 'Seed', numeric: true, width: 84, sortable: false, text: (run) => String(run.seed) },
  {
    key: 'createdAt',
    label: 'Created',
    numeric: true,
    width: 140,
    sortable: true,
    text: (run) => dateText(run.createdAt),
    exact: (run) => new Date(run.createdAt).toISOString(),
  },
  {
    key: 'duration',
    label: 'Duration',
    help: 'Wall-clock time of computing, also before it was resumed',
    numeric: true,
    // Wide enough for `59 min 59 s left` of a run under way.
    width: 128,
    sortable: true,
    text: (run) => (run.endedAt === null ? absent : (spentText(run, 0) ?? absent)),
    exact: (run) => (spent(run) === null ? '' : `${spent(run)} ms`),
  },
];

/** Keys of the columns that every run has, in their usual order. */
export const fixedKeys: readonly string[] = fixed.map((column) => column.key);

/** Kinds may have parameters of the same name with other choices. What does not matter to a run is left blank. */
function ownText(run: RunRow, key: string, kinds: readonly RunKind[]): string {
  const text = comparedText(kinds.find(({ id }) => id === run.kind)?.parameters ?? [], run.parameters, key);
  return text === null || text === idle ? absent : text;
}

function parameterColumn(key: string, kinds: readonly RunKind[]): Column {
  const name = key.slice(2);
  const parameter = kinds.flatMap((kind) => kind.parameters).find((one) => one.key === name);
  const wordy = ['counts', 'log-range', 'choice', 'text'].includes(parameter?.type ?? '');
  return {
    key,
    label: parameter?.label ?? name,
    ...(parameter?.symbol === undefined ? {} : { symbol: parameter.symbol }),
    ...(parameter === undefined ? {} : { help: parameter.help }),
    numeric: !wordy,
    width: wordy ? 156 : 104,
    sortable: true,
    text: (run) => ownText(run, name, kinds),
    exact: (run) => String(run.parameters[name] ?? ''),
  };
}

function metricColumn(key: string, kinds: readonly RunKind[]): Column {
  const name = key.slice(2);
  const metric = kinds.flatMap((kind) => kind.metrics).find((one) => one.key === name);
  return {
    key,
    label: metric?.label ?? name,
    ...(metric?.symbol === undefined ? {} : { symbol: metric.symbol }),
    help: `${metric?.help ?? name} (last value)`,
    numeric: true,
    width: 132,
    sortable: true,
    text: (run) => formatNumber(run.metrics[name]?.last, metric?.format ?? 'loss'),
    exact: (run) => String(run.metrics[name]?.last ?? ''),
  };
}

/** @returns null for a key that names no column (a stored choice of an older version, say). */
export function columnOf(key: string, kinds: readonly RunKind[]): Column | null {
  if (key.startsWith('p:')) return parameterColumn(key, kinds);
  if (key.startsWith('m:')) return metricColumn(key, kinds);
  const column = fixed.find((one) => one.key === key);
  return column === undefined ? null : { exact: column.text, ...column };
}

/** The rows as tab-separated text at full precision, name first. */
export function copyText(runs: readonly RunRow[], columns: readonly Column[]): string {
  const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  const head = ['Name', ...columns.map((column) => column.key.replace(/^[pm]:/, ''))];
  const rows = runs.map((run) => [run.name, ...columns.map((column) => column.exact(run))]);
  return [head, ...rows].map((row) => row.map(cell).join('\t')).join('\n');
}
