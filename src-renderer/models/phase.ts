/**
 * Phase diagrams of the two-group Layer-Peeled Model over any two of R, E_H·E_W, K_A/K, w_r and K, with the curves of R0 and
 * R1. A coarse grid while a control moves, a fine one once it rests; every cell is an exact solve (docs/lpm.md).
 */
import type { GridInput } from '../../src-main/charts/index.ts';
import { formatNumber } from '../../src-main/charts/format.ts';
import {
  majorityClasses,
  phaseAxes,
  settingAt,
  type PhaseAxisKey,
  type PhasePoint,
} from '../../src-main/lpm/phase/axes.ts';
import { phaseGrid, startPhase, type PhaseGrid, type PhaseRequest } from '../../src-main/lpm/phase/grid.ts';
import { phaseQuantities, type PhaseQuantity } from '../../src-main/lpm/phase/quantity.ts';
import { thresholds } from '../../src-main/lpm/thresholds.ts';
import type { ChoiceControl, ExplorerModel, ModelSetting, ModelView, NumberControl, Pick } from './model.ts';

const paper = 'Fang, He, Long, Su, PNAS 118(43), 2021';

/** Values of each axis while a control moves, and at rest. */
const COARSE = 40;
const FINE = 200;
/** Worst relative gap that counts as certified. */
const CERTIFIED = 1e-9;
/** The Layer-Peeled tab takes so many classes in a group. */
const MOST_CLASSES = 100;

const number = (key: PhaseAxisKey, rest: Omit<NumberControl, 'type' | 'key' | 'least' | 'most'>): NumberControl => ({
  type: 'number',
  key,
  least: rest.from,
  most: rest.to,
  ...rest,
});

/** One control an axis; its ends are the axis' ends, its value the point marked, or what stays fixed. */
const numbers: readonly NumberControl[] = [
  number('ratio', {
    name: 'Imbalance ratio',
    symbol: 'R',
    definition: 'Samples of a majority class for each sample of a minority class.',
    formula: 'R = n_A / n_B',
    source: paper,
    default: 10,
    from: 1,
    to: 1e4,
    whole: false,
    logarithmic: true,
  }),
  number('budget', {
    name: 'Budget product',
    symbol: 'E_H E_W',
    definition:
      'Product of the bounds on the mean squared norms of features and classifiers; the geometry depends on it alone.',
    formula: '\\rho = K \\sqrt{E_H E_W}',
    source: paper,
    default: 5,
    from: 0.1,
    to: 100,
    whole: false,
    logarithmic: true,
  }),
  number('share', {
    name: 'Majority share',
    symbol: 'K_A/K',
    definition: 'Part of the classes that are majority; the number of majority classes is the nearest whole one.',
    formula: 'K = K_A + K_B',
    source: paper,
    default: 0.5,
    from: 0.05,
    to: 0.95,
    whole: false,
    logarithmic: false,
  }),
  number('weight', {
    name: 'Minority weight',
    symbol: 'w_r',
    definition:
      'Loss weight, or oversampling rate, of each minority sample. It divides the imbalance ratio everywhere.',
    formula: 'R \\mapsto R / w_r',
    source: paper,
    default: 1,
    from: 1,
    to: 1e4,
    whole: false,
    logarithmic: true,
  }),
  number('classes', {
    name: 'Classes',
    symbol: 'K',
    definition: 'Number of classes, majority and minority together.',
    source: paper,
    default: 10,
    from: 2,
    to: 100,
    whole: true,
    logarithmic: true,
  }),
];

const axisChoices = Object.entries(phaseAxes).map(([value, { label }]) => ({ value, label }));
const axis = (key: 'x' | 'y', name: string, usual: PhaseAxisKey): ChoiceControl => ({
  type: 'choice',
  key,
  name,
  symbol: key,
  definition: 'What runs along this axis. What is on neither axis keeps the value of its slider.',
  default: usual,
  choices: axisChoices,
});

