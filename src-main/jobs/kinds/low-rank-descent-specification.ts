/** Parameters, metrics, charts and results of the descent on factorised heads, declared; low-rank-descent.ts computes it. */
import type { ChartSpecification, MetricSpecification, ResultSpecification } from '../../api/contract.ts';
import type { ParameterSpecification } from '../../parameters/specification.ts';
import {
  classCounts,
  classifierDecay,
  decayOnChoices,
  dimension,
  featureDecay,
  lossParameter,
  rankParameter,
} from './low-rank-parameters.ts';

const KAMALAKARA = 'Kamalakara et al. 2022 (arXiv 2209.13569)';

/** The ways to train that one run compares, each with its suffix in metric keys. */
export const schedules = [
  { key: 'plain', label: 'plain', role: 'majority' },
  { key: 'spectral', label: 'spectral', role: 'minority' },
  { key: 'ones', label: 'spectral ones', role: 'between' },
  { key: 'dense', label: 'dense first', role: 'neutral' },
] as const;

export type ScheduleKey = (typeof schedules)[number]['key'];

export const descentParameters: readonly ParameterSpecification[] = [
  { ...classCounts, default: '10x4' },
  lossParameter,
  {
    type: 'choice',
    key: 'decay',
    flag: 'decay',
    label: 'Decay acts on',
    help: 'On the factors it is a nuclear-norm penalty on W and balances them; on the product it is plain weight decay of W.',
    source: KAMALAKARA,
    group: 'Decay',
    default: 'factors',
    choices: decayOnChoices,
  },
  classifierDecay,
  featureDecay,
  rankParameter,
  { ...dimension, default: 8, max: 1024, help: 'Columns of W and length of the features.' },
  {
    type: 'number',
    key: 'deviation',
    flag: 'deviation',
    label: 'Initial deviation',
    symbol: '\\sigma_0',
    help: 'Standard deviation of the entries of W and of the features before training.',
    group: 'Training',
    default: 0.3,
    exclusiveMin: 0,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'lr',
    flag: 'lr',
    label: 'Learning rate',
    symbol: '\\eta',
    help: 'Constant step of full-batch gradient descent on U, V and the features of all samples.',
    group: 'Training',
    default: 2,
    exclusiveMin: 0,
    logarithmic: true,
  },
  {
    type: 'integer',
    key: 'epochs',
    flag: 'epochs',
    label: 'Epochs',
    help: 'Gradient steps in all.',
    group: 'Training',
    default: 4000,
    min: 1,
    max: 1_000_000,
    logarithmic: true,
  },
  {
    type: 'integer',
    key: 'switch',
    flag: 'switch',
    label: 'Dense until epoch',
    symbol: 'T_s',
    help: 'The fourth curve trains a dense W, under plain decay of W, until then and factorises it by its truncated decomposition; 0 leaves it out.',
    source: KAMALAKARA,
    group: 'Training',
    default: 200,
    min: 0,
  },
];

/** One quantity of every schedule. */
const quantities = [
  { key: 'objective', label: 'Objective', help: 'Loss and decay.', format: 'loss' },
  { key: 'loss', label: 'Loss', help: 'Without decay.', format: 'loss' },
  { key: 'etf', label: 'Distance to the ETF', help: '‖WWᵀ/‖WWᵀ‖_F − (I − J/K)/√(K−1)‖_F.', format: 'ratio' },
  { key: 'stable', label: 'Stable rank', help: '‖W‖_F²/σ₁².', format: 'ratio' },
  { key: 'nuclear', label: 'Nuclear rank', help: '(‖W‖_*/‖W‖_F)².', format: 'ratio' },
  { key: 'entropy', label: 'Entropy rank', help: 'exp of the entropy of σ/Σσ.', format: 'ratio' },
  {
    key: 'imbalance',
    label: 'Imbalance of the factors',
    help: '‖UᵀU − VᵀV‖_F over ‖UᵀU‖_F + ‖VᵀV‖_F; decay on the factors drives it to 0.',
    format: 'gap',
  },
] as const;

export type QuantityKey = (typeof quantities)[number]['key'];
export const metricKey = (quantity: QuantityKey, schedule: ScheduleKey): string => `${quantity}_${schedule}`;

export const descentMetrics: readonly MetricSpecification[] = [
  ...quantities.flatMap(({ key, label, help, format }) =>
    schedules.map((schedule) => ({
      key: metricKey(key, schedule.key),
      label: `${label}, ${schedule.label}`,
      help,
      format,
    })),
  ),
  {
    key: 'optimum',
    label: 'Best of rank r',
    help: 'Objective of the best head of rank r that is known: exact for squared error, otherwise as the result says.',
    format: 'loss',
  },
  {
    key: 'lower_bound',
    label: 'Lower bound',
    help: 'Proven for every rank at once.',
    format: 'loss',
  },
];

function chart(quantity: QuantityKey, title: string, label: string, logarithmic = false): ChartSpecification {
  return {
    id: quantity,
    title,
    x: { label: 'Epoch (from 1)', logarithmic: true },
    y: { label, logarithmic },
    series: [
      ...schedules.map(({ key, label: name, role }) => ({ metric: metricKey(quantity, key), label: name, role })),
      ...(quantity === 'objective'
        ? ([
            { metric: 'optimum', label: 'best of rank r', role: 'theory' },
            { metric: 'lower_bound', label: 'proven bound', role: 'reference' },
          ] as const)
        : []),
    ],
    verticals: [{ result: 'switch', label: 'factorised' }],
  };
}

export const descentCharts: readonly ChartSpecification[] = [
  chart('objective', 'Objective along training', 'Loss and decay', true),
  chart('etf', 'Distance to the simplex ETF', 'Distance of Gram matrices'),
  chart('nuclear', 'Nuclear rank of W', '(‖W‖_*/‖W‖_F)²'),
  chart('entropy', 'Entropy rank of W', 'exp H(σ/Σσ)'),
  chart('stable', 'Stable rank of W', '‖W‖_F²/σ₁²'),
  chart('imbalance', 'Imbalance of the factors', '‖UᵀU − VᵀV‖_F, relative', true),
];

export const descentResults: ResultSpecification = {
  fields: [
    {
      key: 'optimum',
      label: 'Best of rank r',
      format: 'loss',
      help: 'Objective of the best head of rank r that is known.',
    },
    { key: 'optimumBasis', label: 'Rests on', format: 'text' },
    { key: 'lowerBound', label: 'Lower bound', format: 'loss', help: 'Proven, for every rank at once.' },
    {
      key: 'excess',
      label: 'Farthest end above it',
      format: 'gap',
      help: 'Largest final objective less the best of rank r.',
    },
  ],
  tables: [
    {
      result: 'schedules',
      title: 'At the end',
      columns: [
        { key: 'name', label: 'Training', format: 'text' },
        { key: 'status', label: 'Status', format: 'text' },
        { key: 'epoch', label: 'Epoch', format: 'count' },
        { key: 'objective', label: 'Objective', format: 'loss' },
        { key: 'excess', label: 'Above the best of rank r', format: 'gap' },
        { key: 'gradientNorm', label: 'Gradient norm', format: 'gap' },
        { key: 'etfDistance', label: 'ETF distance', format: 'ratio' },
        { key: 'stable', label: 'Stable rank', format: 'ratio' },
        { key: 'nuclear', label: 'Nuclear rank', format: 'ratio' },
        { key: 'entropy', label: 'Entropy rank', format: 'ratio' },
        { key: 'imbalance', label: 'Imbalance', format: 'gap' },
      ],
    },
  ],
};
