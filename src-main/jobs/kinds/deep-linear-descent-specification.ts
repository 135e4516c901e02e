/** Metrics, charts and results of gradient descent on a deep linear network, declared; deep-linear-descent.ts computes them. */
import type { ChartSpecification, MetricSpecification, ResultSpecification, SeriesRole } from '../../api/contract.ts';

/** Layers that have metrics of their own: the depths on offer. */
export const LARGEST_DEPTH = 6;

const layers = Array.from({ length: LARGEST_DEPTH }, (_, j) => j + 1);

function perLayer(key: string, label: string, help: string): MetricSpecification[] {
  return layers.map((j) => ({ key: `${key}_${j}`, label: `${label}, layer ${j}`, help, format: 'gap' as const }));
}

export const metrics: readonly MetricSpecification[] = [
  { key: 'objective', label: 'Objective', symbol: 'f', help: 'Loss plus decay.', format: 'loss' },
  {
    key: 'objective_theory',
    label: 'Objective, closed form',
    symbol: 'f^*',
    help: 'The global minimum.',
    format: 'loss',
  },
  {
    key: 'excess',
    label: 'Relative excess',
    symbol: 'f/f^* - 1',
    help: 'How far the objective is above the global minimum.',
    format: 'gap',
  },
  { key: 'gradient_norm', label: 'Gradient norm', symbol: '\\|\\nabla f\\|', help: 'Over all factors.', format: 'gap' },
  { key: 'rate', label: 'Step length', symbol: '\\eta', help: 'Learning rate in use.', format: 'ratio' },
  {
    key: 'imbalance',
    label: 'Imbalance of layers',
    help: 'Largest relative difference of λ_j W_jᵀW_j and λ_{j−1} W_{j−1}W_{j−1}ᵀ, H₁ as layer 0; zero at every stationary point.',
    format: 'gap',
  },
  ...perLayer('nc1', 'NC1', 'tr Σ_W/tr Σ_B of the features H_j: within-class over between-class variance.'),
  ...perLayer('gram_h', 'Distance of the features', '‖G/‖G‖ − G*/‖G*‖‖ of the class means of H_j to the closed form.'),
  ...perLayer('gram_w', 'Distance of the classifiers', 'The same for the rows of W_M … W_j.'),
  {
    key: 'norm_w_majority',
    label: 'Norm, largest class',
    symbol: '\\|w_A\\|',
    help: 'Mean classifier norm of the classes with the largest count.',
    format: 'ratio',
  },
  {
    key: 'norm_w_minority',
    label: 'Norm, smallest class',
    symbol: '\\|w_B\\|',
    help: 'Mean classifier norm of the classes with the smallest count.',
    format: 'ratio',
  },
];

const x = { label: 'Step (from 1)', logarithmic: true };
const roles: readonly SeriesRole[] = ['majority', 'minority', 'between', 'neutral', 'majority', 'minority'];

function layerChart(id: string, title: string, key: string, label: string): ChartSpecification {
  return {
    id,
    title,
    x,
    y: { label, logarithmic: true },
    series: layers.map((j) => ({ metric: `${key}_${j}`, label: `layer ${j}`, role: roles[j - 1]! })),
  };
}

export const charts: readonly ChartSpecification[] = [
  {
    id: 'objective',
    title: 'Objective',
    x,
    y: { label: 'Objective', logarithmic: true },
    series: [
      { metric: 'objective', label: 'descent', role: 'majority' },
      { metric: 'objective_theory', label: 'closed form', role: 'theory' },
    ],
  },
  {
    id: 'excess',
    title: 'Excess over the global minimum, and gradient',
    x,
    y: { label: 'Relative excess, norm', logarithmic: true },
    series: [
      { metric: 'excess', label: 'excess', role: 'majority' },
      { metric: 'gradient_norm', label: 'gradient', role: 'neutral' },
    ],
  },
  layerChart('nc1', 'Variability collapse by layer', 'nc1', 'tr Σ_W / tr Σ_B'),
  layerChart('gram-h', 'Features: distance to the predicted frame', 'gram_h', 'Distance of Gram matrices'),
  layerChart('gram-w', 'Classifiers: distance to the predicted frame', 'gram_w', 'Distance of Gram matrices'),
  {
    id: 'norms',
    title: 'Classifier norms',
    x,
    y: { label: '‖w_k‖', logarithmic: false, min: 0 },
    series: [
      { metric: 'norm_w_majority', label: 'largest class', role: 'majority' },
      { metric: 'norm_w_minority', label: 'smallest class', role: 'minority' },
    ],
    references: [
      { result: 'theory.normMajority', label: 'largest, closed form' },
      { result: 'theory.normMinority', label: 'smallest, closed form' },
    ],
  },
  {
    id: 'imbalance',
    title: 'Imbalance of neighbouring layers',
    x,
    y: { label: 'Relative difference', logarithmic: true },
    series: [{ metric: 'imbalance', label: 'imbalance', role: 'neutral' }],
  },
];

export const results: ResultSpecification = {
  fields: [
    { key: 'outcome', label: 'Outcome', format: 'text' },
    { key: 'steps', label: 'Steps', format: 'count' },
    { key: 'objective', label: 'Objective', symbol: 'f', format: 'loss' },
    { key: 'theory.objective', label: 'Global minimum', symbol: 'f^*', format: 'loss', help: 'Closed form.' },
    { key: 'excess', label: 'Relative excess', symbol: 'f/f^* - 1', format: 'gap' },
    { key: 'gradientNorm', label: 'Gradient norm', symbol: '\\|\\nabla f\\|', format: 'gap' },
    { key: 'theory.frame', label: 'Predicted frame', format: 'text' },
    { key: 'imbalance', label: 'Imbalance of layers', format: 'gap' },
  ],
  tables: [
    {
      result: 'layers',
      title: 'Layers at the end',
      columns: [
        { key: 'layer', label: 'Layer', symbol: 'j', format: 'count' },
        {
          key: 'collapse',
          label: 'NC1',
          symbol: '\\mathrm{tr}\\,\\Sigma_W/\\mathrm{tr}\\,\\Sigma_B',
          format: 'gap',
          absent: 'class means only',
        },
        { key: 'featureDistance', label: 'Features to prediction', format: 'gap', absent: 'no single prediction' },
        {
          key: 'classifierDistance',
          label: 'Classifiers to prediction',
          format: 'gap',
          absent: 'no single prediction',
        },
      ],
    },
    {
      result: 'classes',
      title: 'Classifier norms at the end',
      columns: [
        { key: 'count', label: 'Samples', symbol: 'n_k', format: 'count' },
        { key: 'norm', label: '‖w_k‖ of descent', format: 'ratio' },
        { key: 'theory', label: '‖w_k‖ of the closed form', format: 'ratio' },
      ],
    },
  ],
};
