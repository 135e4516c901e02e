/** Parameters, metrics, charts and results of the ridge sweep, declared; ridge-sweep.ts computes them. */
import type { ChartSpecification, MetricSpecification, ResultSpecification } from '../../api/contract.ts';
import type { StepPoint } from '../../models/ridge/step.ts';
import type { ParameterSpecification } from '../../parameters/specification.ts';
import { majorityClasses, minorityClasses } from './lpm-parameters.ts';
import { freeBias, normalisation } from './ridge-parameters.ts';

export const ridgeSweepParameters: readonly ParameterSpecification[] = [
  {
    type: 'choice',
    key: 'along',
    flag: 'along',
    label: 'Along',
    help: 'What the sweep runs over; the other one keeps its single value.',
    group: 'Sweep',
    default: 'decay',
    choices: [
      { value: 'decay', label: 'decay l' },
      { value: 'ratio', label: 'imbalance ratio R' },
    ],
  },
  {
    type: 'log-range',
    key: 'decays',
    flag: 'decays',
    label: 'Decays',
    symbol: 'l',
    help: 'FROM:TO:COUNT of l = √(λ_W λ_H), spaced evenly in the logarithm.',
    group: 'Sweep',
    when: [{ along: ['decay'] }],
    default: '1e-6:0.02:121',
  },
  {
    type: 'log-range',
    key: 'ratios',
    flag: 'ratios',
    label: 'Imbalance ratios',
    symbol: 'R',
    help: 'FROM:TO:COUNT, spaced evenly in the logarithm; n_B = n_A/R.',
    group: 'Sweep',
    when: [{ along: ['ratio'] }],
    default: '1:1000:91',
  },
  {
    type: 'number',
    key: 'decay',
    flag: 'decay',
    label: 'Decay',
    symbol: 'l',
    help: 'l = √(λ_W λ_H), on which alone directions depend.',
    source: 'Hong, Ling 2023 (arXiv 2309.09725)',
    group: 'Elsewhere',
    when: [{ along: ['ratio'] }],
    default: 1e-3,
    exclusiveMin: 0,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'ratio',
    flag: 'ratio',
    label: 'Imbalance ratio',
    symbol: 'R',
    help: 'Samples of a majority class over those of a minority class.',
    group: 'Elsewhere',
    when: [{ along: ['decay'] }],
    default: 10,
    exclusiveMin: 0,
    logarithmic: true,
  },
  {
    type: 'integer',
    key: 'samples',
    flag: 'samples',
    label: 'Majority samples',
    symbol: 'n_A',
    help: 'Samples of each majority class; n_B = n_A/R need not be whole.',
    group: 'Classes',
    default: 1000,
    min: 1,
  },
  majorityClasses,
  minorityClasses,
  normalisation,
  freeBias,
];

type Metric = Omit<MetricSpecification, 'key'>;

function cosine(label: string, help: string): Metric {
  return { label, help, format: 'cosine' };
}

export const ridgeSweepColumns: readonly {
  readonly key: string;
  readonly of: (point: StepPoint) => number | null;
  readonly metric: Metric;
}[] = [
  {
    key: 'cos_w_minority',
    of: (p) => p.classifierCosineMinority,
    metric: cosine('Cosine, minority classifiers', '1 is Minority Collapse; no point where the minority is zero.'),
  },
  {
    key: 'cos_w_majority',
    of: (p) => p.classifierCosineMajority,
    metric: cosine('Cosine, majority classifiers', 'Between two majority classifiers.'),
  },
  {
    key: 'cos_w_cross',
    of: (p) => p.classifierCosineCross,
    metric: cosine('Cosine, majority with minority classifiers', 'Between a majority and a minority classifier.'),
  },
  {
    key: 'cos_h_minority',
    of: (p) => p.featureCosineMinority,
    metric: cosine('Cosine, minority features', 'Between two minority class means.'),
  },
  {
    key: 'cos_h_majority',
    of: (p) => p.featureCosineMajority,
    metric: cosine('Cosine, majority features', 'Between two majority class means.'),
  },
  {
    key: 'cos_h_cross',
    of: (p) => p.featureCosineCross,
    metric: cosine('Cosine, majority with minority features', 'Between a majority and a minority class mean.'),
  },
  {
    key: 'seli_w',
    of: (p) => p.classifierToSeli,
    metric: cosine('Distance to SELI, classifiers', 'nc2: between Gram matrices of norm 1; no point where Z = 0.'),
  },
  {
    key: 'seli_h',
    of: (p) => p.featureToSeli,
    metric: cosine('Distance to SELI, features', 'nc2 of the class means; no point where Z = 0.'),
  },
  {
    key: 'etf_w',
    of: (p) => p.classifierToEtf,
    metric: cosine('Distance to the ETF, classifiers', 'nc2 to the simplex ETF; no point where Z = 0.'),
  },
  {
    key: 'etf_h',
    of: (p) => p.featureToEtf,
    metric: cosine('Distance to the ETF, features', 'nc2 of the class means, not centred; no point where Z = 0.'),
  },
  {
    key: 'rank',
    of: (p) => p.rank,
    metric: { label: 'Rank of Z', help: 'Directions that the optimum uses.', format: 'count' },
  },
  {
    key: 'norm_ratio_w',
    of: (p) => p.classifierNormRatio,
    metric: { label: 'Norm ratio of classifiers', help: 'Majority over minority.', format: 'ratio' },
  },
  {
    key: 'budget',
    of: (p) => (p.budget > 0 ? p.budget : null),
    metric: {
      label: 'Budget spent',
      symbol: '\\sqrt{E_H E_W}',
      help: 'Root of the mean squared norms’ product at the optimum, each class alike: its place on the Layer-Peeled map.',
      format: 'ratio',
    },
  },
  {
    key: 'fit',
    of: (p) => p.fit,
    metric: { label: 'Loss', symbol: 'f', help: 'Mean cross-entropy of a sample at the optimum.', format: 'loss' },
  },
  {
    key: 'relative_gap',
    of: (p) => p.relativeGap,
    metric: { label: 'Relative gap', help: 'Fenchel duality gap over the objective.', format: 'gap' },
  },
];

