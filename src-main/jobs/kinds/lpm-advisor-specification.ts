/** Parameters, metrics, charts and results of the oversampling advisor, declared; lpm-advisor.ts computes it. */
import type { ChartSpecification, MetricSpecification, ResultSpecification } from '../../api/contract.ts';
import type { ParameterSpecification } from '../../parameters/specification.ts';
import { classCounts, classifierBudget, featureBudget } from './lpm-parameters.ts';

export const advisorParameters: readonly ParameterSpecification[] = [
  classCounts,
  {
    type: 'integer',
    key: 'atMost',
    flag: 'at-most',
    label: 'Minority: at most',
    symbol: 'n',
    unit: 'samples',
    help: 'Classes of at most so many samples are minority; empty for those of the smallest count.',
    group: 'Classes',
    default: null,
    min: 1,
  },
  featureBudget,
  classifierBudget,
  {
    type: 'number',
    key: 'safety',
    flag: 'safety',
    label: 'Safety factor',
    help: 'The geometry after weighting is shown at this multiple of the smallest weight that avoids collapse.',
    group: 'Advice',
    default: 1.1,
    min: 1,
    max: 1000,
  },
  {
    type: 'integer',
    key: 'points',
    flag: 'points',
    label: 'Weights on the curve',
    help: 'From weight 1 to twice the imbalance ratio, evenly in the logarithm.',
    group: 'Advice',
    default: 41,
    min: 2,
    max: 1000,
  },
];

export const advisorMetrics: readonly MetricSpecification[] = [
  {
    key: 'cos_w_minority',
    label: 'Largest cosine, minority classifiers',
    symbol: "\\max\\cos(w_B, w_{B'})",
    help: '1 is Minority Collapse; no point where the minority has vanished.',
    format: 'cosine',
  },
  {
    key: 'cos_w_majority',
    label: 'Largest cosine, majority classifiers',
    symbol: "\\max\\cos(w_A, w_{A'})",
    help: 'Largest between two majority classifiers.',
    format: 'cosine',
  },
  {
    key: 'norm_ratio_w',
    label: 'Norm ratio of classifiers',
    symbol: '\\max\\|w\\|/\\min\\|w\\|',
    help: 'Longest over shortest classifier; no point where one vanishes.',
    format: 'ratio',
  },
  { key: 'margin_minority', label: 'Smallest margin, minority', help: 'In logits.', format: 'ratio' },
  { key: 'margin_majority', label: 'Smallest margin, majority', help: 'In logits.', format: 'ratio' },
  {
    key: 'relative_gap',
    label: 'Relative gap',
    help: 'Duality gap over the loss of each solve on the curve.',
    format: 'gap',
  },
];

const x = { label: 'Minority weight w_r', logarithmic: true };
const verticals = [
  { result: 'avoidingWeight', label: 'R/R₀' },
  { result: 'ratio', label: 'w_r = R' },
];

export const advisorCharts: readonly ChartSpecification[] = [
  {
    id: 'cosines',
    title: 'Cosines of the classifiers under a minority weight',
    x,
    y: { label: 'Largest cosine', logarithmic: false, min: -1, max: 1 },
    series: [
      { metric: 'cos_w_minority', label: 'minority', role: 'minority' },
      { metric: 'cos_w_majority', label: 'majority', role: 'majority' },
    ],
    verticals,
    references: [{ result: 'etfCosine', label: '−1/(K−1)' }],
  },
  {
    id: 'margins',
    title: 'Smallest margins under a minority weight',
    x,
    y: { label: 'Margin (logits)', logarithmic: false },
    series: [
      { metric: 'margin_minority', label: 'minority', role: 'minority' },
      { metric: 'margin_majority', label: 'majority', role: 'majority' },
    ],
    verticals,
  },
  {
    id: 'norms',
    title: 'Longest over shortest classifier',
    x,
    y: { label: 'Ratio of norms', logarithmic: true },
    series: [{ metric: 'norm_ratio_w', label: 'classifiers', role: 'neutral' }],
    verticals,
  },
];

export const advisorResults: ResultSpecification = {
  fields: [
    { key: 'verdict', label: 'Verdict', format: 'text' },
    { key: 'rule', label: 'Rule', format: 'text' },
    { key: 'ratio', label: 'Imbalance ratio', symbol: 'R', help: 'Largest over smallest count.', format: 'ratio' },
    {
      key: 'r0',
      label: 'Collapse begins at',
      symbol: 'R_0',
      help: 'Ratio at which minority classifiers begin to coincide, the minority’s counts scaled together.',
      format: 'ratio',
      absent: 'never',
    },
    {
      key: 'r1',
      label: 'Minority vanishes at',
      symbol: 'R_1',
      help: 'Ratio at which minority classifiers and features become zero.',
      format: 'ratio',
      absent: 'never',
    },
    {
      key: 'avoidingWeight',
      label: 'Weight that avoids collapse: above',
      symbol: 'R/R_0',
      help: 'Loss weight or oversampling rate of every minority class; below 1 where nothing is to be avoided.',
      format: 'ratio',
      absent: 'none needed',
    },
    {
      key: 'restoringWeight',
      label: 'Largest weight that restores the ETF',
      symbol: 'n_{\\max}/n_k',
      help: 'Of the smallest count; the table has one for each count.',
      format: 'ratio',
    },
    { key: 'minorityClasses', label: 'Minority classes', format: 'count' },
    { key: 'worstRelativeGap', label: 'Worst relative gap', format: 'gap' },
  ],
  tables: [
    {
      result: 'outlooks',
      title: 'Before and after',
      columns: [
        { key: 'name', label: 'Weights', format: 'text' },
        { key: 'collapsed', label: 'Collapsed', format: 'text' },
        { key: 'minorityCosine', label: 'Largest cosine, minority', format: 'cosine', absent: 'none' },
        { key: 'majorityCosine', label: 'Largest cosine, majority', format: 'cosine', absent: 'none' },
        {
          key: 'normRatio',
          label: 'Norm ratio',
          help: 'Longest over shortest classifier.',
          format: 'ratio',
          absent: 'vanished',
        },
        { key: 'minorityMargin', label: 'Smallest margin, minority', format: 'ratio' },
        { key: 'majorityMargin', label: 'Smallest margin, majority', format: 'ratio' },
      ],
    },
    {
      result: 'groups',
      title: 'By count',
      columns: [
        { key: 'samples', label: 'Samples', symbol: 'n_k', format: 'count' },
        { key: 'classes', label: 'Classes', format: 'count' },
        { key: 'role', label: 'Role', format: 'text' },
        { key: 'name', label: 'Weights', format: 'text' },
        { key: 'weight', label: 'Weight', format: 'ratio' },
        { key: 'classifierCosine', label: 'Cosine', symbol: "\\cos(w, w')", format: 'cosine', absent: 'none' },
        { key: 'classifierNorm', label: 'Classifier norm', symbol: '\\|w\\|', format: 'ratio' },
        { key: 'margin', label: 'Margin', format: 'ratio' },
      ],
    },
  ],
};
