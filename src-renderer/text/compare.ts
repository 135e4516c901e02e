/** Runs side by side: which parameters differ, which metrics they have, and by how much they are apart. Pure. */
import { formatNumber, type NumberFormat } from '../../src-main/charts/index.ts';
import type {
  JsonNumber,
  MetricSpecification,
  MetricSummary,
  ParameterSpecification,
  RunDetail,
  RunKind,
} from '../api.ts';
import { valueText } from './columns.ts';

export interface ParameterRow {
  readonly key: string;
  readonly label: string;
  readonly specification: ParameterSpecification | undefined;
  /** One per run; absent parameters as a dash. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

const allDifferent = (values: readonly string[]): boolean => values.some((value) => value !== values[0]);

export function parameterRows(runs: readonly RunDetail[], kinds: readonly RunKind[]): readonly ParameterRow[] {
  const known = kinds.filter((kind) => runs.some((run) => run.kind === kind.id)).flatMap((kind) => kind.parameters);
  const keys = [...new Set([...known.map((one) => one.key), ...runs.flatMap((run) => Object.keys(run.parameters))])];
  const own = (label: string, key: string, of: (run: RunDetail) => string): ParameterRow => {
    const values = runs.map(of);
    return { key, label, specification: undefined, values, differs: allDifferent(values) };
  };
  return [
    own('Kind', ' kind', (run) => kinds.find((kind) => kind.id === run.kind)?.label ?? run.kind),
    own('Seed', ' seed', (run) => String(run.seed)),
    ...keys
      .filter((key) => runs.some((run) => key in run.parameters))
      .map((key): ParameterRow => {
        const specification = known.find((one) => one.key === key);
        return { ...own(specification?.label ?? key, key, (run) => valueText(run.parameters[key])), specification };
      }),
    ...versionRows(runs).map((key) => own(`Version of ${key}`, ` version ${key}`, (run) => run.versions[key] ?? '–')),
  ];
}

const versionRows = (runs: readonly RunDetail[]): readonly string[] => [
  ...new Set(runs.flatMap((run) => Object.keys(run.versions))),
];

export type Reducer = 'last' | 'min' | 'max';

export interface MetricRow {
  readonly key: string;
  readonly label: string;
  readonly specification: MetricSpecification | undefined;
  readonly format: NumberFormat;
  readonly values: readonly (JsonNumber | null)[];
}

const reduced = (summary: MetricSummary | undefined, reducer: Reducer): JsonNumber | null => summary?.[reducer] ?? null;

/** Metrics that any of the runs has, in the order their kinds declare them, then by name. */
export function metricRows(
  runs: readonly RunDetail[],
  kinds: readonly RunKind[],
  reducer: Reducer,
): readonly MetricRow[] {
  const known = kinds.flatMap((kind) => kind.metrics);
  const present = new Set(runs.flatMap((run) => Object.keys(run.metrics)));
  const keys = [...new Set([...known.map((one) => one.key).filter((key) => present.has(key)), ...[...present].sort()])];
  return keys.map((key) => {
    const specification = known.find((one) => one.key === key);
    return {
      key,
      label: specification?.label ?? key,
      specification,
      format: specification?.format ?? 'loss',
      values: runs.map((run) => reduced(run.metrics[key], reducer)),
    };
  });
}

/** `+0.0012`, `−3.1e-12`, `0`; null where either has no finite number. */
export function differenceText(value: JsonNumber | null, base: JsonNumber | null, format: NumberFormat): string | null {
  if (typeof value !== 'number' || typeof base !== 'number') return null;
  const difference = value - base;
  if (difference === 0) return '0';
  // Six digits of a difference of nearly equal numbers would be noise: three say how far apart they are.
  const text =
    format === 'cosine' || format === 'count'
      ? formatNumber(difference, format)
      : formatNumber(Number(difference.toPrecision(3)), 'gap');
  return difference > 0 ? `+${text}` : text;
}
