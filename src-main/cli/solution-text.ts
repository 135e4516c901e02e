/** A solution for the terminal: verdict, certificate, groups, cosines between groups. */
import type { GroupSolution, LpmSolution } from '../lpm/types.ts';
import { brief, terminalNumber } from './numbers.ts';
import { pairs, table } from './table.ts';

/** Rows and columns that fit on a screen; --json has them all. */
const mostGroups = 40;
const mostCrossed = 8;

/** What the text needs; a stored result document has it too. */
export type ShownSolution = Omit<LpmSolution, 'problem' | 'logits' | 'crossCosines'> & {
  readonly crossCosines: LpmSolution['crossCosines'] | null;
};

function verdict(solution: ShownSolution): string {
  if (solution.optimality === 'local')
    return 'Local optimum: p is below the rank of the relaxation, whose optimum is the lower bound.';
  if (solution.status === 'cancelled') return 'Stopped before the tolerance was reached: the best point so far.';
  if (!solution.certified)
    return `Not certified (${solution.status}): the optimum lies between lower bound and objective.`;
  return 'Certified global optimum.';
}

function groupRow(group: GroupSolution, index: number): readonly string[] {
  const state = group.vanished ? 'vanished' : group.collapsed ? 'collapsed' : '';
  return [
    String(index + 1),
    terminalNumber(group.samples, 'count'),
    String(group.classes),
    brief(group.weight),
    terminalNumber(group.classifierNorm, 'loss'),
    terminalNumber(group.featureNorm, 'loss'),
    terminalNumber(group.classifierCosine, 'cosine'),
    terminalNumber(group.featureCosine, 'cosine'),
    terminalNumber(group.margin, 'loss'),
    terminalNumber(group.loss, 'loss'),
    state,
  ];
}

const numeric = (title: string): { readonly title: string; readonly numeric: true } => ({ title, numeric: true });
const columns = [
  ...['group', 'samples', 'classes', 'weight', '|w|', '|h|', 'cos w', 'cos h', 'margin', 'loss'].map(numeric),
  { title: '' },
];

function groups(solution: ShownSolution): string {
  const rows = solution.groups.map(groupRow);
  if (rows.length <= mostGroups) return table(columns, rows);
  const half = mostGroups / 2;
  const cut = `  … ${rows.length - mostGroups} groups in between are left out here; --json has them all`;
  const lines = table(columns, [...rows.slice(0, half), ...rows.slice(-half)]).split('\n');
  return [...lines.slice(0, half + 1), cut, ...lines.slice(half + 1)].join('\n');
}

function crossed(title: string, cosines: readonly (readonly (number | null)[])[]): string {
  const heads = [title, ...cosines.map((_, index) => String(index + 1))].map(numeric);
  return table(
    heads,
    cosines.map((row, index) => [String(index + 1), ...row.map((value) => terminalNumber(value, 'cosine'))]),
  );
}

/** The text of `peel lpm solve`. */
export function solutionText(solution: ShownSolution): string {
  const certificate = pairs([
    ['objective', terminalNumber(solution.objective, 'loss')],
    ['lower bound', terminalNumber(solution.lowerBound, 'loss')],
    ['gap', `${terminalNumber(solution.gap, 'gap')} (relative ${terminalNumber(solution.relativeGap, 'gap')})`],
    ['rank of Z', String(solution.rank)],
    [
      'nuclear norm',
      `${terminalNumber(solution.nuclearNorm, 'loss')} of at most ${terminalNumber(solution.radius, 'loss')}`,
    ],
    ['multiplier', terminalNumber(solution.multiplier, 'loss')],
    ['effort', `${solution.iterations} iterations, ${terminalNumber(solution.milliseconds, 'milliseconds')}`],
  ]);
  const cosines = solution.crossCosines;
  const shown = cosines !== null && cosines.classifier.length > 1 && cosines.classifier.length <= mostCrossed;
  const parts = [verdict(solution), certificate, groups(solution)];
  if (shown) parts.push(crossed('cos w', cosines.classifier), crossed('cos h', cosines.feature));
  return parts.join('\n\n');
}
