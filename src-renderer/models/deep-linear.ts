/** Deep linear networks with squared loss: class lengths, thresholds and the scalar problem behind them, in closed form. */
import { solveSquaredLoss } from '../../src-main/models/deep-linear/closed-form.ts';
import type { DeepLinearProblem } from '../../src-main/models/deep-linear/types.ts';
import { validateDeepLinear } from '../../src-main/models/deep-linear/validate.ts';
import { parseCounts } from '../../src-main/parameters/counts.ts';
import { figures, notices } from './deep-linear/head.ts';
import { classTable, countChart, heatMaps, lengthChart, ratioChart, scalarChart } from './deep-linear/panels.ts';
import type { ChoiceControl, ExplorerModel, ModelSetting, ModelView, NumberControl, TextControl } from './model.ts';

const paper = 'Dang, Tran, Osher, Tran-The, Ho, Nguyen, ICML 2023';
/** More classes would not fit into a frame's time, nor on the screen. */
const MOST_CLASSES = 60;

function checkCounts(text: string): string | null {
  const parsed = parseCounts(text);
  if ('message' in parsed) return parsed.message;
  const K = parsed.value.reduce((sum, group) => sum + group.classes, 0);
  if (parsed.value.some(({ samples }) => samples === 0)) return 'every class needs at least 1 sample; leave it out';
  return K < 2 || K > MOST_CLASSES ? `this tab takes 2 to ${MOST_CLASSES} classes, got ${K}` : null;
}

const countsControl: TextControl = {
  type: 'text',
  key: 'counts',
  name: 'Class counts',
  symbol: 'n_k',
  definition: 'Samples per class as SAMPLESxCLASSES groups: 200,100,50x2 is four classes.',
  source: paper,
  default: '200,100,50x2',
  check: checkCounts,
};

const decayControl = (key: 'decay' | 'featureDecay', name: string, symbol: string, of: string): NumberControl => ({
  type: 'number',
  key,
  name,
  symbol,
  definition: `Weight of half the squared norm of ${of}.`,
  source: paper,
  default: 5e-4,
  from: 1e-5,
  to: 1e-1,
  least: 1e-12,
  most: 10,
  whole: false,
  logarithmic: true,
});

const depthControl: NumberControl = {
  type: 'number',
  key: 'depth',
  name: 'Depth',
  symbol: 'M',
  definition: 'Number of weight matrices between the free features and the logits.',
  formula: 'W_M \\cdots W_1 H_1',
  source: paper,
  default: 3,
  from: 1,
  to: 10,
  least: 1,
  most: 50,
  whole: true,
  logarithmic: false,
};

const widthControl: NumberControl = {
  type: 'number',
  key: 'width',
  name: 'Smallest width',
  symbol: 'd',
  definition: 'Width of the narrowest layer. Below K only the largest classes survive.',
  formula: 'r = \\min(K, d_1, \\dots, d_M)',
  source: paper,
  default: Infinity,
  from: 1,
  to: 20,
  least: 1,
  most: 1000,
  whole: true,
  logarithmic: false,
  infinity: 'large enough',
};

const biasControl: ChoiceControl = {
  type: 'choice',
  key: 'bias',
  name: 'Last-layer bias',
  symbol: 'b',
  definition: 'An unregularised bias of the logits. At the optimum it is the class share n_k/N.',
  source: paper,
  default: 'no',
  choices: [
    { value: 'no', label: 'without' },
    { value: 'yes', label: 'with' },
  ],
};

const selectedControl: NumberControl = {
  type: 'number',
  key: 'selected',
  name: 'Class of the scalar problem',
  symbol: 'k',
  definition: 'Whose scalar problem is drawn: class k in the order given; with bias, direction k by weight.',
  formula: '\\min_{x \\ge 0} \\frac{1}{1+x^M} + b_k x',
  source: paper,
  default: 1,
  from: 1,
  to: 20,
  least: 1,
  most: MOST_CLASSES,
  whole: true,
  logarithmic: false,
};

/** @throws InvalidInput naming counts or a decay */
function problemOf(setting: ModelSetting): DeepLinearProblem {
  const parsed = parseCounts(String(setting['counts']));
  const groups = 'value' in parsed ? parsed.value : [];
  const width = Number(setting['width']);
  return validateDeepLinear({
    counts: groups.flatMap(({ samples, classes }) => new Array<number>(classes).fill(samples)),
    loss: 'mse',
    bias: setting['bias'] === 'yes',
    depth: Number(setting['depth']),
    decays: [Number(setting['decay'])],
    featureDecay: Number(setting['featureDecay']),
    widths: Number.isFinite(width) ? [width] : [],
  });
}

function compute(setting: ModelSetting): ModelView {
  const solution = solveSquaredLoss(problemOf(setting));
  const selected = Math.min(Number(setting['selected']), solution.problem.counts.length);
  return {
    basis: solution.basis,
    figures: figures(solution, selected),
    panels: [
      lengthChart(solution),
      scalarChart(solution, selected),
      countChart(solution),
      ratioChart(solution),
      ...heatMaps(solution),
      classTable(solution),
    ],
    notices: notices(solution, selected),
  };
}

export const deepLinear: ExplorerModel = {
  id: 'deep-linear',
  name: 'Deep linear network',
  summary:
    'The global optimum of M linear layers over free features with squared loss and weight decay (Dang et al. 2023): orthogonal class vectors whose lengths depend on the counts, a simplex ETF with bias.',
  formula:
    '\\min \\tfrac{1}{2N}\\|W_M\\cdots W_1 H_1 (+\\,b\\mathbf 1^\\top) - Y\\|^2 + \\tfrac{\\lambda_W}{2}\\sum_j \\|W_j\\|^2 + \\tfrac{\\lambda_H}{2}\\|H_1\\|^2',
  controls: [
    countsControl,
    decayControl('decay', 'Weight decay', '\\lambda_W', 'each weight matrix'),
    decayControl('featureDecay', 'Feature decay', '\\lambda_H', 'the features of all samples'),
    depthControl,
    widthControl,
    biasControl,
    selectedControl,
  ],
  compute,
  keep: (setting) => ({
    kind: 'deep-linear',
    parameters: {
      counts: String(setting['counts']),
      loss: 'mse',
      bias: setting['bias'] === 'yes',
      depth: Number(setting['depth']),
      widths: Number.isFinite(Number(setting['width'])) ? String(setting['width']) : '',
      decay: String(setting['decay']),
      featureDecay: Number(setting['featureDecay']),
    },
  }),
};
