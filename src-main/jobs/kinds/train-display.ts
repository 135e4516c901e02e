/** How a run of the kind `train` is drawn and read: measured curves, and theory dashed beside them. Words and roles only. */
import type { ChartedPrediction, ChartSpecification, ResultSpecification, SeriesRole } from '../../api/contract.ts';
import { charts as collapseCharts, results as collapseResults } from './nc-measure-display.ts';
import { trainMetrics } from './train-metrics.ts';

const x = { label: 'Epoch', logarithmic: true };
const line = (metric: string, label: string, role: SeriesRole) => ({ metric, label, role });

/** The dash of each model; its metrics say what they predict. */
const DASHES: Readonly<Record<string, ChartedPrediction['dash']>> = { LPM: 'dashed', ridge: 'dotted' };

/** Beside each line what predicts it, in its role. */
function withPredictions(chart: ChartSpecification): ChartSpecification {
  const predictions = chart.series.flatMap(({ metric: of, label, role }) =>
    trainMetrics.flatMap(({ key, predicts }) => {
      if (predicts?.metric !== of) return [];
      const { model } = predicts;
      return [{ ...line(key, `${label}, ${model}`, role), prediction: { of, model, dash: DASHES[model]! } }];
    }),
  );
  return { ...chart, series: [...chart.series, ...predictions] };
}

const own: readonly ChartSpecification[] = [
  {
    id: 'loss',
    title: 'Loss',
    x,
    y: { label: 'Mean loss', logarithmic: true },
    series: [line('train_loss', 'training', 'neutral'), line('test_loss', 'test', 'between')],
  },
  {
    id: 'accuracy',
    title: 'Accuracy',
    x,
    y: { label: 'Share of samples', logarithmic: false, max: 1 },
    series: [
      line('train_accuracy', 'training', 'neutral'),
      line('test_accuracy', 'test', 'between'),
      line('test_accuracy_majority', 'test, majority', 'majority'),
      line('test_accuracy_minority', 'test, minority', 'minority'),
    ],
  },
];

const later: readonly ChartSpecification[] = [
  {
    id: 'distance',
    title: 'Distance to the geometries of theory',
    x,
    y: { label: '‖G/‖G‖ − P/‖P‖‖_F', logarithmic: true },
    series: [
      line('nc2_lpm_w', 'classifiers, LPM', 'majority'),
      line('nc2_lpm_h', 'class means, LPM', 'minority'),
      line('nc2_seli_w', 'classifiers, SELI', 'theory'),
      line('nc2_seli_h', 'class means, SELI', 'reference'),
      line('ridge_frame_w', 'classifiers, ridge', 'neutral'),
      line('ridge_frame_h', 'class means, ridge', 'between'),
    ],
  },
  {
    id: 'norms',
    title: 'Norms of the classifiers',
    x,
    y: { label: 'Mean ‖w_k‖', logarithmic: false, min: 0 },
    series: [
      line('norm_w_all', 'all classes', 'neutral'),
      line('norm_w_majority', 'majority', 'majority'),
      line('norm_w_minority', 'minority', 'minority'),
    ],
  },
  {
    id: 'mean-norms',
    title: 'Norms of the centred class means',
    x,
    y: { label: 'Mean ‖μ_k − μ_G‖', logarithmic: false, min: 0 },
    series: [
      line('norm_h_all', 'all classes', 'neutral'),
      line('norm_h_majority', 'majority', 'majority'),
      line('norm_h_minority', 'minority', 'minority'),
    ],
  },
  {
    id: 'speed',
    title: 'Speed of training',
    x,
    y: { label: 'Steps per second', logarithmic: false, min: 0 },
    series: [line('steps_per_second', 'steps', 'neutral')],
  },
];

const hasEpochs = ({ id }: ChartSpecification): boolean => id !== 'spectrum';
const collapse = collapseCharts.map((chart) => (hasEpochs(chart) ? { ...chart, x } : chart));
/** Where the network was factorised. */
const verticals = [{ result: 'switch', label: 'factorised' }];
const isCosines = ({ id }: ChartSpecification): boolean => id.startsWith('cosines');
const cosines = collapse.filter(isCosines).map((chart) => ({ ...chart, title: `${chart.title}, beside theory` }));

export const trainCharts: readonly ChartSpecification[] = [
  ...own,
  ...cosines,
  ...collapse.filter((chart) => !isCosines(chart)),
  ...later,
].map((chart) => withPredictions(hasEpochs(chart) ? { ...chart, verticals } : chart));

export const trainResults: ResultSpecification = {
  fields: [
    { key: 'verdict.outcome', label: 'Verdict', format: 'text' },
    { key: 'verdict.text', label: 'In words', format: 'text' },
    { key: 'samples', label: 'Training samples', symbol: 'N', format: 'count' },
    { key: 'dimension', label: 'Features', symbol: 'p', format: 'count' },
    { key: 'options.classes', label: 'Classes', symbol: 'K', format: 'count' },
    { key: 'parameterCount', label: 'Parameters', format: 'count' },
    { key: 'lastEpoch', label: 'Epochs', format: 'count' },
    { key: 'prediction.featureBudget', label: 'Feature budget', symbol: 'E_H', format: 'loss' },
    { key: 'prediction.classifierBudget', label: 'Classifier budget', symbol: 'E_W', format: 'loss' },
    { key: 'prediction.r0', label: 'Collapse threshold', symbol: 'R_0', format: 'ratio', absent: 'never' },
    { key: 'prediction.r1', label: 'Vanishing threshold', symbol: 'R_1', format: 'ratio', absent: 'never' },
    { key: 'measuringShare', label: 'Share of time spent measuring', help: 'Over all of the time.', format: 'ratio' },
    { key: 'backend', label: 'Backend', format: 'text' },
    { key: 'data', label: 'Data', format: 'text' },
  ],
  tables: [
    {
      result: 'verdict.checks',
      title: 'What the verdict rests on',
      columns: [
        { key: 'label', label: 'Quantity', format: 'text' },
        { key: 'value', label: 'Value', format: 'loss' },
        { key: 'threshold', label: 'At most', format: 'loss' },
        { key: 'met', label: 'Met', format: 'flag' },
      ],
    },
    ...(collapseResults.tables ?? []),
  ],
  ...(collapseResults.matrices && { matrices: collapseResults.matrices }),
};
