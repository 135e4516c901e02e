/** Parameters that the ridge and frame kinds share, declared once, and how values become a ridge problem. */
import type { Normalisation, RidgeLoss, RidgeProblem } from '../../models/ridge/types.ts';
import { validateRidge } from '../../models/ridge/validate.ts';
import { parseCounts, type CountGroup } from '../../parameters/counts.ts';
import {
  InvalidInput,
  type BooleanParameter,
  type ChoiceParameter,
  type CountsParameter,
  type NumberParameter,
  type ParameterValues,
} from '../../parameters/specification.ts';

const HONG = 'Hong, Ling 2023 (arXiv 2309.09725)';

export const classCounts: CountsParameter = {
  type: 'counts',
  key: 'counts',
  flag: 'counts',
  label: 'Class counts',
  symbol: 'n_k',
  help: 'Samples per class as SAMPLESxCLASSES groups: 1000x5,10x5 is five classes of 1000 samples and five of 10.',
  group: 'Classes',
  default: '1000x5,100x5',
};

export const classifierDecay: NumberParameter = {
  type: 'number',
  key: 'lw',
  flag: 'lw',
  label: 'Classifier decay',
  symbol: '\\lambda_W',
  help: 'Half of it times the squared norm of all classifiers is added to the loss.',
  source: HONG,
  group: 'Decay',
  default: 5e-4,
  exclusiveMin: 0,
  logarithmic: true,
};

export const featureDecay: NumberParameter = {
  type: 'number',
  key: 'lh',
  flag: 'lh',
  label: 'Feature decay',
  symbol: '\\lambda_H',
  help: 'Half of it times the squared norm of the features is added to the loss; which norm is the normalisation’s matter.',
  source: HONG,
  group: 'Decay',
  default: 5e-4,
  exclusiveMin: 0,
  logarithmic: true,
};

export const normalisation: ChoiceParameter = {
  type: 'choice',
  key: 'normalisation',
  flag: 'normalisation',
  label: 'Features weighed',
  help: 'Per sample: λ_H meets Σ‖h_{k,i}‖² over all samples, as weight decay does. Per class: it meets Σ_k (1/n_k) Σ_i ‖h_{k,i}‖², which is the Lagrangian of the Layer-Peeled Model.',
  group: 'Decay',
  default: 'sample',
  choices: [
    { value: 'sample', label: 'per sample' },
    { value: 'class', label: 'per class' },
  ],
};

export const freeBias: BooleanParameter = {
  type: 'boolean',
  key: 'bias',
  flag: 'bias',
  label: 'Bias without decay',
  symbol: 'b',
  help: 'Adds a free bias to the logits.',
  group: 'Model',
  default: false,
};

export const ridgeLoss: ChoiceParameter = {
  type: 'choice',
  key: 'loss',
  flag: 'loss',
  label: 'Loss',
  help: 'Cross-entropy in nats, or half the squared distance to the one-hot label.',
  group: 'Model',
  default: 'cross-entropy',
  choices: [
    { value: 'cross-entropy', label: 'cross-entropy' },
    { value: 'squared', label: 'squared' },
  ],
};

/** @throws InvalidInput naming counts. */
export function countsFromValues(values: ParameterValues): readonly CountGroup[] {
  const counts = parseCounts(String(values['counts']));
  if ('message' in counts)
    throw new InvalidInput([{ field: 'counts', value: values['counts'], message: counts.message }]);
  return counts.value;
}

/** @throws InvalidInput naming counts, lw, lh or normalisation. */
export function ridgeFromValues(values: ParameterValues): RidgeProblem {
  return validateRidge({
    groups: countsFromValues(values),
    classifierDecay: Number(values['lw']),
    featureDecay: Number(values['lh']),
    loss: values['loss'] as RidgeLoss,
    bias: values['bias'] === true,
    normalisation: values['normalisation'] as Normalisation,
  });
}
