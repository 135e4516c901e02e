/** The controls of the gradient flow's tab. No computation. */
import type { ModelControl, NumberControl } from './model.ts';

const source = 'Ji, Lu, Zhang, Deng, Su, ICLR 2022';

const whole = (
  key: string,
  rest: Pick<NumberControl, 'name' | 'symbol' | 'definition' | 'default' | 'from' | 'to'>,
): NumberControl => ({
  type: 'number',
  key,
  source,
  whole: true,
  logarithmic: false,
  least: rest.from,
  most: rest.to,
  ...rest,
});

export const flowControls: readonly ModelControl[] = [
  {
    type: 'number',
    key: 't',
    name: 'Time',
    symbol: 't',
    definition: 'The moment shown: the nearest one recorded, five to a decade. Moving it computes nothing anew.',
    source,
    default: 1e12,
    from: 0.01,
    to: 1e12,
    least: 0.01,
    most: 1e12,
    whole: false,
    logarithmic: true,
  },
  whole('k', { name: 'Classes', symbol: 'K', definition: 'Number of classes.', default: 4, from: 2, to: 10 }),
  whole('n', {
    name: 'Samples per class',
    symbol: 'n',
    definition: 'Features of each class; all classes have the same number.',
    default: 3,
    from: 1,
    to: 5,
  }),
  whole('p', {
    name: 'Feature dimension',
    symbol: 'p',
    definition: 'Dimension of features and classifiers. Neural collapse needs at least K − 1.',
    default: 4,
    from: 2,
    to: 12,
  }),
  {
    type: 'choice',
    key: 'start',
    name: 'Start',
    symbol: 'x(0)',
    definition:
      'Random; balanced: centred random classifiers with features parallel to them, so that all that the flow conserves is zero; aligned with neural collapse; or, moved by 1e-6, at a saddle: classes that coincide in pairs, or a regular polygon in a plane.',
    source,
    default: 'random',
    choices: [
      { value: 'random', label: 'random' },
      { value: 'balanced', label: 'balanced' },
      { value: 'aligned', label: 'aligned' },
      { value: 'pairs', label: 'saddle: pairs' },
      { value: 'polygon', label: 'saddle: polygon' },
    ],
  },
  {
    type: 'number',
    key: 'scale',
    name: 'Initial scale',
    symbol: '\\|W(0)\\|_F/\\sqrt K',
    definition: 'Root mean square length of the classifiers at t = 0. A small one starts near the saddle at zero.',
    source,
    default: 1,
    from: 1e-3,
    to: 3,
    least: 1e-9,
    most: 3,
    whole: false,
    logarithmic: true,
  },
  whole('seed', {
    name: 'Seed',
    symbol: 's',
    definition: 'Seed of the random start or perturbation.',
    default: 1,
    from: 1,
    to: 100,
  }),
];
