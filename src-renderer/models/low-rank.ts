/** Low-rank heads: the best classifier W = U Vᵀ of every rank, the impossible region below K − 1, effective ranks. */
import type { DecayOn } from '../../src-main/models/low-rank/decay.ts';
import { sufficientRank, type HeadSetting } from '../../src-main/models/low-rank/head.ts';
import type { LossName } from '../../src-main/models/low-rank/logit-loss.ts';
import {
  etfReference,
  excessChart,
  geometryPanel,
  heatMaps,
  lossChart,
  rankChart,
  rankTable,
  spectrumPanel,
} from './low-rank/panels.ts';
import { headProgress, type HeadProgress } from './low-rank/sweep.ts';
import type { ExplorerModel, Figure, ModelSetting, ModelView, NumberControl } from './model.ts';

const KAMALAKARA = 'Kamalakara et al. 2022 (arXiv 2209.13569)';
/** Samples of a minority class; the ratio sets those of a majority class, in whole samples. */
const MINORITY = 10;

const classes: NumberControl = {
  type: 'number',
  key: 'k',
  name: 'Classes',
  symbol: 'K',
  definition: 'Number of classes, half of them (rounded up) with many samples.',
  default: 6,
  from: 3,
  to: 10,
  least: 2,
  most: 12,
  whole: true,
  logarithmic: false,
};

const ratio: NumberControl = {
  type: 'number',
  key: 'r',
  name: 'Imbalance ratio',
  symbol: 'R',
  definition: `Samples of a majority class over the ${MINORITY} of a minority class, in whole samples.`,
  formula: 'R = n_A/n_B',
  default: 1,
  from: 1,
  to: 1000,
  least: 1,
  most: 1e4,
  whole: false,
  logarithmic: true,
};

const rank: NumberControl = {
  type: 'number',
  key: 'rank',
  name: 'Rank',
  symbol: 'r',
  definition: 'Rank of the factorised classifier W = U Vᵀ; at most K.',
  source: KAMALAKARA,
  default: 2,
  from: 1,
  to: 10,
  least: 1,
  most: 12,
  whole: true,
  logarithmic: false,
};

const budget: NumberControl = {
  type: 'number',
  key: 'e',
  name: 'Budget product',
  symbol: 'E_H E_W',
  definition: 'Product of the bounds on the mean squared norms of features and classifiers; used with budgets.',
  source: 'Fang, He, Long, Su 2021',
  default: 1,
  from: 0.1,
  to: 100,
  least: 1e-3,
  most: 1e4,
  whole: false,
  logarithmic: true,
};

const decayControl: NumberControl = {
  type: 'number',
  key: 'l',
  name: 'Decay',
  symbol: '\\lambda',
  definition: 'λ_W = λ_H, of the classifier and of the features of all samples; used with decay.',
  default: 5e-3,
  from: 1e-4,
  to: 1e-1,
  least: 1e-6,
  most: 10,
  whole: false,
  logarithmic: true,
};

interface Limit {
  readonly value: string;
  readonly label: string;
  readonly loss: LossName;
  readonly limit: 'budgets' | DecayOn;
}

const limits: readonly Limit[] = [
  { value: 'budgets', label: 'cross-entropy, budgets', loss: 'cross-entropy', limit: 'budgets' },
  { value: 'ce-product', label: 'cross-entropy, decay on the product', loss: 'cross-entropy', limit: 'product' },
  { value: 'ce-factors', label: 'cross-entropy, decay on the factors', loss: 'cross-entropy', limit: 'factors' },
  { value: 'mse-product', label: 'squared error, decay on the product', loss: 'mse', limit: 'product' },
  { value: 'mse-factors', label: 'squared error, decay on the factors', loss: 'mse', limit: 'factors' },
];

function read(setting: ModelSetting): { readonly head: HeadSetting; readonly rank: number; readonly chosen: Limit } {
  const K = Number(setting['k']);
  const majority = Math.ceil(K / 2);
  const most = Math.max(MINORITY, Math.round(MINORITY * Number(setting['r'])));
  const counts = Array.from({ length: K }, (_, k) => (k < majority ? most : MINORITY));
  const chosen = limits.find(({ value }) => value === setting['limit'])!;
  const { loss, limit } = chosen;
  const lambda = Number(setting['l']);
  const head: HeadSetting =
    limit === 'budgets'
      ? { model: 'budgets', counts, featureBudget: Number(setting['e']), classifierBudget: 1 }
      : { model: 'decay', counts, loss, decayOn: limit, classifierDecay: lambda, featureDecay: lambda };
  return { head, rank: Math.min(K, Number(setting['rank'])), chosen };
}

