/** Metrics, charts and results of one ridge solve, declared; ridge-solve.ts computes them. */
import type { ChartSpecification, MetricSpecification, ResultSpecification } from '../../api/contract.ts';

export const ridgeSolveMetrics: readonly MetricSpecification[] = [
  { key: 'objective', label: 'Objective', help: 'Mean loss plus penalty at the optimum.', format: 'loss' },
  { key: 'fit', label: 'Loss', symbol: 'f', help: 'Mean loss of a sample at the optimum.', format: 'loss' },
  {
    key: 'relative_gap',
    label: 'Relative gap',
    help: 'Fenchel duality gap over the objective: how far the optimum can be, at most.',
    format: 'gap',
  },
  { key: 'rank', label: 'Rank', help: 'Rank of the optimal logits Z.', format: 'count' },
  {
    key: 'cos_w_minority',
    label: 'Cosine, minority classifiers',
    symbol: "\\cos(w_B, w_{B'})",
    help: 'Between classifiers of the smallest count; 1 is Minority Collapse.',
    format: 'cosine',
  },
  {
    key: 'cos_w_majority',
    label: 'Cosine, majority classifiers',
    symbol: "\\cos(w_A, w_{A'})",
    help: 'Between classifiers of the largest count.',
    format: 'cosine',
  },
  {
    key: 'cos_h_minority',
    label: 'Cosine, minority features',
    symbol: "\\cos(h_B, h_{B'})",
    help: 'Between class means of the smallest count.',
    format: 'cosine',
  },
  {
    key: 'cos_h_majority',
    label: 'Cosine, majority features',
    symbol: "\\cos(h_A, h_{A'})",
    help: 'Between class means of the largest count.',
    format: 'cosine',
  },
  {
    key: 'collapsed_classes',
    label: 'Collapsed classes',
    help: 'Classes whose classifiers coincide with those of their group.',
    format: 'count',
  },
  {
    key: 'vanished_classes',
    label: 'Vanished classes',
    help: 'Classes whose classifier and feature are zero.',
    format: 'count',
  },
  {
    key: 'spectrum',
    label: 'Singular values of Z D^½',
    symbol: '\\sigma_i',
    help: 'Of the logits weighed as the penalty weighs them, descending.',
    format: 'ratio',
  },
  { key: 'class_norm_w', label: 'Classifier norm by class', help: 'In the order given.', format: 'ratio' },
  {
    key: 'class_norm_h',
    label: 'Feature norm by class',
    help: 'Of the class mean, in the order given.',
    format: 'ratio',
  },
  { key: 'class_margin', label: 'Margin by class', help: 'Own logit less the largest other one.', format: 'ratio' },
  { key: 'class_loss', label: 'Loss by class', help: 'Of one sample of the class.', format: 'loss' },
  { key: 'solver_gap', label: 'Gap while solving', help: 'Relative gap by Newton iteration.', format: 'gap' },
];

const byClass = { label: 'Class k, in the order given', logarithmic: false, categorical: true };

export const ridgeSolveCharts: readonly ChartSpecification[] = [
  {
    id: 'spectrum',
    title: 'Singular values of Z D^½',
    x: { label: 'Index i', logarithmic: false, categorical: true },
    y: { label: 'Singular value σᵢ', logarithmic: false, min: 0 },
    series: [{ metric: 'spectrum', label: 'σᵢ', role: 'neutral' }],
  },
  {
    id: 'norms',
    title: 'Norms by class',
    x: byClass,
    y: { label: 'Norm', logarithmic: false, min: 0 },
    series: [
      { metric: 'class_norm_w', label: 'classifiers', role: 'majority' },
      { metric: 'class_norm_h', label: 'features', role: 'minority' },
    ],
  },
  {
    id: 'margins',
    title: 'Margins by class',
    x: byClass,
    y: { label: 'Logit margin', logarithmic: false },
    series: [{ metric: 'class_margin', label: 'margin', role: 'neutral' }],
  },
];

const classes = { table: 'groups', count: 'samples', size: 'classes' };