const quantityControl: ChoiceControl = {
  type: 'choice',
  key: 'quantity',
  name: 'Quantity',
  symbol: 'q',
  definition: 'What the colour of a cell shows, at the exact optimum of that cell.',
  source: paper,
  default: 'classifierCosineMinority',
  choices: Object.entries(phaseQuantities).map(([value, { label }]) => ({ value, label })),
};

function pointOf(setting: ModelSetting): PhasePoint {
  const at = (key: PhaseAxisKey): number => Number(setting[key]);
  return { ratio: at('ratio'), budget: at('budget'), share: at('share'), weight: at('weight'), classes: at('classes') };
}

function requestOf(setting: ModelSetting, count: number): PhaseRequest {
  const along = (axisKey: 'x' | 'y') => {
    const key = setting[axisKey] as PhaseAxisKey;
    const { from, to } = numbers.find((control) => control.key === key)!;
    return { key, from, to, count };
  };
  return {
    x: along('x'),
    y: along('y'),
    fixed: pointOf(setting),
    quantity: setting['quantity'] as PhaseQuantity,
  };
}

/** `R = 10`, `K_A/K = 0.5`, as charts can write it. */
function written(key: PhaseAxisKey, value: number): string {
  const symbol = { ratio: 'R', budget: 'E_H·E_W', share: 'K_A/K', weight: 'w_r', classes: 'K' }[key];
  return `${symbol} = ${Number(value.toPrecision(4))}`;
}

function gridInput(setting: ModelSetting, { x, y, quantity }: PhaseRequest, grid: PhaseGrid): GridInput {
  const { label, scale, missing } = phaseQuantities[quantity];
  const axisInput = (key: PhaseAxisKey) => ({ label: phaseAxes[key].label, logarithmic: phaseAxes[key].logarithmic });
  return {
    x: axisInput(x.key),
    y: axisInput(y.key),
    xs: grid.xs,
    ys: grid.ys,
    values: grid.values,
    scale,
    valueLabel: label,
    contours: grid.contours,
    marks: [{ x: Number(setting[x.key]), y: Number(setting[y.key]), label: 'sliders' }],
    missingReason: `hatched: ${missing}`,
  };
}

function viewOf(setting: ModelSetting, request: PhaseRequest, grid: PhaseGrid): ModelView {
  const { x, y, fixed, quantity } = request;
  const found = thresholds(settingAt(fixed));
  const here = valueAt(request);
  const fixedText = numbers
    .map(({ key }) => key as PhaseAxisKey)
    .filter((key) => key !== x.key && key !== y.key)
    .map((key) => written(key, fixed[key]))
    .join(', ');
  const { label } = phaseQuantities[quantity];
  return {
    basis: {
      kind: grid.worstRelativeGap <= CERTIFIED ? 'certified' : 'numerical',
      text: `relative gap at most ${grid.worstRelativeGap.toExponential(1)} in every cell`,
    },
    figures: [
      {
        label: 'at the sliders',
        value: here,
        format: phaseQuantities[quantity].scale === 'cosine' ? 'cosine' : 'ratio',
        help: `${label}, at the values of all five sliders. No value: ${phaseQuantities[quantity].missing}.`,
      },
      {
        label: 'minority collapses',
        symbol: 'R_0',
        value: found.r0,
        format: 'ratio',
        help: 'Imbalance ratio from which all minority classifiers coincide, at the other sliders. No value: never.',
      },
      {
        label: 'minority vanishes',
        symbol: 'R_1',
        value: found.r1,
        format: 'ratio',
        help: 'Imbalance ratio from which minority classifiers and features are zero, at the other sliders. No value: never.',
      },
      {
        label: 'majority classes',
        symbol: 'K_A',
        value: majorityClasses(fixed),
        format: 'count',
        help: 'The whole number of classes nearest to the majority share, at least one on each side.',
      },
      {
        label: 'optima solved',
        value: grid.values.length,
        format: 'count',
        help: 'Cells of the diagram, each with a duality gap of its own.',
      },
    ],
    panels: [
      {
        id: 'diagram',
        title: `Phase diagram at ${fixedText}`,
        wide: true,
        type: 'grid',
        input: gridInput(setting, request, grid),
        description: `${grid.xs.length} by ${grid.ys.length} cells. At the sliders: ${formatNumber(here, 'ratio')}.`,
      },
    ],
    notices: [],
  };
}

