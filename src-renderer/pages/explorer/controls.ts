/**
 * The seven controls of the Layer-Peeled Model as data: symbol, definition, formula, source, range, and the slider's scale.
 * One list feeds the sliders, the fields, the hover cards and the checks. No state here.
 */
import type { NumberControl } from '../../models/model.ts';
import type { Setting } from '../../workers/protocol.ts';

export type ControlKey = keyof Setting;

export interface Control extends NumberControl {
  readonly key: ControlKey;
}

const paper = 'Fang, He, Long, Su, PNAS 118(43), 2021';

const classCount = {
  type: 'number',
  from: 1,
  to: 50,
  least: 1,
  most: 100,
  whole: true,
  logarithmic: false,
  default: 5,
  source: paper,
} as const;

export const controls: readonly Control[] = [
  {
    ...classCount,
    key: 'ka',
    name: 'Majority classes',
    symbol: 'K_A',
    definition: 'Number of classes with many samples each.',
    formula: 'K = K_A + K_B',
  },
  {
    ...classCount,
    key: 'kb',
    name: 'Minority classes',
    symbol: 'K_B',
    definition: 'Number of classes with few samples each.',
    formula: 'K = K_A + K_B',
  },
  {
    type: 'number',
    key: 'r',
    name: 'Imbalance ratio',
    symbol: 'R',
    definition:
      'Samples of a majority class for each sample of a minority class. Minority Collapse holds from the first threshold on.',
    formula: 'R = n_A / n_B',
    source: paper,
    default: 10,
    from: 1,
    to: 1e4,
    least: 1,
    most: 1e4,
    whole: false,
    logarithmic: true,
    infinity: '∞',
  },
  {
    type: 'number',
    key: 'wr',
    name: 'Minority weight',
    symbol: 'w_r',
    definition:
      'Loss weight, or oversampling rate, of each minority sample. It divides the imbalance ratio everywhere.',
    formula: 'R \\mapsto R / w_r',
    source: paper,
    default: 1,
    from: 1,
    to: 1e4,
    least: 1e-4,
    most: 1e6,
    whole: false,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'eh',
    name: 'Feature budget',
    symbol: 'E_H',
    definition:
      'Bound on the mean squared norm of the class-mean features. The geometry depends on the product of both budgets alone.',
    formula: '\\tfrac1K \\sum_k \\tfrac1{n_k} \\sum_i \\|h_{k,i}\\|^2 \\le E_H',
    source: paper,
    default: 5,
    from: 0.1,
    to: 100,
    least: 1e-3,
    most: 1e3,
    whole: false,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'ew',
    name: 'Classifier budget',
    symbol: 'E_W',
    definition:
      'Bound on the mean squared norm of the classifiers. The geometry depends on the product of both budgets alone.',
    formula: '\\tfrac1K \\sum_k \\|w_k\\|^2 \\le E_W',
    source: paper,
    default: 1,
    from: 0.1,
    to: 100,
    least: 1e-3,
    most: 1e3,
    whole: false,
    logarithmic: true,
  },
  {
    type: 'number',
    key: 'p',
    name: 'Feature dimension',
    symbol: 'p',
    definition:
      'Dimension of features and classifiers. From the rank of the optimum on it makes no difference (auto); below, the problem is not convex and the answer is a local optimum beside a proven lower bound.',
    formula: 'h_k, w_k \\in \\mathbb{R}^p',
    source: paper,
    default: Infinity,
    from: 1,
    to: 100,
    least: 1,
    most: 1e5,
    whole: true,
    logarithmic: false,
    infinity: 'auto',
  },
];

export const defaultSetting = Object.fromEntries(
  controls.map((control) => [control.key, control.default]),
) as unknown as Setting;

export function controlOf(key: ControlKey): Control {
  return controls.find((control) => control.key === key)!;
}
