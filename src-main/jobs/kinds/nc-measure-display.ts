/** How a run of nc-measure is drawn and read. Words and roles only. */
import type { ChartSpecification, ResultSpecification, SeriesRole } from '../../api/contract.ts';

const x = { label: 'Epoch', logarithmic: false };
const line = (metric: string, label: string, role: SeriesRole) => ({ metric, label, role });

function cosines(side: 'w' | 'h', title: string): ChartSpecification {
  return {
    id: `cosines-${side}`,
    title,
    x,
    y: { label: 'Mean cosine', logarithmic: false, min: -1, max: 1 },
    series: [
      line(`cos_${side}_minority`, 'minority', 'minority'),
      line(`cos_${side}_majority`, 'majority', 'majority'),
      line(`cos_${side}_cross`, 'between', 'between'),
    ],
  };
}

export const charts: readonly ChartSpecification[] = [
  {
    id: 'nc1',
    title: 'NC1: variability within classes',
    x,
    y: { label: 'tr(Σ_W Σ_B⁺)/K', logarithmic: true },
    series: [
      line('nc1_pinv', 'all classes', 'neutral'),
      line('nc1_majority', 'majority', 'majority'),
      line('nc1_minority', 'minority', 'minority'),
    ],
  },
  {
    id: 'nc2',
    title: 'NC2: distance to the simplex ETF',
    x,
    y: { label: '‖G/‖G‖ − E‖_F', logarithmic: false, min: 0 },
    series: [line('nc2_etf_w', 'classifiers', 'majority'), line('nc2_etf_h', 'class means', 'minority')],
  },
  {
    id: 'nc3',
    title: 'NC3: distance of classifiers from class means',
    x,
    y: { label: 'Frobenius distance', logarithmic: false, min: 0 },
    series: [line('nc3_dual', 'W and M_c', 'neutral'), line('nc3_etf', 'W M_cᵀ and ETF', 'theory')],
  },
  {
    id: 'nc4',
    title: 'NC4: decisions as the nearest class mean',
    x,
    y: { label: 'Share of samples', logarithmic: false, max: 1 },
    series: [line('nc4_agree', 'agreement', 'neutral'), line('accuracy', 'accuracy', 'theory')],
  },
  cosines('w', 'Cosines of the classifiers'),
  cosines('h', 'Cosines of the centred class means'),
  {
    id: 'spectrum',
    title: 'Spectrum of the centred class means, last epoch',
    x: { label: 'Index i', logarithmic: false, categorical: true },
    y: { label: 'Singular value σᵢ', logarithmic: false, min: 0 },
    series: [line('spectrum_h', 'σᵢ', 'neutral')],
  },
];

const classes = { table: 'classes', count: 'samples' };

export const results: ResultSpecification = {
  fields: [
    { key: 'samples', label: 'Samples', symbol: 'N', format: 'count' },
    { key: 'dimension', label: 'Features', symbol: 'd', format: 'count' },
    { key: 'options.classes', label: 'Classes', symbol: 'K', format: 'count' },
    { key: 'epochs', label: 'Epochs measured', format: 'count' },
    { key: 'lastEpoch', label: 'Last epoch', format: 'count' },
    { key: 'options.centre', label: 'Centre: mean of', symbol: '\\mu_G', format: 'text' },
    { key: 'options.pooling', label: 'Covariance over', symbol: '\\Sigma_W', format: 'text' },
  ],
  tables: [
    {
      result: 'metricList',
      title: 'Metrics at the last epoch',
      columns: [
        { key: 'metric', label: 'Metric', format: 'text' },
        { key: 'value', label: 'Value', format: 'loss' },
        { key: 'remark', label: 'Remark', format: 'text' },
      ],
    },
    {
      result: 'classList',
      title: 'Classes at the last epoch',
      columns: [
        { key: 'label', label: 'Class', format: 'count' },
        { key: 'samples', label: 'Samples', symbol: 'n_k', format: 'count' },
        { key: 'meanNorm', label: 'Mean', symbol: '\\|\\mu_k-\\mu_G\\|', format: 'loss' },
        { key: 'classifierNorm', label: 'Classifier', symbol: '\\|w_k\\|', format: 'loss' },
        { key: 'variance', label: 'Variance', symbol: 'v_k', format: 'loss' },
        { key: 'nc1', label: 'NC1', format: 'loss' },
        { key: 'accuracy', label: 'Accuracy', format: 'ratio' },
        { key: 'agreement', label: 'NC4', format: 'ratio' },
        { key: 'marginMin', label: 'Least margin', format: 'loss' },
      ],
    },
  ],
  matrices: [
    { result: 'cosines.mean', title: 'Cosines of the centred class means', symbol: 'μ', classes },
    { result: 'cosines.classifier', title: 'Cosines of the classifiers', symbol: 'w', classes },
  ],
};