const x = {
  label: 'Decay l, or imbalance ratio R',
  logarithmic: true,
  by: { parameter: 'along', labels: { decay: 'Decay l = √(λ_W λ_H)', ratio: 'Imbalance ratio R' } },
};
const verticals = [
  { result: 'collapse', label: 'collapse' },
  { result: 'vanish', label: 'vanishing' },
  { result: 'zero', label: 'all zero' },
];

function cosines(side: 'w' | 'h', title: string): ChartSpecification {
  const line = (role: 'minority' | 'majority' | 'between', key: string) => ({
    metric: `cos_${side}_${key}`,
    label: role,
    role,
  });
  return {
    id: `cosines-${side}`,
    title,
    x,
    y: { label: 'Cosine', logarithmic: false, min: -1, max: 1 },
    series: [line('minority', 'minority'), line('majority', 'majority'), line('between', 'cross')],
    verticals,
    references: [{ result: 'etfCosine', label: '−1/(K−1)' }],
  };
}

export const ridgeSweepCharts: readonly ChartSpecification[] = [
  {
    id: 'distances',
    title: 'Distances of the classifiers',
    x,
    y: { label: 'nc2 distance', logarithmic: false, min: 0 },
    series: [
      { metric: 'seli_w', label: 'to SELI', role: 'minority' },
      { metric: 'etf_w', label: 'to the ETF', role: 'majority' },
    ],
    verticals,
  },
  cosines('w', 'Cosines of the classifiers'),
  cosines('h', 'Cosines of the features'),
  {
    id: 'rank',
    title: 'Rank of Z',
    x,
    y: { label: 'Rank', logarithmic: false, min: 0 },
    series: [{ metric: 'rank', label: 'rank', role: 'neutral' }],
    verticals,
  },
  {
    id: 'loss',
    title: 'Loss at the optimum',
    x,
    y: { label: 'Cross-entropy (nats)', logarithmic: true },
    series: [{ metric: 'fit', label: 'loss', role: 'neutral' }],
    verticals,
  },
];

export const ridgeSweepResults: ResultSpecification = {
  fields: [
    { key: 'along', label: 'Along', format: 'text' },
    { key: 'points', label: 'Points', format: 'count' },
    {
      key: 'collapse',
      label: 'Minority collapses from',
      format: 'loss',
      absent: 'never',
      help: 'The decay, or the ratio at fixed n_A, from which on the minority classifiers coincide: closed form.',
    },
    {
      key: 'vanish',
      label: 'Minority vanishes from',
      format: 'loss',
      absent: 'not before all is zero, or not sought',
      help: 'Along the decay: from here on minority classifiers and features are zero; bisected to a relative 1e-12.',
    },
    {
      key: 'zero',
      label: 'All zero from',
      format: 'loss',
      absent: 'not sought',
      help: 'Along the decay: closed form.',
    },
    { key: 'worstRelativeGap', label: 'Worst relative gap', format: 'gap' },
  ],
};
