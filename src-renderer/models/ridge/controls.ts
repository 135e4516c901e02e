/** Controls of the ridge tab; those of the classes serve the frames tab, too. */
import type { ChoiceControl, ModelControl, NumberControl } from '../model.ts';

const HONG = 'Hong, Ling 2023 (arXiv 2309.09725)';
/** A heat-map of more classes shows nothing more. */
const MOST_CLASSES = 50;

const whole = { type: 'number', whole: true, logarithmic: false } as const;
const logarithmic = { type: 'number', whole: false, logarithmic: true } as const;

export const ratioControl: NumberControl = {
  ...logarithmic,
  key: 'ratio',
  name: 'Imbalance ratio',
  symbol: 'R',
  definition: 'Samples of a majority class over those of a minority class.',
  formula: 'R = n_A/n_B',
  default: 10,
  from: 1,
  to: 1000,
  least: 1,
  most: 1e6,
};

const classesControl = (key: 'ka' | 'kb', name: string, symbol: string): NumberControl => ({
  ...whole,
  key,
  name,
  symbol,
  definition: `Number of ${name.toLowerCase()}.`,
  default: 5,
  from: 1,
  to: 20,
  least: 1,
  most: MOST_CLASSES,
});

export const majorityControl = classesControl('ka', 'Majority classes', 'K_A');
export const minorityControl = classesControl('kb', 'Minority classes', 'K_B');

const decayControl = (key: 'lw' | 'lh', name: string, symbol: string, definition: string): NumberControl => ({
  ...logarithmic,
  key,
  name,
  symbol,
  definition,
  source: HONG,
  default: 1e-3,
  from: 1e-6,
  to: 0.1,
  least: 1e-100,
  most: 100,
});

const choice = (
  key: string,
  name: string,
  symbol: string,
  definition: string,
  choices: ChoiceControl['choices'],
): ChoiceControl => ({ type: 'choice', key, name, symbol, definition, default: choices[0]!.value, choices });

export const ridgeControls: readonly ModelControl[] = [
  ratioControl,
  majorityControl,
  minorityControl,
  {
    ...whole,
    logarithmic: true,
    key: 'samples',
    name: 'Majority samples',
    symbol: 'n_A',
    definition: 'Samples of each majority class; n_B = n_A/R is rounded to a whole number, at least 1.',
    default: 500,
    from: 1,
    to: 10_000,
    least: 1,
    most: 1e7,
  },
  decayControl('lw', 'Classifier decay', '\\lambda_W', 'Weight of half the squared norm of the classifiers.'),
  decayControl('lh', 'Feature decay', '\\lambda_H', 'Weight of half the squared norm of the features.'),
  choice('loss', 'Loss', '\\mathcal L', 'Cross-entropy in nats, or half the squared distance to the label.', [
    { value: 'cross-entropy', label: 'cross-entropy' },
    { value: 'squared', label: 'squared' },
  ]),
  choice('bias', 'Bias', 'b', 'A bias of the logits without decay.', [
    { value: 'no', label: 'without' },
    { value: 'yes', label: 'with' },
  ]),
  choice(
    'normalisation',
    'Features weighed',
    'D',
    'Per sample as weight decay does, or each class alike as the Layer-Peeled Model does.',
    [
      { value: 'sample', label: 'per sample' },
      { value: 'class', label: 'per class' },
    ],
  ),
];
