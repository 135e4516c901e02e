/** What several runs have in common and where they differ. Pure; words and layout are the page's. */
import type { MetricSpecification, RunKind, RunRow } from '../api.ts';
import { parameterText } from './columns.ts';

export interface ParameterLine {
  readonly key: string;
  readonly label: string;
  /** One text per run; null where the run has no such parameter. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

/** One line per parameter of any of the runs, in the order of their kinds. */
export function parameterLines(runs: readonly RunRow[], kinds: readonly RunKind[]): readonly ParameterLine[] {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(run.parameters)))];
  const specificationOf = (run: RunRow, key: string) =>
    kinds.find((kind) => kind.id === run.kind)?.parameters.find((parameter) => parameter.key === key);
  const lines = keys.map((key) => ({
    key,
    label: runs.map((run) => specificationOf(run, key)?.label).find((label) => label !== undefined) ?? key,
    values: runs.map((run) =>
      key in run.parameters ? parameterText(specificationOf(run, key), run.parameters[key]) : null,
    ),
  }));
  const fixed = [
    {
      key: 'kind',
      label: 'Kind',
      values: runs.map((run) => kinds.find((kind) => kind.id === run.kind)?.label ?? run.kind),
    },
    { key: 'seed', label: 'Seed', values: runs.map((run) => String(run.seed)) },
  ];
  return [...fixed, ...lines].map((line) => ({ ...line, differs: new Set(line.values).size > 1 }));
}

/** Metrics of any of the runs, as their kinds describe them; unknown ones by their key. */
export function sharedMetrics(runs: readonly RunRow[], kinds: readonly RunKind[]): readonly MetricSpecification[] {
  const known = kinds.flatMap((kind) => kind.metrics);
  const keys = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))];
  const order = (key: string): number => {
    const at = known.findIndex((metric) => metric.key === key);
    return at < 0 ? known.length : at;
  };
  return keys
    .sort((a, b) => order(a) - order(b))
    .map((key) => known.find((metric) => metric.key === key) ?? { key, label: key, help: '', format: 'loss' as const });
}
