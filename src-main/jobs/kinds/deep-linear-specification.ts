/** How the optimum of a deep linear network is read: its metrics, charts, result fields, tables and matrices. */
import type { ChartSpecification, MetricSpecification, ResultField, ResultSpecification } from '../../api/contract.ts';

export const metrics: readonly MetricSpecification[] = [
  {
    key: 'objective',
    label: 'Objective',
    symbol: 'f',
    help: 'Loss plus decay at the optimum.',
    format: 'loss',
  },
  {
    key: 'rank',
    label: 'Rank',
    help: 'Directions in which the network is not zero: the rank of the logits.',
    format: 'count',
  },
  {
    key: 'vanished_classes',
    label: 'Vanished classes',
    help: 'Classes whose classifier and feature are zero.',
    format: 'count',
  },
  {
    key: 'class_norm_w',
    label: 'Classifier norm',
    symbol: '\\|w_k\\|',
    help: 'Norm of row k of W_M … W_1, by class.',
    format: 'ratio',
  },
  {
    key: 'class_norm_h',
    label: 'Feature norm',
    symbol: '\\|h_k\\|',
    help: 'Norm of the free feature of a class, by class.',
    format: 'ratio',
  },
  {
    key: 'class_loss',
    label: 'Loss of a class',
    help: 'Loss of one sample of the class, without decay.',
    format: 'loss',
  },
  {
    key: 'singular_value',
    label: 'Singular value per layer',
    symbol: '\\bar s_i',
    help: 'Geometric mean over the layers of the singular values in direction i; equal decays make all layers equal.',
    format: 'ratio',
  },
];

const byClass = { label: 'Class k, in the order given', logarithmic: false, categorical: true };

export const charts: readonly ChartSpecification[] = [
  {
    id: 'lengths',
    title: 'Lengths by class',
    x: byClass,
    y: { label: 'Norm', logarithmic: false, min: 0 },
    series: [
      { metric: 'class_norm_w', label: '‖w_k‖', role: 'majority' },
      { metric: 'class_norm_h', label: '‖h_k‖', role: 'minority' },
    ],
  },
  {
    id: 'singular-values',
    title: 'Singular values of a layer',
    x: { label: 'Direction i', logarithmic: false, categorical: true },
    y: { label: 'Singular value s̄ᵢ', logarithmic: false, min: 0 },
    series: [{ metric: 'singular_value', label: 's̄ᵢ', role: 'neutral' }],
  },
  {
    id: 'losses',
    title: 'Loss by class',
    x: byClass,
    y: { label: 'Loss of one sample', logarithmic: false, min: 0 },
    series: [{ metric: 'class_loss', label: 'loss', role: 'neutral' }],
  },
];

const fields: readonly ResultField[] = [
  { key: 'objective', label: 'Objective', symbol: 'f', format: 'loss', help: 'Loss plus decay at the optimum.' },
  {
    key: 'frame',
    label: 'Frame of the classifiers',
    format: 'text',
    help: 'Geometry of the rows of W_M … W_1, decided to 1e-6 of their length.',
  },
  { key: 'rank', label: 'Rank', format: 'count', help: 'Directions in which the network is not zero.' },
  { key: 'capacity', label: 'Room', symbol: 'r', format: 'count', help: 'min(K, widths): the rank that fits.' },
  {
    key: 'tied',
    label: 'Choice among equals',
    format: 'flag',
    help: 'The widths cut between directions of equal weight: other choices are as good, one of them is shown.',
  },
  {
    key: 'vanishingWeight',
    label: 'Vanishing count',
    symbol: 'n^*',
    format: 'ratio',
    absent: 'none for cross-entropy',
    help: 'With this N, classes of at most so many samples are exactly zero (with bias: directions of at most this weight).',
  },
];

const classes = { table: 'classes', count: 'count' };

export const results: ResultSpecification = {
  fields,
  tables: [
    {
      result: 'classes',
      title: 'Classes',
      columns: [
        { key: 'count', label: 'Samples', symbol: 'n_k', format: 'count' },
        { key: 'classifierNorm', label: 'Classifier norm', symbol: '\\|w_k\\|', format: 'ratio' },
        { key: 'featureNorm', label: 'Feature norm', symbol: '\\|h_k\\|', format: 'ratio' },
        { key: 'alignment', label: 'Own logit without bias', symbol: 'w_k\\cdot h_k', format: 'ratio' },
        { key: 'bias', label: 'Bias', symbol: 'b_k', format: 'ratio' },
        { key: 'loss', label: 'Loss', format: 'loss' },
        {
          key: 'objective',
          label: 'Part of the objective',
          format: 'loss',
          help: 'Its loss and its share of the decay; the parts add up.',
        },
        {
          key: 'vanishingDecay',
          label: 'Vanishes at decay ×',
          format: 'ratio',
          help: 'All decays multiplied by this factor or more make the class exactly zero.',
        },
        { key: 'vanished', label: 'Vanished', format: 'flag' },
      ],
    },
    {
      result: 'directions',
      title: 'Singular directions',
      columns: [
        { key: 'weight', label: 'Weight', symbol: '\\tau_i^2', format: 'ratio', help: 'n_k without bias.' },
        { key: 'price', label: 'Price', symbol: 'b_i', format: 'loss' },
        { key: 'singularValue', label: 'Singular value per layer', symbol: '\\bar s_i', format: 'ratio' },
        { key: 'featureValue', label: 'Singular value of the features', format: 'ratio' },
        { key: 'fit', label: 'Fit', symbol: 't_i', format: 'ratio', help: '1 meets the target.' },
        { key: 'state', label: 'State', format: 'text' },
      ],
    },
  ],
  matrices: [
    { result: 'classifierCosines', title: 'Cosines of the classifiers', symbol: 'w', classes },
    { result: 'featureCosines', title: 'Cosines of the features', symbol: 'h', classes },
  ],
};
