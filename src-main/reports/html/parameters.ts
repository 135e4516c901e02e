/** Parameters of all runs in one table, differences marked; what matters to none of the runs is left out. */
import { absent, comparedText, differ, idle } from '../../charts/index.ts';
import { kindOf, usedKinds, type ReportSource } from '../report.ts';
import { runLabel } from '../run-label.ts';
import { escape } from './escape.ts';
import { mostRuns, sideBySide, type Property } from './side-by-side.ts';
import { textCell } from './table.ts';

/** A row of the table, before it is one. */
interface Line {
  readonly name: string;
  /** One per run. */
  readonly texts: readonly string[];
}

const property = ({ name, texts }: Line): Property => ({
  name: escape(name),
  cells: texts.map(textCell),
  differs: differ(texts),
});

/** Keys in the order of the specifications, then those that no kind declares. */
function labels(source: ReportSource): ReadonlyMap<string, string> {
  const declared = usedKinds(source).flatMap((kind) => kind.parameters.map(({ key, label }) => [key, label] as const));
  const stored = source.runs.flatMap((run) => Object.keys(run.parameters).map((key) => [key, key] as const));
  return new Map([...declared, ...stored.filter(([key]) => !declared.some(([known]) => known === key))]);
}

function lines(source: ReportSource): readonly Line[] {
  const { runs } = source;
  const parameters = [...labels(source)].map(([key, name]) => ({
    name,
    found: runs.map((run) => comparedText(kindOf(source, run)?.parameters ?? [], run.parameters, key)),
  }));
  return [
    { name: 'Kind', texts: runs.map((run) => kindOf(source, run)?.label ?? run.kind) },
    ...parameters
      .filter(({ found }) => found.some((text) => text !== null && text !== idle))
      .map(({ name, found }) => ({ name, texts: found.map((text) => text ?? absent) })),
    { name: 'Seed', texts: runs.map((run) => String(run.seed)) },
  ];
}

/** The section's HTML. */
export function parametersHtml(source: ReportSource): string {
  const { runs } = source;
  const all = lines(source);
  const names = runs.map((run) => runLabel(run, runs));
  const title = 'Parameters of the runs';
  if (runs.length <= mostRuns) {
    const note = runs.length > 1 ? '<p class="note">≠ marks parameters that differ between the runs.</p>' : '';
    return note + sideBySide(all.map(property), names, title);
  }
  // Many runs: what they share once, the others run by run.
  const shared = all.filter(({ texts }) => new Set(texts).size === 1).map(property);
  const others = all.filter(({ texts }) => new Set(texts).size > 1).map(property);
  return sideBySide(shared, ['All runs'], 'Parameters that all runs share') + sideBySide(others, names, title);
}
