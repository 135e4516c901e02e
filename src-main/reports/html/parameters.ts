/** Parameters of all runs in one table, differences marked. */
import type { RunDetail } from '../../api/contract.ts';
import { absent } from '../../charts/index.ts';
import { kindOf, usedKinds, type ReportSource } from '../report.ts';
import { runLabel } from '../run-label.ts';
import { escape } from './escape.ts';
import { mostRuns, sideBySide, type Property } from './side-by-side.ts';
import { textCell } from './table.ts';

function shown(run: RunDetail, key: string): string {
  const value = run.parameters[key];
  if (value === undefined || value === null || value === '') return absent;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function property(name: string, values: readonly string[]): Property {
  const differs = values.some((value) => value !== values[0]);
  return { name: escape(name), cells: values.map(textCell), differs };
}

/** Keys in the order of the specifications, then those that no kind declares. */
function labels(source: ReportSource): ReadonlyMap<string, string> {
  const declared = usedKinds(source).flatMap((kind) => kind.parameters.map(({ key, label }) => [key, label] as const));
  const stored = source.runs.flatMap((run) => Object.keys(run.parameters).map((key) => [key, key] as const));
  return new Map([...declared, ...stored.filter(([key]) => !declared.some(([known]) => known === key))]);
}

/** The section's HTML. */
export function parametersHtml(source: ReportSource): string {
  const { runs } = source;
  const used = [...labels(source)].filter(([key]) => runs.some((run) => key in run.parameters));
  const properties = [
    property(
      'Kind',
      runs.map((run) => kindOf(source, run)?.label ?? run.kind),
    ),
    ...used.map(([key, label]) =>
      property(
        label,
        runs.map((run) => shown(run, key)),
      ),
    ),
    property(
      'Seed',
      runs.map((run) => String(run.seed)),
    ),
  ];
  const names = runs.map((run) => runLabel(run, runs));
  const title = 'Parameters of the runs';
  if (runs.length <= mostRuns) {
    const note = runs.length > 1 ? '<p class="note">≠ marks parameters that differ between the runs.</p>' : '';
    return note + sideBySide(properties, names, title);
  }
  // Many runs: what they share once, what differs run by run.
  const shared = properties.filter(({ differs }) => !differs);
  const differing = properties.filter(({ differs }) => differs);
  return sideBySide(shared, ['All runs'], 'Parameters that all runs share') + sideBySide(differing, names, title);
}
