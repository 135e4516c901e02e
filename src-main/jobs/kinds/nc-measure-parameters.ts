/** Parameters of the kind nc-measure and of `peel nc`, and what of them the metrics need. */
import type { MeasureOptions } from '../../collapse/types.ts';
import { parseNumbers } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterSpecification, type ParameterValues } from '../../parameters/specification.ts';

const PAPYAN = 'Papyan, Han, Donoho 2020';

export const measureParameters: readonly ParameterSpecification[] = [
  {
    type: 'choice',
    key: 'centre',
    flag: 'centre',
    label: 'Centre of the class means',
    symbol: '\\mu_G',
    help: 'The mean of the class means, or of all samples; they differ where classes are imbalanced.',
    source: PAPYAN,
    group: 'Definitions',
    default: 'classes',
    choices: [
      { value: 'classes', label: 'mean of class means' },
      { value: 'samples', label: 'mean of samples' },
    ],
  },
  {
    type: 'choice',
    key: 'pooling',
    flag: 'pooling',
    label: 'Within-class covariance',
    symbol: '\\Sigma_W',
    help: 'Every sample counts the same, or every class does.',
    source: PAPYAN,
    group: 'Definitions',
    default: 'samples',
    choices: [
      { value: 'samples', label: 'pooled over samples' },
      { value: 'classes', label: 'averaged over classes' },
    ],
  },
  {
    type: 'boolean',
    key: 'covariance',
    flag: 'covariance',
    label: 'Form the d×d covariance',
    help: 'Needed by the variability collapse index alone; costs N·d² operations and 8·d² bytes.',
    group: 'Definitions',
    default: false,
  },
  {
    type: 'numbers',
    key: 'majority',
    flag: 'majority',
    label: 'Majority classes',
    help: 'Their labels, such as 0,1,2; empty: those with the largest count, where there are exactly two distinct counts.',
    group: 'Classes',
    default: '',
    min: 0,
  },
  {
    type: 'numbers',
    key: 'weights',
    flag: 'class-weights',
    label: 'Class weights',
    symbol: 'w_k',
    help: 'What a sample of each class counted in the loss, one number per class, for the distance to the LPM optimum; empty: all alike.',
    group: 'Training',
    default: '',
    min: 0,
  },
  {
    type: 'number',
    key: 'lw',
    flag: 'lw',
    label: 'Decay of the classifiers',
    symbol: '\\lambda_W',
    help: 'Of a squared loss with decay, for the distance to the general orthogonal frame; empty: not known.',
    source: 'Dang et al. 2023',
    group: 'Training',
    default: null,
    exclusiveMin: 0,
  },
  {
    type: 'number',
    key: 'lh',
    flag: 'lh',
    label: 'Decay of the features',
    symbol: '\\lambda_H',
    help: 'The same for the features; both or none.',
    source: 'Dang et al. 2023',
    group: 'Training',
    default: null,
    exclusiveMin: 0,
  },
  {
    type: 'integer',
    key: 'classes',
    flag: 'classes',
    label: 'Number of classes',
    symbol: 'K',
    help: 'Empty: the rows of weights, or the largest label + 1.',
    group: 'Classes',
    default: null,
    min: 1,
    max: 100_000,
  },
];

export function classesOf(values: ParameterValues): number | null {
  return typeof values['classes'] === 'number' ? values['classes'] : null;
}

/** @throws InvalidInput naming majority or weights */
export function measureOptions(values: ParameterValues, K: number): MeasureOptions {
  const majority = list(values, 'majority');
  const wrong = majority.find((label) => !Number.isInteger(label) || label >= K);
  if (wrong !== undefined)
    throw refusal(values, 'majority', `${wrong} is no label; labels are whole numbers from 0 to ${K - 1}`);
  const weights = list(values, 'weights');
  if (weights.length > 0 && weights.length !== K)
    throw refusal(values, 'weights', `has ${weights.length} numbers for ${K} classes`);
  return {
    classes: K,
    centre: values['centre'] === 'samples' ? 'samples' : 'classes',
    pooling: values['pooling'] === 'classes' ? 'classes' : 'samples',
    majority: majority.length === 0 ? null : majority,
    weights: weights.length === 0 ? null : weights,
    decays: decaysOf(values),
    covariance: values['covariance'] === true,
  };
}

/** @throws InvalidInput naming the one that is missing */
export function decaysOf(values: ParameterValues): MeasureOptions['decays'] {
  const [classifier, feature] = [values['lw'], values['lh']];
  if (typeof classifier === 'number' && typeof feature === 'number') return { classifier, feature };
  if (typeof classifier !== typeof feature) {
    const field = typeof classifier === 'number' ? 'lh' : 'lw';
    throw new InvalidInput([{ field, value: null, message: 'is required where the other decay is given' }]);
  }
  return null;
}

function list(values: ParameterValues, field: string): readonly number[] {
  const parsed = parseNumbers(String(values[field]));
  if ('message' in parsed) throw refusal(values, field, parsed.message);
  return parsed.value;
}

function refusal(values: ParameterValues, field: string, message: string): InvalidInput {
  return new InvalidInput([{ field, value: values[field], message }]);
}
