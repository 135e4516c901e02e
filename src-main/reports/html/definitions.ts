/** What the symbols and columns of the report mean, from the specifications of parameters, metrics and results. */
import type { RunKind } from '../../api/contract.ts';
import { mattersAt } from '../../parameters/relevance.ts';
import { claimsOf } from '../claims.ts';
import { usedKinds, type ReportSource } from '../report.ts';
import { solveDocument, thresholdsOf } from '../solve-document.ts';
import { escape } from './escape.ts';
import { tableHtml, textCell, type Cell } from './table.ts';

interface Definition {
  readonly label: string;
  readonly symbol?: string;
  readonly help: string;
  readonly source?: string;
}

/** Words of the certificate, the group table and the thresholds of the Layer-Peeled Model. */
const ofSolves: readonly Definition[] = [
  {
    label: 'Duality gap',
    symbol: '\\langle\\nabla f, Z\\rangle + \\rho\\,\\|\\nabla f\\|_2',
    help: 'Upper bound on how far the objective lies above the optimum; holds for any feasible Z.',
  },
  { label: 'Radius', symbol: '\\rho = K\\sqrt{E_H E_W}', help: 'Bound on the nuclear norm of the logit matrix Z.' },
  { label: 'Collapsed', help: 'All classifiers of the group coincide (Minority Collapse): their cosine is exactly 1.' },
  {
    label: 'Vanished',
    help: 'Classifiers and features of the group are exactly zero; cosines with them do not exist.',
  },
];

function row(definition: Definition, formula: (source: string) => string): readonly Cell[] {
  const symbol = definition.symbol === undefined ? '' : formula(definition.symbol);
  const origin = definition.source === undefined ? '' : ` ${definition.source}`;
  return [textCell(definition.label), { html: symbol }, textCell(`${definition.help}${origin}`)];
}

/** Fields and columns of results that come with a definition. */
function declared({ results }: RunKind): readonly Definition[] {
  const fields = [...(results?.fields ?? []), ...(results?.tables ?? []).flatMap(({ columns }) => columns)];
  return fields.flatMap(({ label, symbol, help }) =>
    help === undefined ? [] : [{ label, help, ...(symbol !== undefined && { symbol }) }],
  );
}

/** Parameters that matter to some run of the kind: those that the report lists. */
function mattering({ id, parameters }: RunKind, { runs }: ReportSource): readonly Definition[] {
  const own = runs.filter(({ kind }) => kind === id);
  return parameters.filter((one) => own.some((run) => mattersAt(parameters, one, run.parameters)));
}

/** The section's HTML; a label that two kinds share is defined once. */
export function definitionsHtml(source: ReportSource, formula: (source: string) => string): string {
  const solves = source.runs.some((run) => solveDocument(run.result) !== null || thresholdsOf(run.result) !== null);
  const all: readonly Definition[] = [
    // Claims say in their own words what they are about.
    ...usedKinds(source)
      .filter(({ id }) => source.runs.some((run) => run.kind === id && claimsOf(run) === null))
      .flatMap((kind) => [...mattering(kind, source), ...kind.metrics, ...declared(kind)]),
    ...(solves ? ofSolves : []),
  ];
  const once = [...new Map(all.map((definition) => [definition.label, definition])).values()];
  if (once.length === 0) return '';
  return tableHtml(
    ['Name', 'Symbol', 'Meaning'],
    once.map((definition) => row(definition, formula)),
    escape('Definitions'),
  );
}
