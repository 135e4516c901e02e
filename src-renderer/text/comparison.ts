/** What several runs have in common and where they differ. Pure; words and layout are the page's. */
import { comparedText, differ, idle, seedText } from '../../src-main/charts/parameter-text.ts';
import type { MetricSpecification, RunKind, RunRow } from '../api.ts';

export interface ParameterLine {
  readonly key: string;
  readonly label: string;
  /** One text per run, `idle` where it does not matter to the run; null where the run has no such parameter. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

/** One line per parameter that matters to any of the runs, in the order of their kinds. */
export function parameterLines(runs: readonly RunRow[], kinds: readonly RunKind[]): readonly ParameterLine[] {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(run.parameters)))];
  const kindOf = (run: RunRow) => kinds.find((kind) => kind.id === run.kind);
  const parametersOf = (run: RunRow) => kindOf(run)?.parameters ?? [];
  const labelIn = (run: RunRow, key: string) => parametersOf(run).find((parameter) => parameter.key === key)?.label;
  const lines = [
    { key: 'kind', label: 'Kind', values: runs.map((run) => kindOf(run)?.label ?? run.kind) },
    { key: 'seed', label: 'Seed', values: runs.map((run) => seedText(kindOf(run), run.seed)) },
    ...keys.map((key) => ({
      key,
      label: runs.map((run) => labelIn(run, key)).find((label) => label !== undefined) ?? key,
      values: runs.map((run) => comparedText(parametersOf(run), run.parameters, key)),
    })),
  ];
  return lines
    .filter(({ values }) => values.some((text) => text !== null && text !== idle))
    .map((line) => ({ ...line, differs: differ(line.values) }));
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
