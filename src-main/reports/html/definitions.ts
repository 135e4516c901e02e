/** What the symbols and columns of the report mean, from the specifications of parameters and metrics. */
import { usedKinds, type ReportSource } from '../report.ts';
import { escape } from './escape.ts';
import { tableHtml, textCell, type Cell } from './table.ts';

interface Definition {
  readonly label: string;
  readonly symbol?: string;
  readonly help: string;
  readonly source?: string;
}

/** Words of the certificate and the group table, which belong to every solve. */
const always: readonly Definition[] = [
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

/** The section's HTML; a label that two kinds share is defined once. */
export function definitionsHtml(source: ReportSource, formula: (source: string) => string): string {
  const all: readonly Definition[] = [
    ...usedKinds(source).flatMap((kind) => [...kind.parameters, ...kind.metrics]),
    ...always,
  ];
  const once = [...new Map(all.map((definition) => [definition.label, definition])).values()];
  return tableHtml(
    ['Name', 'Symbol', 'Meaning'],
    once.map((definition) => row(definition, formula)),
    escape('Definitions'),
  );
}