function figures({ setting, points }: HeadProgress, r: number): Figure[] {
  const point = points.get(r);
  const bound = point?.lowerBound ?? [...points.values()][0]?.lowerBound ?? null;
  const missing = point ? '' : ' Being solved.';
  return [
    {
      label: `objective at r = ${r}`,
      symbol: 'f_r',
      value: point?.objective ?? null,
      format: 'loss',
      help: `Loss of the best head of this rank, with decay where there is decay.${missing}`,
    },
    { label: 'proven bound', value: bound, format: 'loss', help: `For every rank at once.${missing}` },
    {
      label: 'above it',
      value: point ? Math.max(0, point.objective - point.lowerBound) / point.objective : null,
      format: 'ratio',
      help: `Part of the objective that the missing rank can cost at most.${missing}`,
    },
    {
      label: 'room from',
      symbol: 'r',
      value: sufficientRank(setting),
      format: 'count',
      help: 'K − 1, where the simplex ETF fits; K for the orthogonal frame of squared error without bias.',
    },
    {
      label: 'nuclear rank',
      symbol: '(\\|W\\|_*/\\|W\\|_F)^2',
      value: point?.ranks.nuclear ?? null,
      format: 'ratio',
      help: `Effective rank of W.${missing} ${point?.ranks.reason ?? ''}`.trim(),
    },
    {
      label: 'ETF distance',
      value: point?.etfDistance ?? null,
      format: 'ratio',
      help: `‖WWᵀ/‖WWᵀ‖_F − (I − J/K)/√(K−1)‖_F; no value where W is zero.${missing}`,
    },
  ];
}

function notices(progress: HeadProgress, r: number): string[] {
  const { setting, points } = progress;
  const K = setting.counts.length;
  const found: string[] = [];
  const etf = etfReference(setting);
  const point = points.get(r);
  if (etf !== null && r < K - 1)
    found.push(
      `Impossible region: rank ${r} < K − 1 = ${K - 1} cannot carry the simplex ETF, whose loss is ${etf.toPrecision(6)}.`,
    );
  if (point?.arrangement && point.objective < point.arrangement.loss * (1 - 1e-6))
    found.push(`A head with unequal norms is better than the arrangement on file (${point.arrangement.name}).`);
  if (point && !point.unique)
    found.push('Classes of equal count compete for the last rank: the optimum shown is one of many.');
  if (point?.ranks.count === 0) found.push('The decay is so strong that the best head is zero.');
  else if (point && point.ranks.count < Math.min(r, sufficientRank(setting)))
    found.push(`The best head found uses only ${point.ranks.count} of the ${r} ranks allowed.`);
  if (!progress.done) found.push(`${points.size} of ${K} ranks solved so far.`);
  return found;
}

function view(progress: HeadProgress, r: number): ModelView {
  const basis = progress.points.get(r)?.basis ?? { kind: 'numerical', text: `rank ${r} is being solved` };
  const geometry = geometryPanel(progress, r);
  return {
    basis,
    figures: figures(progress, r),
    panels: [
      lossChart(progress, r),
      excessChart(progress, r),
      spectrumPanel(progress, r),
      ...heatMaps(progress, r),
      rankChart(progress, r),
      ...(geometry ? [geometry] : []),
      rankTable(progress),
    ],
    notices: notices(progress, r),
  };
}

export const lowRank: ExplorerModel = {
  id: 'low-rank',
  name: 'Low-rank head',
  summary:
    'The best classifier of rank r on unconstrained features, W = U Vᵀ (Kamalakara et al. 2022), beside the bound that no rank can beat: below K − 1 no simplex ETF fits.',
  formula:
    '\\min_{\\operatorname{rank} W \\le r}\\ \\sum_k \\tfrac{n_k}{N}\\,L(W h_k, k) \\quad\\text{under budgets, or}\\ +\\ \\text{decay}(W)+\\tfrac{\\lambda}{2}\\sum_k n_k\\|h_k\\|^2,\\qquad W=UV^\\top',
  controls: [
    classes,
    ratio,
    rank,
    {
      type: 'choice',
      key: 'limit',
      name: 'Setting',
      symbol: 'L',
      definition:
        'The loss, and what holds the head back: budgets (the Layer-Peeled Model), decay on U Vᵀ, or on U and V.',
      source: KAMALAKARA,
      default: 'budgets',
      choices: limits,
    },
    budget,
    decayControl,
  ],
  compute(setting) {
    const { head, rank: r } = read(setting);
    return view(headProgress(head), r);
  },
  *refine(setting) {
    const { head, rank: r } = read(setting);
    const progress = headProgress(head);
    while (!progress.done) yield progress.advance() || progress.done ? view(progress, r) : null;
  },
  keep(setting) {
    const { head, rank: r, chosen } = read(setting);
    const { loss, limit } = chosen;
    const l = Number(setting['l']);
    const bounds = limit === 'budgets' ? { eh: Number(setting['e']), ew: 1 } : { lw: l, lh: l };
    return {
      kind: 'low-rank-head',
      parameters: { counts: head.counts.join(','), loss, limit, ...bounds, rank: r, p: 512 },
    };
  },
};
