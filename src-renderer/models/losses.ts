/** Losses beside cross-entropy live: the certified optimum of two groups, its geometry, and where collapse begins under each. */
import { softmaxTypeLosses } from '../../src-main/lpm/losses/softmax-type.ts';
import { gapBasis } from '../../src-main/models/gap-basis.ts';
import { collapseOf, CONTRASTIVE, curveSolver, requestOf, solvePoint, type LossRequest } from './lpm/loss-point.ts';
import { curvePanel, lossTable, marginPanel, type CurvePoint } from './lpm/loss-panels.ts';
import { budgetControl, heatPanel, PAPER } from './lpm/shared.ts';
import type { ChoiceControl, ExplorerModel, Figure, ModelSetting, ModelView, NumberControl } from './model.ts';

/** Ratios on the curve while a control moves, and at rest. */
const [COARSE, FINE] = [7, 49];
const LARGEST_RATIO = 1e4;

const lossControl: ChoiceControl = {
  type: 'choice',
  key: 'loss',
  name: 'Loss',
  symbol: 'L(z,k)',
  definition: 'A softmax-type loss φ(Σ g(z_j − z_k)), or the supervised contrastive loss over class means.',
  source: `${PAPER}, balanced theorem and its extensions`,
  default: 'exponential',
  choices: [
    ...softmaxTypeLosses.map(({ id, name }) => ({ value: id, label: name })),
    { value: CONTRASTIVE, label: 'Supervised contrastive' },
  ],
};

const number = (
  key: string,
  name: string,
  symbol: string,
  definition: string,
  [usual, from, to]: readonly [number, number, number],
  whole = false,
): NumberControl => ({
  type: 'number',
  key,
  name,
  symbol,
  definition,
  source: PAPER,
  default: usual,
  from,
  to,
  least: from,
  most: to,
  whole,
  logarithmic: !whole,
});

const controls = [
  lossControl,
  number('ka', 'Majority classes', 'K_A', 'Number of classes with many samples.', [5, 1, 50], true),
  number('kb', 'Minority classes', 'K_B', 'Number of classes with few samples.', [5, 1, 50], true),
  number('ratio', 'Imbalance ratio', 'R', 'Samples of a majority class for each of a minority class.', [
    10,
    1,
    LARGEST_RATIO,
  ]),
  budgetControl,
  number(
    'shape',
    'Shape',
    'a/a_0',
    'Shape of the power, squared hinge or polynomial tail, in units of its usual value; other losses have none.',
    [1, 0.1, 10],
  ),
  number(
    'temperature',
    'Temperature',
    '\\tau',
    'Of the contrastive loss; only E_H/τ shapes its optimum. Others have none.',
    [1, 0.05, 10],
  ),
];

/** @param r0 undefined: not looked for while a control moves */
function figures(request: LossRequest, point: ReturnType<typeof solvePoint>, r0: number | null | undefined): Figure[] {
  const contrastive = request.chosen === null;
  const [, minority] = point.rows;
  const cosine = contrastive ? minority.featureCosine : minority.classifierCosine;
  return [
    {
      label: contrastive ? 'loss above its floor' : 'loss',
      symbol: 'f',
      value: point.objective,
      format: 'loss',
      help: contrastive
        ? 'The floor Σ (n_k/N) log n_k remains under perfect separation.'
        : 'Mean loss at the optimum, in the units of the loss.',
    },
    {
      label: 'minority cosine',
      value: cosine,
      format: 'cosine',
      help: `Between two minority ${contrastive ? 'class means' : 'classifiers'}; 1 is collapse. No value: one class, or they vanish.`,
    },
    {
      label: 'collapse begins at',
      symbol: 'R_0',
      value: r0 === undefined ? 'once at rest' : r0,
      format: 'ratio',
      help: 'Ratio from which the minority coincides under this loss; a crossing, its uniqueness proven for cross-entropy alone. No value: never.',
    },
  ];
}

function viewOf(request: LossRequest, points: readonly CurvePoint[], r0: number | null | undefined): ModelView {
  const { KA, KB, chosen, ratio } = request;
  const K = KA + KB;
  const point = solvePoint(request);
  const groups = [
    { name: 'majority', size: KA, role: 'majority' as const },
    { name: 'minority', size: KB, role: 'minority' as const },
  ];
  const heat = heatPanel('heat', 'Cosines of the features', 'h', groups, point.cosines);
  return {
    basis: gapBasis(point.relativeGap, point.tolerance),
    figures: figures(request, point, r0),
    panels: [
      curvePanel(points, ratio, r0 ?? null, K),
      ...(chosen === null ? [] : [marginPanel(chosen, K)]),
      ...(heat === null ? [] : [heat]),
      lossTable(point.rows),
    ],
    notices: [
      ...(point.zeroLoss
        ? ['The loss is zero: the budgets leave nothing to gain, and this optimum is one of many.']
        : []),
      ...(ratio === 1 ? ['Balanced classes: the simplex ETF, whatever the loss.'] : []),
    ],
  };
}

const ratios = (count: number): number[] => Array.from({ length: count }, (_, i) => LARGEST_RATIO ** (i / (count - 1)));

function* refine(setting: ModelSetting): Generator<ModelView | null> {
  const request = requestOf(setting);
  const solver = curveSolver(request);
  const points: CurvePoint[] = [];
  for (const ratio of ratios(FINE)) {
    points.push(solver(ratio));
    yield null;
  }
  yield viewOf(request, points, collapseOf(request));
}

export const losses: ExplorerModel = {
  id: 'losses',
  name: 'Other losses',
  summary: `The two-group optimum under losses beside cross-entropy (${PAPER}): balanced classes form the same simplex ETF, imbalance collapses each at a ratio of its own.`,
  formula:
    '\\min_Z \\sum_k c_k\\,\\varphi\\Bigl(\\sum_{j\\ne k} g(z_{jk}-z_{kk})\\Bigr) \\quad \\text{s.t.} \\quad \\|Z\\|_* \\le K\\sqrt{E_H E_W}',
  controls,
  compute(setting) {
    const request = requestOf(setting);
    // The contrastive loss takes a tenth of a second to bracket its ratio: that waits for the controls to rest.
    const r0 = request.chosen === null ? undefined : collapseOf(request);
    return viewOf(request, ratios(COARSE).map(curveSolver(request)), r0);
  },
  refine,
  keep(setting) {
    const { KA, KB, ratio, budget, chosen, temperature } = requestOf(setting);
    // Whole counts for the run: a thousand minority samples keep three digits of the ratio.
    const counts = `${Math.round(1000 * ratio)}x${KA},1000x${KB}`;
    const ofLoss =
      chosen === null
        ? { loss: CONTRASTIVE, temperature }
        : { loss: chosen.loss.id, ...(chosen.loss.shape && { shape: chosen.shape }), weights: '', ew: 1 };
    return { kind: 'lpm-loss', parameters: { ...ofLoss, counts, eh: budget, points: 31 } };
  },
};
