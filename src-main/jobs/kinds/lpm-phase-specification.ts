/** Parameters, metrics and results of the phase diagram, declared; lpm-phase.ts computes it. */
import type { MetricSpecification, ResultSpecification } from '../../api/contract.ts';
import { phaseAxes, type PhaseAxisKey } from '../../lpm/phase/axes.ts';
import { phaseQuantities } from '../../lpm/phase/quantity.ts';
import type {
  ChoiceParameter,
  Condition,
  LogRangeParameter,
  ParameterSpecification,
} from '../../parameters/specification.ts';
import { minorityWeight } from './lpm-parameters.ts';

/** Values of one axis: the whole grid is part of the result document. */
export const LARGEST_SIDE = 400;

const axisChoices = Object.entries(phaseAxes).map(([value, { label }]) => ({ value, label }));

function axis(key: 'x' | 'y', usual: string): ChoiceParameter {
  const label = key === 'x' ? 'Horizontal axis' : 'Vertical axis';
  const help = `What runs along ${key}; what is on neither axis keeps the value given below.`;
  return { type: 'choice', key, flag: key, label, help, group: 'Axes', default: usual, choices: axisChoices };
}

function range(key: 'xs' | 'ys', usual: string): LogRangeParameter {
  return {
    type: 'log-range',
    key,
    flag: key,
    label: key === 'xs' ? 'Values across' : 'Values upwards',
    help: `FROM:TO:COUNT, spaced evenly in the logarithm (evenly for the share); whole numbers of classes, at most ${LARGEST_SIDE} values.`,
    group: 'Axes',
    default: usual,
  };
}

/** Where a number is on neither axis. */
function fixed(key: PhaseAxisKey): readonly Condition[] {
  const others = Object.keys(phaseAxes).filter((axisKey) => axisKey !== key);
  return [{ x: others, y: others }];
}

export const lpmPhaseParameters: readonly ParameterSpecification[] = [
  {
    type: 'choice',
    key: 'quantity',
    flag: 'quantity',
    label: 'Quantity',
    help: 'What the cells show.',
    group: 'Axes',
    default: 'classifierCosineMinority',
    choices: Object.entries(phaseQuantities).map(([value, { label }]) => ({ value, label })),
  },
  axis('x', 'ratio'),
  range('xs', '1:10000:100'),
  axis('y', 'budget'),
  range('ys', '0.5:50:100'),
  {
    type: 'number',
    key: 'ratio',
    flag: 'ratio',
    label: 'Imbalance ratio',
    symbol: 'R',
    help: 'Samples of a majority class over those of a minority class.',
    group: 'Elsewhere',
    when: fixed('ratio'),
    default: 10,
    exclusiveMin: 0,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'budget',
    flag: 'budget',
    label: 'Budget product',
    symbol: 'E_H E_W',
    help: 'Product of the bounds on the mean squared norms of features and classifiers.',
    group: 'Elsewhere',
    when: fixed('budget'),
    default: 5,
    exclusiveMin: 0,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'share',
    flag: 'share',
    label: 'Majority share',
    symbol: 'K_A/K',
    help: 'Part of the classes that are majority, rounded to whole classes.',
    group: 'Elsewhere',
    when: fixed('share'),
    default: 0.5,
    exclusiveMin: 0,
    max: 1,
  },
  { ...minorityWeight, group: 'Elsewhere', when: fixed('weight') },
  {
    type: 'integer',
    key: 'classes',
    flag: 'classes',
    label: 'Classes',
    symbol: 'K',
    help: 'Number of classes.',
    group: 'Elsewhere',
    when: fixed('classes'),
    default: 10,
    min: 2,
    max: 20_000,
    logarithmic: true,
  },
];

export const lpmPhaseMetrics: readonly MetricSpecification[] = [
  { key: 'cells', label: 'Cells', help: 'Optima solved.', format: 'count' },
  { key: 'missing', label: 'Cells without a value', help: 'Where the quantity does not exist.', format: 'count' },
  {
    key: 'worst_relative_gap',
    label: 'Worst relative gap',
    help: 'The largest duality gap over its loss among all cells.',
    format: 'gap',
  },
  { key: 'least', label: 'Least value', help: 'Of the quantity over all cells.', format: 'loss' },
  { key: 'greatest', label: 'Greatest value', help: 'Of the quantity over all cells.', format: 'loss' },
];

export const lpmPhaseResults: ResultSpecification = {
  fields: [
    { key: 'quantity', label: 'Quantity', format: 'text' },
    { key: 'cells', label: 'Cells', format: 'count' },
    { key: 'missing', label: 'Cells without a value', format: 'count' },
    { key: 'least', label: 'Least value', format: 'loss' },
    { key: 'greatest', label: 'Greatest value', format: 'loss' },
    { key: 'worstRelativeGap', label: 'Worst relative gap', format: 'gap' },
  ],
  grids: [{ result: 'grid', title: 'Phase diagram with R₀ and R₁' }],
};
