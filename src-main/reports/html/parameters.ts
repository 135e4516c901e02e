/** Parameters of all runs in one table, differences marked. */
import type { ParameterSpecification, RunDetail } from '../../api/contract.ts';
import { absent } from '../../charts/index.ts';
import { kindOf, type ReportSource } from '../report.ts';
import { runLabel } from '../run-label.ts';
import { escape } from './escape.ts';
import { tableHtml, textCell, type Cell } from './table.ts';

/** Up to so many runs stand side by side; more stand below each other. */
const widest = 5;

interface Row {
  readonly name: string;
  readonly values: readonly string[];
  readonly differs: boolean;
}

function shown(run: RunDetail, key: string): string {
  const value = run.parameters[key];
  if (value === undefined || value === null || value === '') return absent;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function specifications(source: ReportSource): ReadonlyMap<string, ParameterSpecification> {
  return new Map(
    source.kinds.flatMap((kind) => kind.parameters.map((parameter) => [parameter.key, parameter] as const)),
  );
}

function row(source: ReportSource, key: string, name: string): Row {
  const values = source.runs.map((run) => shown(run, key));
  return { name, values, differs: values.some((value) => value !== values[0]) };
}

function rows(source: ReportSource): readonly Row[] {
  const known = specifications(source);
  const keys = [...new Set([...known.keys(), ...source.runs.flatMap((run) => Object.keys(run.parameters))])];
  const used = keys.filter((key) => source.runs.some((run) => key in run.parameters));
  const seeds = source.runs.map((run) => String(run.seed));
  const kinds = source.runs.map((run) => kindOf(source, run)?.label ?? run.kind);
  const differs = (values: readonly string[]): boolean => values.some((value) => value !== values[0]);
  return [
    { name: 'Kind', values: kinds, differs: differs(kinds) },
    ...used.map((key) => row(source, key, known.get(key)?.label ?? key)),
    { name: 'Seed', values: seeds, differs: differs(seeds) },
  ];
}

/** The section's HTML. */
export function parametersHtml(source: ReportSource): string {
  const list = rows(source);
  const several = source.runs.length > 1;
  const mark = (different: boolean): string =>
    different ? ' <span class="mark" title="differs between the runs">≠</span>' : '';
  const note = several ? '<p class="note">≠ marks parameters that differ between the runs.</p>' : '';
  const labels = source.runs.map((run) => runLabel(run, source.runs));
  if (source.runs.length <= widest) {
    const body = list.map(({ name, values, differs }): readonly Cell[] => [
      { html: escape(name) + mark(differs) },
      ...values.map((value) => ({ ...textCell(value), differs })),
    ]);
    return note + tableHtml(['Parameter', ...labels.map(escape)], body, 'Parameters of the runs');
  }
  const body = source.runs.map((_, index): readonly Cell[] => [
    textCell(labels[index]!),
    ...list.map(({ values, differs }) => ({ ...textCell(values[index]!), differs })),
  ]);
  return (
    note +
    tableHtml(['Run', ...list.map(({ name, differs }) => escape(name) + mark(differs))], body, 'Parameters of the runs')
  );
}