export const ridgeSolveResults: ResultSpecification = {
  fields: [
    { key: 'objective', label: 'Objective', format: 'loss', help: 'Mean loss plus penalty.' },
    { key: 'fit', label: 'Loss', symbol: 'f', format: 'loss' },
    { key: 'penalty', label: 'Penalty', symbol: 'l\\|Z D^{1/2}\\|_*', format: 'loss' },
    { key: 'relativeGap', label: 'Relative gap', format: 'gap', help: 'Fenchel duality gap over the objective.' },
    { key: 'rank', label: 'Rank of Z', format: 'count' },
    { key: 'decay', label: 'Decay', symbol: 'l=\\sqrt{\\lambda_W\\lambda_H}', format: 'loss' },
    {
      key: 'collapseCount',
      label: 'Collapse up to',
      format: 'ratio',
      help: 'Groups whose classes have at most this many samples have collapsed: N²λ_Wλ_H per sample, N l per class.',
      absent: 'no criterion',
    },
    {
      key: 'reluCount',
      label: 'With a ReLU, vanishing up to',
      format: 'ratio',
      help: 'Behind a ReLU class means are orthogonal, and classes of at most N²λ_Wλ_H K/(K−1) samples are zero (arXiv 2401.02058); cross-entropy per sample, no bias.',
      absent: 'no criterion',
    },
    { key: 'zeroDecay', label: 'All zero from decay', format: 'loss', help: 'From this l on the optimum is Z = 0.' },
    {
      key: 'budgets.classifier',
      label: 'Classifier norms spent',
      symbol: 'E_W',
      format: 'ratio',
      help: '(1/K) Σ‖w_k‖² at the optimum.',
    },
    {
      key: 'budgets.featureByClass',
      label: 'Feature norms spent, by class',
      symbol: 'E_H',
      format: 'ratio',
      help: '(1/K) Σ_k (1/n_k) Σ_i ‖h_{k,i}‖²: the budget of the Layer-Peeled Model.',
    },
    {
      key: 'budgets.featureBySample',
      label: 'Feature norms spent, by sample',
      format: 'ratio',
      help: '(1/N) Σ‖h_{k,i}‖²: the mean squared feature norm of a data set.',
    },
    { key: 'dual', label: 'Distance from duality', format: 'gap', help: 'nc3: ‖W/‖W‖ − M_c/‖M_c‖‖.', absent: 'none' },
    {
      key: 'map.r0',
      label: 'First threshold at these budgets',
      symbol: 'R_0',
      format: 'ratio',
      absent: 'none',
      help: 'Where the Layer-Peeled Model of the spent budgets collapses; two distinct counts, cross-entropy without bias.',
    },
    { key: 'map.r1', label: 'Second threshold at these budgets', symbol: 'R_1', format: 'ratio', absent: 'none' },
    { key: 'map.ratio', label: 'Ratio of the counts', symbol: 'R', format: 'ratio', absent: 'none' },
    {
      key: 'map.multiplier',
      label: 'LPM multiplier',
      symbol: '\\lambda',
      format: 'loss',
      absent: 'none',
      help: 'Of the nuclear-norm constraint at the spent budgets; equals l where features are weighed per class.',
    },
  ],
  tables: [
    {
      result: 'groups',
      title: 'Groups',
      columns: [
        { key: 'samples', label: 'Samples', symbol: 'n_g', format: 'count' },
        { key: 'classes', label: 'Classes', symbol: 'K_g', format: 'count' },
        { key: 'classifierNorm', label: 'Classifier norm', symbol: '\\|w\\|', format: 'ratio' },
        { key: 'featureNorm', label: 'Feature norm', symbol: '\\|h\\|', format: 'ratio' },
        { key: 'classifierCosine', label: 'Cosine of classifiers', format: 'cosine' },
        { key: 'featureCosine', label: 'Cosine of features', format: 'cosine' },
        { key: 'margin', label: 'Margin', format: 'ratio' },
        { key: 'loss', label: 'Loss', format: 'loss' },
        { key: 'bias', label: 'Bias', symbol: 'b', format: 'ratio' },
        { key: 'collapsed', label: 'Collapsed', format: 'flag' },
        { key: 'vanished', label: 'Vanished', format: 'flag' },
      ],
    },
    {
      result: 'distances',
      title: 'Distance to the reference geometries',
      columns: [
        { key: 'name', label: 'Reference', format: 'text' },
        { key: 'classifier', label: 'Classifiers', format: 'cosine' },
        { key: 'feature', label: 'Features', format: 'cosine' },
      ],
    },
  ],
  matrices: [
    { result: 'classifierCosines', title: 'Cosines of the classifiers', symbol: 'w', classes },
    { result: 'featureCosines', title: 'Cosines of the features', symbol: 'h', classes },
  ],
};
