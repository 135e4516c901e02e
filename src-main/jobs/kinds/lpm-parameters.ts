/** Parameters that the Layer-Peeled kinds share, declared once. */
import type { CountsParameter, NumberParameter, NumbersParameter } from '../../parameters/specification.ts';

const FANG = 'Fang, He, Long, Su 2021';

export const classCounts: CountsParameter = {
  type: 'counts',
  key: 'counts',
  flag: 'counts',
  label: 'Class counts',
  symbol: 'n_k',
  help: 'Samples per class as SAMPLESxCLASSES groups: 1000x5,10x5 is five classes of 1000 samples and five of 10.',
  group: 'Classes',
  default: '1000x5,10x5',
};

export const lossWeights: NumbersParameter = {
  type: 'numbers',
  key: 'weights',
  flag: 'weights',
  label: 'Loss weights',
  symbol: 'w_g',
  help: 'One weight per group of counts (loss weight or oversampling rate); empty for all 1.',
  source: `${FANG}, oversampling`,
  group: 'Classes',
  default: '',
  min: 0,
};

export const featureBudget: NumberParameter = {
  type: 'number',
  key: 'eh',
  flag: 'eh',
  label: 'Feature budget',
  symbol: 'E_H',
  help: 'Upper bound on the mean squared norm of the last-layer features.',
  source: `${FANG}, eq. (5)`,
  group: 'Budgets',
  default: 5,
  exclusiveMin: 0,
  logarithmic: true,
};

export const classifierBudget: NumberParameter = {
  type: 'number',
  key: 'ew',
  flag: 'ew',
  label: 'Classifier budget',
  symbol: 'E_W',
  help: 'Upper bound on the mean squared norm of the classifiers. The geometry depends on the product of the budgets only.',
  source: `${FANG}, eq. (5)`,
  group: 'Budgets',
  default: 1,
  exclusiveMin: 0,
  logarithmic: true,
};

export const majorityClasses: NumberParameter = {
  type: 'integer',
  key: 'ka',
  flag: 'ka',
  label: 'Majority classes',
  symbol: 'K_A',
  help: 'Number of classes with many samples.',
  source: FANG,
  group: 'Classes',
  default: 5,
  min: 1,
  max: 10_000,
};

export const minorityClasses: NumberParameter = {
  type: 'integer',
  key: 'kb',
  flag: 'kb',
  label: 'Minority classes',
  symbol: 'K_B',
  help: 'Number of classes with few samples.',
  source: FANG,
  group: 'Classes',
  default: 5,
  min: 1,
  max: 10_000,
};

export const minorityWeight: NumberParameter = {
  type: 'number',
  key: 'weight',
  flag: 'weight',
  label: 'Minority weight',
  symbol: 'w_r',
  help: 'Loss weight, or oversampling rate, of every minority sample; it turns the ratio R into R/w_r.',
  source: `${FANG}, oversampling`,
  group: 'Classes',
  default: 1,
  exclusiveMin: 0,
  logarithmic: true,
};
