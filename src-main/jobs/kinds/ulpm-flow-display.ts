/** Charts and result document of the unconstrained model's gradient flow, declared. */
import type { ChartSpecification, ResultSpecification } from '../../api/contract.ts';

const x = { label: 'Time t', logarithmic: true };
const line = (metric: string, label: string, role: ChartSpecification['series'][number]['role']) => ({
  metric,
  label,
  role,
});

export const flowCharts: readonly ChartSpecification[] = [
  {
    id: 'loss',
    title: 'Loss',
    x,
    y: { label: 'L (nats)', logarithmic: true },
    series: [line('loss', 'flow', 'majority'), line('loss_aligned', 'aligned start, exact', 'theory')],
  },
  {
    id: 'margin',
    title: 'Margin against its bound',
    x,
    y: { label: 'Margin', logarithmic: false },
    series: [
      line('margin', 'smallest', 'majority'),
      line('largest_margin', 'largest', 'minority'),
      line('bound', 'bound', 'theory'),
    ],
  },
  {
    id: 'collapse',
    title: 'Distance from neural collapse',
    x,
    y: { label: 'Distance', logarithmic: true },
    series: [
      line('nc1_quot', 'variability', 'neutral'),
      line('nc2_etf_w_centred', 'classifiers', 'majority'),
      line('nc2_etf_h', 'class means', 'minority'),
      line('nc3_dual', 'dual', 'between'),
    ],
  },
  {
    id: 'kkt',
    title: 'Max-margin conditions of the direction',
    x,
    y: { label: 'Residual', logarithmic: true },
    series: [
      line('kkt_stationarity', 'stationarity', 'majority'),
      line('kkt_complementarity', 'complementarity', 'minority'),
    ],
  },
  {
    id: 'rate',
    title: 'Loss times t log t',
    x,
    y: { label: 'L t log t', logarithmic: false, min: 0 },
    series: [line('rate', 'flow', 'majority')],
    references: [{ result: 'rateLimit', label: '√n (K−1)/2' }],
  },
  {
    id: 'norms',
    title: 'Norms',
    x,
    y: { label: 'Frobenius norm', logarithmic: false, min: 0 },
    series: [line('norm_w', '‖W‖', 'majority'), line('norm_h', '‖H‖', 'minority')],
  },
  {
    id: 'curvature',
    title: 'Smallest tangent-space curvature',
    x,
    y: { label: 'κ per radian²', logarithmic: false },
    series: [line('curvature', 'κ', 'majority')],
  },
  {
    id: 'drift',
    title: 'Drift of WᵀW − HHᵀ',
    x,
    y: { label: 'Relative drift', logarithmic: true },
    series: [line('drift', 'drift', 'neutral')],
  },
];

export const flowResults: ResultSpecification = {
  fields: [
    { key: 'loss', label: 'Final loss', symbol: 'L', format: 'gap', help: 'At the last moment reached.' },
    { key: 'logLoss', label: 'Its logarithm', symbol: '\\log L', format: 'ratio' },
    { key: 'marginRatio', label: 'Margin over its bound', format: 'ratio', help: '1 exactly at neural collapse.' },
    { key: 'nc2EtfWCentred', label: 'Centred classifiers to ETF', format: 'gap' },
    { key: 'nc2EtfH', label: 'Class means to ETF', format: 'gap' },
    { key: 'nc3Dual', label: 'Dual distance', format: 'gap' },
    { key: 'rate', label: 'Loss times t log t', symbol: 'L\\,t\\log t', format: 'ratio' },
    { key: 'rateLimit', label: 'Its limit at neural collapse', symbol: '\\tfrac12\\sqrt n(K-1)', format: 'ratio' },
    {
      key: 'curvature',
      label: 'Smallest tangent curvature',
      symbol: '\\kappa_{\\min}',
      format: 'ratio',
      help: 'Over the loss, per radian², at the last moment.',
    },
    {
      key: 'curvatureResidual',
      label: 'Its residual',
      format: 'gap',
      help: 'An eigenvalue lies within this distance.',
    },
    {
      key: 'saddleGrowth',
      label: 'Growth off the saddle',
      symbol: '\\sigma',
      format: 'ratio',
      absent: 'no saddle start',
      help: 'Exponential rate per unit of time at t = 0 (derived): √n for coinciding pairs.',
    },
    {
      key: 'saddleMultiplier',
      label: 'Growth of the norm there',
      symbol: '\\mu',
      format: 'ratio',
      absent: 'no saddle start',
    },
    { key: 'drift', label: 'Largest drift', format: 'gap', help: 'Of WᵀW − HHᵀ over ‖W‖² + ‖H‖², over all moments.' },
    {
      key: 'errorEstimate',
      label: 'Error estimate',
      format: 'gap',
      help: 'Largest relative difference of the state from that of an integration with a hundredth of the tolerance.',
    },
    { key: 'steps', label: 'Steps', format: 'count' },
    { key: 'refused', label: 'Refused steps', format: 'count' },
    { key: 'evaluations', label: 'Gradients', format: 'count' },
    {
      key: 'method',
      label: 'Method',
      format: 'text',
      help: 'Rosenbrock where the classes cannot all be separated (p = 1, K > 2): the flow is stiff there.',
    },
  ],
  tables: [
    {
      result: 'decades',
      title: 'By decades of time',
      columns: [
        { key: 'time', label: 'Time', symbol: 't', format: 'gap' },
        { key: 'loss', label: 'Loss', symbol: 'L', format: 'gap' },
        { key: 'marginRatio', label: 'Margin over bound', format: 'ratio' },
        { key: 'nc1Quot', label: 'Variability', format: 'gap' },
        { key: 'nc2EtfWCentred', label: 'Classifiers to ETF', format: 'gap' },
        { key: 'nc2EtfH', label: 'Class means to ETF', format: 'gap' },
        { key: 'nc3Dual', label: 'Dual', format: 'gap' },
      ],
    },
  ],
};
