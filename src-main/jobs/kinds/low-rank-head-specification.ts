/** Parameters, metrics, charts and results of the sweep over ranks, declared; low-rank-head.ts computes it. */
import type { ChartSpecification, MetricSpecification, ResultSpecification } from '../../api/contract.ts';
import type { Condition, ParameterSpecification } from '../../parameters/specification.ts';
import {
  classCounts,
  classifierDecay,
  decayOnChoices,
  dimension,
  featureDecay,
  lossParameter,
  rankParameter,
} from './low-rank-parameters.ts';
import { classifierBudget, featureBudget } from './lpm-parameters.ts';

const budgets: readonly Condition[] = [{ limit: ['budgets'] }];
const decay: readonly Condition[] = [{ limit: decayOnChoices.map(({ value }) => value) }];

export const headParameters: readonly ParameterSpecification[] = [
  classCounts,
  lossParameter,
  {
    type: 'choice',
    key: 'limit',
    flag: 'limit',
    label: 'Held back by',
    help: 'Budgets on W and H (the Layer-Peeled Model, cross-entropy only), or decay; decay on U and V is a nuclear-norm penalty on W.',
    source: 'Fang, He, Long, Su 2021; Kamalakara et al. 2022',
    group: 'Problem',
    default: 'budgets',
    choices: [{ value: 'budgets', label: 'Budgets (Layer-Peeled Model)' }, ...decayOnChoices],
  },
  { ...featureBudget, when: budgets },
  { ...classifierBudget, when: budgets },
  { ...classifierDecay, when: decay },
  { ...featureDecay, when: decay },
  { ...rankParameter, help: `${rankParameter.help} The sweep solves every rank; this one is described in detail.` },
  dimension,
];

export const headMetrics: readonly MetricSpecification[] = [
  {
    key: 'objective',
    label: 'Objective',
    symbol: 'f_r',
    help: 'Loss of the best head of rank r, with decay where there is decay; exact, certified or local as the result says.',
    format: 'loss',
  },
  {
    key: 'lower_bound',
    label: 'Lower bound',
    help: 'Proven bound on the optimum, the same for every rank: the relaxation knows no rank.',
    format: 'loss',
  },
  {
    key: 'excess',
    label: 'Above the bound',
    help: 'Objective less the lower bound: what the missing rank costs at most. No point where the bound is met.',
    format: 'gap',
  },
  {
    key: 'arrangement',
    label: 'Known arrangement',
    help: 'Loss of a known arrangement of K unit vectors in r dimensions: polygon, orthogonal simplices, ETF (balanced classes, budgets).',
    format: 'loss',
  },
  {
    key: 'cosine_mean',
    label: 'Mean cosine',
    help: 'Of two classifiers, over all pairs that have one.',
    format: 'cosine',
  },
  { key: 'cosine_least', label: 'Least cosine', help: 'Of two classifiers.', format: 'cosine' },
  { key: 'cosine_largest', label: 'Largest cosine', help: 'Of two classifiers.', format: 'cosine' },
  {
    key: 'etf_distance',
    label: 'Distance to the ETF',
    help: '‖WWᵀ/‖WWᵀ‖_F − (I − J/K)/√(K−1)‖_F.',
    format: 'ratio',
  },
  { key: 'rank_stable', label: 'Stable rank', symbol: '\\|W\\|_F^2/\\sigma_1^2', help: 'Of W.', format: 'ratio' },
  {
    key: 'rank_nuclear',
    label: 'Nuclear rank',
    symbol: '(\\|W\\|_*/\\|W\\|_F)^2',
    help: 'Of W: square of nuclear over Frobenius norm.',
    format: 'ratio',
  },
  {
    key: 'rank_entropy',
    label: 'Entropy rank',
    symbol: '\\exp H(\\sigma/\\textstyle\\sum\\sigma)',
    help: 'Of W: exponential of the entropy of its normalised singular values.',
    format: 'ratio',
  },
  { key: 'rank_count', label: 'Rank found', help: 'Singular values of W above 1e-6 of the largest.', format: 'count' },
  {
    key: 'parameters',
    label: 'Parameters of U and V',
    symbol: 'r(K+p)',
    help: 'Fewer than the dense K p exactly for r < K p/(K + p).',
    format: 'count',
  },
];