/** The quantity at the sliders: the only cell of a diagram that begins there. */
function valueAt(request: PhaseRequest): number | null {
  const { fixed, quantity } = request;
  const cell = (key: PhaseAxisKey) => ({ key, from: fixed[key], to: fixed[key] * 2, count: 2 });
  const { values } = phaseGrid({ x: cell('ratio'), y: cell('budget'), fixed, quantity }, [0]);
  const value = values[0]!;
  return Number.isNaN(value) ? null : value;
}

function compute(setting: ModelSetting): ModelView {
  const request = requestOf(setting, COARSE);
  return viewOf(setting, request, phaseGrid(request));
}

/** The fine diagram: rows until a frame's worth of time is used, then a pause. */
function* refine(setting: ModelSetting): Generator<ModelView | null> {
  const request = requestOf(setting, FINE);
  const grid = startPhase(request);
  let since = performance.now();
  for (let row = 0; row < grid.ys.length; row++) {
    grid.row(row);
    if (performance.now() - since > 12) {
      yield null;
      since = performance.now();
    }
  }
  yield viewOf(setting, request, grid);
}

/** The point in the Layer-Peeled Model's tab: the whole product in E_H. */
function pick(setting: ModelSetting, _panel: string, x: number, y: number): Pick | null {
  const keys = [setting['x'], setting['y']] as [PhaseAxisKey, PhaseAxisKey];
  const round = (key: PhaseAxisKey, value: number): number => (key === 'share' ? value : Number(value.toPrecision(4)));
  const point = { ...pointOf(setting), [keys[0]]: round(keys[0], x), [keys[1]]: round(keys[1], y) };
  const KA = majorityClasses(point);
  const KB = point.classes - KA;
  if (Math.max(KA, KB) > MOST_CLASSES) return null;
  const query = new URLSearchParams({
    ka: String(KA),
    kb: String(KB),
    r: String(point.ratio),
    wr: String(point.weight),
    eh: String(point.budget),
    ew: '1',
    p: 'auto',
  });
  return {
    address: `#/explorer?${query.toString()}`,
    label: `${keys.map((key) => written(key, point[key])).join(', ')} in the Layer-Peeled Model`,
  };
}

export const phase: ExplorerModel = {
  id: 'phase',
  name: 'Phase diagram',
  summary:
    'The two-group Layer-Peeled Model over any two of its numbers: where the minority collapses (R₀) and where it vanishes (R₁). Every cell is an exact optimum.',
  formula: '\\min_Z \\sum_k c_k\\, \\mathrm{CE}(z_k, k) \\quad \\text{s.t.} \\quad \\|Z\\|_* \\le K\\sqrt{E_H E_W}',
  controls: [axis('x', 'Horizontal axis', 'ratio'), axis('y', 'Vertical axis', 'budget'), quantityControl, ...numbers],
  compute,
  refine,
  pick,
  keep: (setting) => {
    const { x, y, fixed, quantity } = requestOf(setting, FINE);
    const range = ({ from, to, count }: PhaseRequest['x']): string => `${from}:${to}:${count}`;
    const elsewhere = Object.entries(fixed).filter(([key]) => key !== x.key && key !== y.key);
    return {
      kind: 'lpm-phase',
      parameters: { quantity, x: x.key, xs: range(x), y: y.key, ys: range(y), ...Object.fromEntries(elsewhere) },
    };
  },
};
