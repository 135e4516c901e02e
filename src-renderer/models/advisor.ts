/**
 * The oversampling advisor live: a training set's counts and budgets, a minority weight on a slider, and which weights avoid
 * Minority Collapse and restore the ETF. With more than two distinct counts the search runs once the controls rest.
 */
import { adviceSteps, type Advice } from '../../src-main/lpm/advisor/advise.ts';
import { curveWeights, outlookAt } from '../../src-main/lpm/advisor/curve.ts';
import { trainingSet, type TrainingSet } from '../../src-main/lpm/advisor/training-set.ts';
import { GENERAL_TOLERANCE } from '../../src-main/lpm/solve.ts';
import { gapBasis } from '../../src-main/models/gap-basis.ts';
import { formatCounts } from '../../src-main/parameters/counts.ts';
import {
  adviceCharts,
  adviceFigures,
  adviceHeats,
  adviceNotices,
  adviceTable,
  type AdviceCurve,
} from './lpm/advice-view.ts';
import { budgetControl, countsControl, countsOf, PAPER } from './lpm/shared.ts';
import type { ExplorerModel, ModelSetting, ModelView, NumberControl, TextControl } from './model.ts';

const MOST_COUNTS = 12;
const MOST_CLASSES = 1000;
/** Relative width of the search on screen; the run kind goes further. */
const PRECISION = 1e-4;
/** Weights on the curve: exact two-count solves are quick, others wait for the rest of the controls. */
const POINTS = 61;

const minorityControl: TextControl = {
  type: 'text',
  key: 'minority',
  name: 'Minority: at most',
  symbol: 'n',
  definition: 'Classes of at most so many samples are minority; the word "smallest" takes those of the smallest count.',
  source: PAPER,
  default: 'smallest',
  check: (text) =>
    text.trim() === 'smallest' || /^[1-9]\d*$/.test(text.trim())
      ? null
      : `"${text.trim()}" is neither a whole number of samples of at least 1 nor the word "smallest"`,
};

const weightControl: NumberControl = {
  type: 'number',
  key: 'weight',
  name: 'Minority weight',
  symbol: 'w_r',
  definition: 'Loss weight, or oversampling rate, of every minority class.',
  formula: 'R \\mapsto R / w_r',
  source: PAPER,
  default: 10,
  from: 1,
  to: 1000,
  least: 1e-3,
  most: 1e6,
  whole: false,
  logarithmic: true,
};

function atMost(setting: ModelSetting): number | null {
  const text = String(setting['minority']).trim();
  return text === 'smallest' ? null : Number(text);
}

/** @throws InvalidInput naming atMost where it makes everybody or nobody minority */
function setOf(setting: ModelSetting): TrainingSet {
  const budgets = { featureBudget: Number(setting['budget']), classifierBudget: 1 };
  return trainingSet(countsOf(setting['counts']), budgets, atMost(setting));
}

function drain<T>(steps: Iterator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function viewOf(
  setting: ModelSetting,
  set: TrainingSet,
  advice: Advice,
  curve: AdviceCurve,
  searching: boolean,
): ModelView {
  const weight = Number(setting['weight']);
  const chosen = outlookAt(set, weight);
  const worst = Math.max(advice.now.relativeGap, chosen.relativeGap, advice.restored.relativeGap);
  const gaps = gapBasis(worst, GENERAL_TOLERANCE);
  const bracketed = `${gaps.text}; thresholds bracketed to a relative ${PRECISION.toExponential(0)}`;
  return {
    basis: advice.method === 'exact' ? gaps : { kind: 'numerical', text: searching ? gaps.text : bracketed },
    figures: adviceFigures(advice, chosen),
    panels: [
      ...(curve.weights.length > 0 ? adviceCharts(curve, advice, weight) : []),
      ...adviceHeats(set, advice, chosen),
      adviceTable(set, advice, chosen, weight),
    ],
    notices: searching ? ['Searching the weight that avoids collapse; thresholds follow.'] : adviceNotices(advice),
  };
}

function compute(setting: ModelSetting): ModelView {
  const set = setOf(setting);
  const exact = set.groups.length <= 2;
  const advice = drain(adviceSteps(set, { search: exact }));
  const weights = exact ? curveWeights(set, POINTS) : [];
  const outlooks = weights.map((weight) => outlookAt(set, weight));
  return viewOf(setting, set, advice, { weights, outlooks }, !exact);
}

/** The search and the curve where counts are more than two, one solve between two looks at the controls. */
function* refine(setting: ModelSetting): Generator<ModelView | null> {
  const set = setOf(setting);
  if (set.groups.length <= 2) return;
  const steps = adviceSteps(set, { precision: PRECISION });
  let advice: Advice | null = null;
  while (advice === null) {
    const { done, value } = steps.next();
    if (done === true) advice = value;
    else yield null;
  }
  yield viewOf(setting, set, advice, { weights: [], outlooks: [] }, false);
  const weights = curveWeights(set, POINTS);
  const outlooks = [];
  for (const weight of weights) {
    outlooks.push(outlookAt(set, weight));
    yield null;
  }
  yield viewOf(setting, set, advice, { weights, outlooks }, false);
}

export const advisor: ExplorerModel = {
  id: 'advisor',
  name: 'Oversampling advisor',
  summary: `Before training: whether the minority of a training set collapses, which weight avoids it and which restores the ETF (${PAPER}).`,
  formula:
    'w_r > \\frac{R}{R_0} \\iff \\text{no Minority Collapse}, \\qquad w_k = \\frac{n_{\\max}}{n_k} \\Rightarrow \\text{simplex ETF}',
  controls: [countsControl('5000x5,50x5', MOST_COUNTS, MOST_CLASSES), minorityControl, budgetControl, weightControl],
  compute,
  refine,
  keep: (setting) => ({
    kind: 'lpm-advisor',
    parameters: {
      counts: formatCounts(countsOf(setting['counts'])),
      atMost: atMost(setting),
      eh: Number(setting['budget']),
      ew: 1,
      safety: 1.1,
      points: POINTS,
    },
  }),
};
