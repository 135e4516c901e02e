/** Parameters that the kinds of low-rank heads share, and how their values become a problem. */
import type { DecayOn } from '../../models/low-rank/decay.ts';
import { parseCounts } from '../../parameters/counts.ts';
import {
  InvalidInput,
  type ChoiceParameter,
  type CountsParameter,
  type FieldIssue,
  type NumberParameter,
  type ParameterValues,
} from '../../parameters/specification.ts';

/** Sweeps solve a problem in K×r unknowns from a dozen starts for every r. */
const LARGEST_CLASS_COUNT = 32;

export const classCounts: CountsParameter = {
  type: 'counts',
  key: 'counts',
  flag: 'counts',
  label: 'Class counts',
  symbol: 'n_k',
  help: `Samples per class as SAMPLESxCLASSES groups: 10x4 is four classes of ten samples; at most ${LARGEST_CLASS_COUNT} classes.`,
  group: 'Classes',
  default: '10x6',
};

export const lossParameter: ChoiceParameter = {
  type: 'choice',
  key: 'loss',
  flag: 'loss',
  label: 'Loss',
  help: 'Cross-entropy, or half the squared distance of the logits to the class’s unit vector.',
  group: 'Problem',
  default: 'cross-entropy',
  choices: [
    { value: 'cross-entropy', label: 'Cross-entropy' },
    { value: 'mse', label: 'Squared error' },
  ],
};

export const classifierDecay: NumberParameter = {
  type: 'number',
  key: 'lw',
  flag: 'lw',
  label: 'Classifier decay',
  symbol: '\\lambda_W',
  help: 'Decay (λ_W/2)‖W‖_F², or (λ_W/2)(‖U‖_F² + ‖V‖_F²) where it is on the factors.',
  group: 'Decay',
  default: 5e-3,
  exclusiveMin: 0,
  logarithmic: true,
};

export const featureDecay: NumberParameter = {
  type: 'number',
  key: 'lh',
  flag: 'lh',
  label: 'Feature decay',
  symbol: '\\lambda_H',
  help: 'Decay (λ_H/2) Σ ‖h_{k,i}‖² over the features of all samples.',
  group: 'Decay',
  default: 5e-3,
  exclusiveMin: 0,
  logarithmic: true,
};

export const dimension: NumberParameter = {
  type: 'integer',
  key: 'p',
  flag: 'p',
  label: 'Feature dimension',
  symbol: 'p',
  help: 'Columns of W: with U (K×r) and V (p×r) the head has r(K + p) parameters instead of K p.',
  group: 'Head',
  default: 512,
  min: 1,
  max: 65536,
};

export const rankParameter: NumberParameter = {
  type: 'integer',
  key: 'rank',
  flag: 'rank',
  label: 'Rank',
  symbol: 'r',
  help: 'Rank of the factorised classifier W = U Vᵀ; below K − 1 no simplex ETF fits.',
  source: 'Kamalakara et al. 2022 (arXiv 2209.13569)',
  group: 'Head',
  default: 2,
  min: 1,
};

/** n_k, one per class. @throws InvalidInput naming counts */
export function countsFromValues(values: ParameterValues): readonly number[] {
  const refuse = (message: string): never => {
    throw new InvalidInput([{ field: 'counts', value: values['counts'], message }]);
  };
  const parsed = parseCounts(String(values['counts']));
  if ('message' in parsed) return refuse(parsed.message);
  const K = parsed.value.reduce((sum, { classes }) => sum + classes, 0);
  if (K < 2 || K > LARGEST_CLASS_COUNT) refuse(`2 to ${LARGEST_CLASS_COUNT} classes are needed, got ${K}`);
  if (parsed.value.some(({ samples }) => samples < 1)) refuse('every class needs at least 1 sample here');
  return parsed.value.flatMap(({ samples, classes }) => new Array<number>(classes).fill(samples));
}

/** What is wrong with the rank, for K classes in p dimensions. */
export function rankIssues(values: ParameterValues, K: number): FieldIssue[] {
  const [r, p] = [Number(values['rank']), Number(values['p'])];
  if (r <= Math.min(K, p)) return [];
  const message = `the rank of a ${K}×${p} classifier is at most ${Math.min(K, p)}, got ${r}`;
  return [{ field: 'rank', value: r, message }];
}

export const decayOnChoices: readonly { readonly value: DecayOn; readonly label: string }[] = [
  { value: 'product', label: 'Decay on the product U Vᵀ' },
  { value: 'factors', label: 'Decay on the factors U and V' },
];
