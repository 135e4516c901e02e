/**
 * From budget to SELI: the optimum with decay per sample as its norms grow, beside the Layer-Peeled Model of the same budgets
 * and the reference geometries. At a budget of ∞ it shows the limit itself.
 */
import { pairwiseDistances, type NamedFrame } from '../../src-main/models/frames/compare.ts';
import { validateSetting } from '../../src-main/lpm/two-group-problem.ts';
import type { CountGroup } from '../../src-main/parameters/counts.ts';
import { cosinesOf, gramOf } from '../../src-main/models/frames/class-frame.ts';
import { dualDistance } from '../../src-main/models/frames/distance.ts';
import { budgetCurve, cosinePanel, distancePanel } from './frames/curves.ts';
import { framesAt } from './frames/point.ts';
import type { ExplorerModel, Figure, ModelSetting, ModelView, NumberControl, Panel } from './model.ts';
import { majorityControl, minorityControl, ratioControl } from './ridge/controls.ts';
import { heatPanel } from './ridge/panels.ts';

const budgetControl: NumberControl = {
  type: 'number',
  key: 'budget',
  name: 'Budget',
  symbol: '\\sqrt{E_H E_W}',
  definition:
    'Root of the product of the mean squared norms of features (each class alike) and classifiers that the optimum spends.',
  formula: '\\sqrt{E_HE_W},\\quad \\rho=K\\sqrt{E_HE_W}',
  default: 3,
  from: 0.2,
  to: 200,
  least: 0.01,
  most: 300,
  whole: false,
  logarithmic: true,
  infinity: '∞ (SELI)',
};

/** n_B = 1 and n_A = R: only the ratio matters at a given budget. */
function groupsOf(setting: ModelSetting): readonly CountGroup[] {
  const { majorityClasses, minorityClasses } = validateSetting({
    majorityClasses: Number(setting['ka']),
    minorityClasses: Number(setting['kb']),
    featureBudget: 1,
    classifierBudget: 1,
  });
  return [
    { samples: Number(setting['ratio']), classes: majorityClasses },
    { samples: 1, classes: minorityClasses },
  ];
}

function figures(frames: readonly NamedFrame[], distances: ReturnType<typeof pairwiseDistances>): Figure[] {
  const at = (name: string): NamedFrame => frames.find((frame) => frame.name === name)!;
  const cosine = (name: string, side: 'classifier' | 'feature'): number | null =>
    cosinesOf(gramOf(at(name).pair[side]))[1]![1]!;
  const between = (a: string, b: string): number | null =>
    distances.find(({ name, other }) => (name === a && other === b) || (name === b && other === a))!.classifier;
  return [
    {
      label: 'minority cosine',
      symbol: "\\cos(w_B,w_{B'})",
      value: cosine('ridge', 'classifier'),
      format: 'cosine',
      help: 'With decay per sample at this budget. No value: the minority is zero, or has one class.',
    },
    {
      label: 'of SELI',
      value: cosine('SELI', 'classifier'),
      format: 'cosine',
      help: 'The limit of small decay; zero at R = 7 with as many minority as majority classes.',
    },
    {
      label: 'of the LPM',
      value: cosine('LPM', 'classifier'),
      format: 'cosine',
      help: 'The Layer-Peeled optimum for this budget, each class weighed alike; its limit is −1/(K−1), the ETF.',
    },
    {
      label: 'features, of SELI',
      value: cosine('SELI', 'feature'),
      format: 'cosine',
      help: 'Between two minority class means of SELI.',
    },
    { label: 'distance to SELI', value: between('SELI', 'ridge'), format: 'cosine', help: 'nc2 of the classifiers.' },
    { label: 'distance to the ETF', value: between('ETF', 'ridge'), format: 'cosine', help: 'nc2 of the classifiers.' },
    {
      label: 'from duality',
      value: dualDistance(at('ridge').pair),
      format: 'cosine',
      help: 'nc3: classifiers against centred class means, both of norm 1.',
    },
  ];
}

function distanceTable(distances: ReturnType<typeof pairwiseDistances>): Panel {
  return {
    id: 'pairs',
    title: 'Distances between the geometries',
    wide: true,
    type: 'table',
    columns: [
      { label: 'from' },
      { label: 'to' },
      { label: 'classifiers', format: 'cosine', help: 'nc2 of W Wᵀ. No value: one of them is zero.' },
      { label: 'features', format: 'cosine', help: 'nc2 of HᵀH, class means as they are.' },
    ],
    rows: distances.map(({ name, other, classifier, feature }) => [name, other, classifier, feature]),
  };
}

function compute(setting: ModelSetting): ModelView {
  const groups = groupsOf(setting);
  const budget = Number(setting['budget']);
  const point = framesAt(groups, budget);
  const curve = budgetCurve(groups);
  const distances = pairwiseDistances(point.frames);
  const frame = (name: string) => point.frames.find((each) => each.name === name)!.pair;
  const now = Number.isFinite(budget) ? `at √(E_H E_W) = ${budget.toPrecision(4)}` : 'in the limit';
  return {
    basis: point.basis,
    figures: figures(point.frames, distances),
    panels: [
      cosinePanel(curve, budget),
      distancePanel(curve, budget),
      heatPanel('ridge-w', `Classifiers ${now}`, frame('ridge').classifier, 'w'),
      heatPanel('seli-w', 'Classifiers of SELI', frame('SELI').classifier, 'w'),
      heatPanel('ridge-h', `Features ${now}`, frame('ridge').feature, 'h'),
      heatPanel('seli-h', 'Features of SELI', frame('SELI').feature, 'h'),
      distanceTable(distances),
    ],
    notices: point.notices,
  };
}

export const frames: ExplorerModel = {
  id: 'frames',
  name: 'From budget to SELI',
  summary:
    'Where decay leads as norms grow: from Minority Collapse to the SELI geometry (Thrampoulidis et al. 2022), which is not where the Layer-Peeled budgets lead.',
  formula: 'WW^\\top\\propto(CDC)^{1/2},\\qquad C=I-\\tfrac1KJ,\\quad D=\\mathrm{diag}(n)',
  controls: [budgetControl, ratioControl, majorityControl, minorityControl],
  compute,
  keep(setting) {
    const [majority, minority] = groupsOf(setting) as [CountGroup, CountGroup];
    const budget = Number(setting['budget']);
    // The kind takes whole counts: the ratio to three digits.
    const scale = Number.isInteger(majority.samples) ? 1 : 1000;
    return {
      kind: 'frames',
      parameters: {
        counts: `${Math.round(majority.samples * scale)}x${majority.classes},${scale}x${minority.classes}`,
        eh: Number.isFinite(budget) ? budget : 300,
        ew: Number.isFinite(budget) ? budget : 300,
      },
    };
  },
};