const x = { label: 'Rank r of the classifier', logarithmic: false };
const verticals = [{ result: 'sufficientRank', label: 'room for the optimum' }];

export const headCharts: readonly ChartSpecification[] = [
  {
    id: 'loss',
    title: 'Best loss by rank',
    x,
    y: { label: 'Objective', logarithmic: false },
    series: [
      { metric: 'objective', label: 'rank r', role: 'neutral' },
      { metric: 'arrangement', label: 'known arrangement', role: 'reference' },
      { metric: 'lower_bound', label: 'proven bound', role: 'theory' },
    ],
    verticals,
  },
  {
    id: 'excess',
    title: 'What the missing rank costs',
    x,
    y: { label: 'Above the proven bound', logarithmic: true },
    series: [{ metric: 'excess', label: 'above the bound', role: 'neutral' }],
    verticals,
  },
  {
    id: 'cosines',
    title: 'Cosines of the classifiers',
    x,
    y: { label: 'Cosine', logarithmic: false, min: -1, max: 1 },
    series: [
      { metric: 'cosine_largest', label: 'largest', role: 'minority' },
      { metric: 'cosine_mean', label: 'mean', role: 'between' },
      { metric: 'cosine_least', label: 'least', role: 'majority' },
    ],
    references: [{ result: 'etfCosine', label: '−1/(K−1)' }],
    verticals,
  },
  {
    id: 'ranks',
    title: 'Effective ranks of W',
    x,
    y: { label: 'Effective rank', logarithmic: false, min: 0 },
    series: [
      { metric: 'rank_entropy', label: 'entropy', role: 'minority' },
      { metric: 'rank_nuclear', label: 'nuclear', role: 'between' },
      { metric: 'rank_stable', label: 'stable', role: 'majority' },
      { metric: 'rank_count', label: 'found', role: 'reference' },
    ],
    verticals,
  },
  {
    id: 'etf',
    title: 'Distance to the simplex ETF',
    x,
    y: { label: 'Distance of Gram matrices', logarithmic: false, min: 0 },
    series: [{ metric: 'etf_distance', label: 'distance', role: 'neutral' }],
    verticals,
  },
];

export const headResults: ResultSpecification = {
  fields: [
    { key: 'chosen.rank', label: 'Rank', symbol: 'r', format: 'count' },
    { key: 'chosen.objective', label: 'Objective at r', symbol: 'f_r', format: 'loss' },
    { key: 'lowerBound', label: 'Lower bound', format: 'loss', help: 'Proven, for every rank at once.' },
    {
      key: 'chosen.excess',
      label: 'Above the bound',
      format: 'loss',
      help: 'Objective at r less the lower bound: what the missing rank costs at most.',
    },
    {
      key: 'sufficientRank',
      label: 'Room for the optimum',
      format: 'count',
      help: 'Smallest rank that was found to do as well as the largest.',
    },
    { key: 'chosen.basisText', label: 'At r', format: 'text', help: 'On what the objective at r rests.' },
    {
      key: 'breakEven',
      label: 'Break-even rank',
      symbol: 'Kp/(K+p)',
      format: 'ratio',
      help: 'A factorised head has fewer parameters exactly below it.',
    },
  ],
  tables: [
    {
      result: 'ranks',
      title: 'By rank',
      columns: [
        { key: 'rank', label: 'r', format: 'count' },
        { key: 'objective', label: 'Objective', format: 'loss' },
        { key: 'basisKind', label: 'Rests on', format: 'text' },
        { key: 'excess', label: 'Above the bound', format: 'gap' },
        { key: 'arrangement', label: 'Known arrangement', format: 'text' },
        { key: 'cosineMean', label: 'Mean cosine', format: 'cosine' },
        { key: 'etfDistance', label: 'ETF distance', format: 'ratio' },
        { key: 'stable', label: 'Stable rank', format: 'ratio' },
        { key: 'nuclear', label: 'Nuclear rank', format: 'ratio' },
        { key: 'entropy', label: 'Entropy rank', format: 'ratio' },
        { key: 'parameters', label: 'Parameters', format: 'count' },
      ],
    },
  ],
  matrices: [
    { result: 'chosen.cosines', title: 'Cosines of the classifiers at rank r', symbol: 'w' },
    { result: 'widest.cosines', title: 'Cosines of the classifiers at the largest rank', symbol: 'w' },
  ],
};
