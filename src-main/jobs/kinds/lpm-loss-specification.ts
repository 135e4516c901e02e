/** Parameters, metrics, charts and results of the losses beside cross-entropy, declared; lpm-loss.ts computes. */
import type { ChartSpecification, MetricSpecification, ResultSpecification } from '../../api/contract.ts';
import { softmaxTypeLosses } from '../../lpm/losses/softmax-type.ts';
import type { Condition, ParameterSpecification } from '../../parameters/specification.ts';
import { classCounts, classifierBudget, featureBudget, lossWeights } from './lpm-parameters.ts';

export const CONTRASTIVE = 'contrastive';

const shapes = softmaxTypeLosses.flatMap(({ name, shape }) =>
  shape === null ? [] : [`${name.toLowerCase()}: ${shape.meaning}, ${shape.default} unless given`],
);

const withShape = softmaxTypeLosses.filter(({ shape }) => shape !== null).map(({ id }) => id);
/** The losses over classifiers. */
const softmaxType: readonly Condition[] = [{ loss: softmaxTypeLosses.map(({ id }) => id) }];

export const lossParameters: readonly ParameterSpecification[] = [
  {
    type: 'choice',
    key: 'loss',
    flag: 'loss',
    label: 'Loss',
    symbol: 'L(z,k)',
    help: 'Softmax-type losses φ(Σ g(z_j − z_k)) for at most two distinct counts, or the supervised contrastive loss over class means.',
    source: 'Fang, He, Long, Su 2021, balanced theorem and its extensions',
    group: 'Loss',
    default: 'exponential',
    choices: [
      ...softmaxTypeLosses.map(({ id, name }) => ({ value: id, label: name })),
      { value: CONTRASTIVE, label: 'Supervised contrastive' },
    ],
  },
  {
    type: 'number',
    key: 'shape',
    flag: 'shape',
    label: 'Shape',
    symbol: 'a',
    help: `For ${shapes.join('; for ')}.`,
    group: 'Loss',
    when: [{ loss: withShape }],
    default: null,
    exclusiveMin: 0,
  },
  {
    type: 'number',
    key: 'temperature',
    flag: 'temperature',
    label: 'Temperature',
    symbol: '\\tau',
    help: 'Only E_H/τ shapes the optimum.',
    group: 'Loss',
    when: [{ loss: [CONTRASTIVE] }],
    default: 1,
    exclusiveMin: 0,
    logarithmic: true,
  },
  classCounts,
  { ...lossWeights, when: softmaxType },
  featureBudget,
  { ...classifierBudget, when: softmaxType },
  {
    type: 'integer',
    key: 'points',
    flag: 'points',
    label: 'Ratios on the curve',
    help: 'For two distinct counts: optima from R = 1 to ten times the ratio given, beside cross-entropy.',
    group: 'Curve',
    default: 31,
    min: 2,
    max: 1000,
  },
];

export const lossMetrics: readonly MetricSpecification[] = [
  { key: 'objective', label: 'Loss', symbol: 'f', help: 'At the optimum, in the units of the loss.', format: 'loss' },
  { key: 'relative_gap', label: 'Relative gap', help: 'Duality gap over the loss.', format: 'gap' },
  {
    key: 'cos_minority',
    label: 'Cosine, minority',
    help: 'Between two minority classifiers (class means for the contrastive loss) at each ratio; 1 is Minority Collapse.',
    format: 'cosine',
  },
  {
    key: 'cos_majority',
    label: 'Cosine, majority',
    help: 'Between two majority classifiers (class means for the contrastive loss) at each ratio.',
    format: 'cosine',
  },
  {
    key: 'cos_minority_ce',
    label: 'Cosine, minority, cross-entropy',
    help: 'The same under cross-entropy with the same budgets.',
    format: 'cosine',
  },
];

export const lossCharts: readonly ChartSpecification[] = [
  {
    id: 'cosines',
    title: 'Cosines along the imbalance ratio',
    x: { label: 'Imbalance ratio R', logarithmic: true },
    y: { label: 'Cosine', logarithmic: false, min: -1, max: 1 },
    series: [
      { metric: 'cos_minority', label: 'minority', role: 'minority' },
      { metric: 'cos_majority', label: 'majority', role: 'majority' },
      { metric: 'cos_minority_ce', label: 'minority, cross-entropy', role: 'reference' },
    ],
    verticals: [
      { result: 'r0', label: 'R₀' },
      { result: 'crossEntropyR0', label: 'R₀, cross-entropy' },
    ],
    references: [{ result: 'etfCosine', label: '−1/(K−1)' }],
  },
];

export const lossResults: ResultSpecification = {
  fields: [
    { key: 'loss', label: 'Loss', format: 'text' },
    { key: 'objective', label: 'Loss at the optimum', symbol: 'f', format: 'loss' },
    {
      key: 'balancedObjective',
      label: 'Loss of the simplex ETF at equal counts',
      help: 'What the balanced theorem gives for as many classes and the same budgets.',
      format: 'loss',
    },
    { key: 'relativeGap', label: 'Relative gap', format: 'gap' },
    {
      key: 'r0',
      label: 'Collapse begins at',
      symbol: 'R_0',
      help: 'Ratio from which the minority coincides under this loss, for weight 1 and two distinct counts; a crossing, its uniqueness proven for cross-entropy alone.',
      format: 'ratio',
      absent: 'never, or not two counts',
    },
    {
      key: 'crossEntropyR0',
      label: 'The same under cross-entropy',
      format: 'ratio',
      absent: 'never, or no two counts with classifiers',
    },
    { key: 'note', label: 'Note', format: 'text' },
  ],
  tables: [
    {
      result: 'groups',
      title: 'By group of counts',
      columns: [
        { key: 'samples', label: 'Samples', symbol: 'n_k', format: 'count' },
        { key: 'classes', label: 'Classes', format: 'count' },
        { key: 'classifierNorm', label: 'Classifier norm', symbol: '\\|w_k\\|', format: 'ratio', absent: 'none' },
        { key: 'featureNorm', label: 'Feature norm', symbol: '\\|h_k\\|', format: 'ratio' },
        { key: 'classifierCosine', label: 'Cosine, classifiers', format: 'cosine', absent: 'none' },
        { key: 'featureCosine', label: 'Cosine, features', format: 'cosine', absent: 'none' },
        { key: 'margin', label: 'Margin', format: 'ratio', absent: 'none' },
        { key: 'loss', label: 'Loss of a sample', format: 'loss', absent: 'none' },
        { key: 'collapsed', label: 'Collapsed', format: 'flag' },
        { key: 'vanished', label: 'Vanished', format: 'flag' },
      ],
    },
  ],
  matrices: [
    {
      result: 'featureCosines',
      title: 'Cosines of the features by group',
      symbol: 'h',
      classes: { table: 'groups', count: 'samples' },
    },
  ],
};
