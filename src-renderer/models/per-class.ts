/** Per-class budgets beside the paper's mean budgets: what changes when no class may spend what another does not. */
import { describePerClass, type PerClassSolution } from '../../src-main/lpm/per-class/describe.ts';
import { minimisePerClass, PER_CLASS_TOLERANCE } from '../../src-main/lpm/per-class/solve.ts';
import type { LpmProblem } from '../../src-main/lpm/types.ts';
import { gapBasis } from '../../src-main/models/gap-basis.ts';
import { formatCounts } from '../../src-main/parameters/counts.ts';
import { budgetControl, countsControl, countsOf, heatPanel, PAPER } from './lpm/shared.ts';
import type { ExplorerModel, Figure, ModelSetting, ModelView, Panel } from './model.ts';

/** Distinct counts that a frame or two can take: the program has 2G² + 4G unknowns. */
const MOST_COUNTS = 5;
const MOST_CLASSES = 200;

function problemOf(setting: ModelSetting): LpmProblem {
  const groups = countsOf(setting['counts']).map((group) => ({ ...group, weight: 1 }));
  return { groups, featureBudget: Number(setting['budget']), classifierBudget: 1, dimension: null };
}

function figures({ objective, mean, groups, rank }: PerClassSolution): Figure[] {
  const minority = groups.at(-1)!;
  return [
    {
      label: 'loss, per class',
      symbol: 'f',
      value: objective,
      format: 'loss',
      help: 'Under ‖w_k‖² ≤ E_W, ‖h_k‖² ≤ E_H for every class.',
    },
    {
      label: 'loss, mean budgets',
      value: mean.objective,
      format: 'loss',
      help: 'The paper’s problem: the same budgets on average.',
    },
    {
      label: 'difference',
      value: objective - mean.objective,
      format: 'loss',
      help: 'What it costs that no class may spend another’s budget; zero for balanced classes.',
    },
    {
      label: 'minority cosine, per class',
      value: minority.classifierCosine,
      format: 'cosine',
      help: 'Between classifiers of the smallest count; 1 is Minority Collapse. No value: one class.',
    },
    {
      label: 'minority cosine, mean budgets',
      value: mean.groups.at(-1)!.classifierCosine,
      format: 'cosine',
      help: 'The same under mean budgets. No value: one class, or it vanishes.',
    },
    {
      label: 'rank',
      value: rank,
      format: 'count',
      help: 'Of the Gram matrix of classifiers and features: a dimension that is certainly enough.',
    },
  ];
}

/** Norms and losses class by class under both kinds of budget. */
function classChart(
  solution: PerClassSolution,
  id: string,
  title: string,
  label: string,
  of: 'classifierNorm' | 'loss',
): Panel {
  const counts = solution.groups.map(({ classes }) => classes);
  const x = Array.from({ length: counts.reduce((a, b) => a + b, 0) }, (_, k) => k + 1);
  const y = (groups: readonly { readonly [key in typeof of]: number }[]): number[] =>
    groups.flatMap((group, g) => new Array<number>(counts[g]!).fill(group[of]));
  return {
    id,
    title,
    type: 'line',
    input: {
      x: { label: 'Class k, largest count first', categorical: true },
      y: { label, min: 0 },
      series: [
        { name: 'per class', role: 'majority', x, y: y(solution.groups) },
        { name: 'mean', role: 'reference', x, y: y(solution.mean.groups) },
      ],
    },
  };
}

/** A row for each count under each kind of budget. */
function table({ groups, mean }: PerClassSolution): Panel {
  return {
    id: 'groups',
    title: 'By count',
    wide: true,
    type: 'table',
    columns: [
      { label: 'samples', symbol: 'n_k', format: 'count' },
      { label: 'classes', format: 'count' },
      { label: 'budgets' },
      { label: 'classifier norm', symbol: '\\|w_k\\|', format: 'ratio' },
      { label: 'feature norm', symbol: '\\|h_k\\|', format: 'ratio' },
      { label: 'cosine of w', format: 'cosine', help: 'Between two classifiers of this count.' },
      { label: 'margin', format: 'ratio', help: 'Own logit less the largest other one.' },
      { label: 'loss', format: 'loss', help: 'Of one sample, in nats.' },
    ],
    rows: groups.flatMap((group, g) => {
      const row = (budgets: string, of: typeof group | (typeof mean.groups)[number]) => {
        const { classifierNorm, featureNorm, classifierCosine, margin, loss } = of;
        return [group.samples, group.classes, budgets, classifierNorm, featureNorm, classifierCosine, margin, loss];
      };
      return [row('per class', group), row('mean', mean.groups[g]!)];
    }),
  };
}

function notices({ groups, mean }: PerClassSolution): string[] {
  if (groups.length === 1) return ['Balanced classes: both kinds of budget have the same optimum, the simplex ETF.'];
  const out: string[] = [];
  const [here, there] = [groups.at(-1)!, mean.groups.at(-1)!];
  if (here.collapsed)
    out.push('Minority Collapse under per-class budgets, too: the minority’s logits coincide exactly.');
  else if (there.collapsed) out.push('Only the mean budgets let the minority collapse here.');
  return out;
}

function compute(setting: ModelSetting): ModelView {
  const problem = problemOf(setting);
  const solution = describePerClass(problem, minimisePerClass(problem));
  const groups = solution.groups.map(({ samples, classes }, g) => ({
    name: `n = ${samples}`,
    size: classes,
    role:
      g === 0 ? ('majority' as const) : g === solution.groups.length - 1 ? ('minority' as const) : ('between' as const),
  }));
  const { classifier } = solution.crossCosines;
  const heats = [
    heatPanel('heat-per-class', 'Cosines of classifiers, per class', 'w', groups, classifier),
    heatPanel('heat-mean', 'Cosines of classifiers, mean budgets', 'w', groups, solution.mean.crossCosines.classifier),
  ];
  return {
    basis: gapBasis(solution.relativeGap, PER_CLASS_TOLERANCE),
    figures: figures(solution),
    panels: [
      classChart(solution, 'norms', 'Classifier norms', '‖w_k‖', 'classifierNorm'),
      classChart(solution, 'losses', 'Loss by class', 'Cross-entropy (nats)', 'loss'),
      ...heats.filter((panel) => panel !== null),
      table(solution),
    ],
    notices: notices(solution),
  };
}

export const perClass: ExplorerModel = {
  id: 'per-class',
  name: 'Per-class budgets',
  summary: `Every classifier and every class mean bounded by itself, an option beside the mean budgets of ${PAPER}: the certified optimum of both.`,
  formula:
    '\\min_{W,H} \\sum_k c_k\\, \\mathrm{CE}(W h_k, k) \\quad \\text{s.t.} \\quad \\|w_k\\|^2 \\le E_W,\\ \\|h_k\\|^2 \\le E_H \\ \\text{ for every } k',
  controls: [countsControl('100x5,5x5', MOST_COUNTS, MOST_CLASSES), budgetControl],
  compute,
  keep: (setting) => ({
    kind: 'lpm-per-class',
    parameters: {
      counts: formatCounts(countsOf(setting['counts'])),
      weights: '',
      eh: Number(setting['budget']),
      ew: 1,
    },
  }),
};
