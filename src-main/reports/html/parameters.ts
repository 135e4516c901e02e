/** Parameters of all runs in one table, differences marked; what matters to none of the runs is left out. */
import type { RunDetail } from '../../api/contract.ts';
import { comparedText, differ, idle, runLabel, seedText } from '../../charts/index.ts';
import { kindOf, usedKinds, type ReportSource } from '../report.ts';
import { escape } from './escape.ts';
import { mostRuns, sideBySide, type Property } from './side-by-side.ts';
import { nothing, textCell } from './table.ts';

/** A row of the table, before it is one. */
interface Line {
  readonly name: string;
  /** One per run; null: it has no such parameter. */
  readonly texts: readonly (string | null)[];
}

const property = ({ name, texts }: Line): Property => ({
  name: escape(name),
  cells: texts.map((text) => (text === null ? { ...nothing, numeric: false } : textCell(text))),
  differs: differ(texts),
});

/** What a parameter of a run is called; one that its kind does not declare, by its key. */
const labelOf = (source: ReportSource, run: RunDetail, key: string): string =>
  kindOf(source, run)?.parameters.find((parameter) => parameter.key === key)?.label ?? key;

/** In the order of the specifications, then what no kind declares. Kinds may mean other things by the same key: other rows. */
function rowsOf(source: ReportSource): readonly { readonly key: string; readonly label: string }[] {
  const declared = usedKinds(source).flatMap((kind) => kind.parameters.map(({ key, label }) => ({ key, label })));
  const stored = source.runs.flatMap((run) =>
    Object.keys(run.parameters).map((key) => ({ key, label: labelOf(source, run, key) })),
  );
  return [...new Map([...declared, ...stored].map((row) => [`${row.key} ${row.label}`, row])).values()];
}

function lines(source: ReportSource): readonly Line[] {
  const { runs } = source;
  const parameters = rowsOf(source).map(({ key, label }) => ({
    name: label,
    found: runs.map((run) =>
      labelOf(source, run, key) === label
        ? comparedText(kindOf(source, run)?.parameters ?? [], run.parameters, key)
        : null,
    ),
  }));
  return [
    { name: 'Kind', texts: runs.map((run) => kindOf(source, run)?.label ?? run.kind) },
    ...[...parameters, { name: 'Seed', found: runs.map((run) => seedText(kindOf(source, run), run.seed)) }]
      .filter(({ found }) => found.some((text) => text !== null && text !== idle))
      .map(({ name, found }) => ({ name, texts: found })),
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
