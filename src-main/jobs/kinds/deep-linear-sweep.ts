/** Run kind: two groups of classes in a deep linear network along the imbalance ratio, the decay or the depth. Squared loss. */
import type { ChartSpecification, MetricSpecification } from '../../api/contract.ts';
import {
  sweepPoint,
  sweepThresholds,
  type SweepPoint,
  type SweepVariable,
  type TwoGroups,
} from '../../models/deep-linear/sweep.ts';
import { LARGEST_DEPTH } from '../../models/deep-linear/validate.ts';
import { parseLogRange } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import { bias, depth, featureDecay, DANG } from './deep-linear-parameters.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

const LARGEST_CLASSES = 200;

const columns: readonly {
  readonly key: string;
  readonly of: (point: SweepPoint) => number;
  readonly metric: Omit<MetricSpecification, 'key'>;
}[] = [
  ...(['majority', 'minority'] as const).flatMap((group) => {
    const letter = group === 'majority' ? 'A' : 'B';
    return [
      {
        key: `norm_w_${group}`,
        of: (point: SweepPoint) => point[group].classifierNorm,
        metric: {
          label: `Classifier norm, ${group}`,
          symbol: `\\|w_${letter}\\|`,
          help: 'Norm of a row of W_M … W_1; exactly zero where the class has vanished.',
          format: 'ratio' as const,
        },
      },
      {
        key: `norm_h_${group}`,
        of: (point: SweepPoint) => point[group].featureNorm,
        metric: {
          label: `Feature norm, ${group}`,
          symbol: `\\|h_${letter}\\|`,
          help: 'Norm of the free feature of a class.',
          format: 'ratio' as const,
        },
      },
      {
        key: `fit_${group}`,
        of: (point: SweepPoint) => point[group].alignment + point[group].bias,
        metric: {
          label: `Own logit, ${group}`,
          symbol: `z_${letter}`,
          help: 'Logit of the own class, bias included; 1 meets the target.',
          format: 'ratio' as const,
        },
      },
    ];
  }),
  {
    key: 'objective',
    of: (point) => point.objective,
    metric: { label: 'Objective', symbol: 'f', help: 'Loss plus decay at the optimum.', format: 'loss' },
  },
];

interface Sweep {
  readonly setting: TwoGroups;
  readonly variable: SweepVariable;
  readonly xs: readonly number[];
}

/** @throws InvalidInput naming range, ka or kb. */
function sweepFromValues(values: ParameterValues): Sweep {
  const variable = values['variable'] as SweepVariable;
  const range = parseLogRange(String(values['range']));
  if ('message' in range) throw new InvalidInput([{ field: 'range', value: values['range'], message: range.message }]);
  const xs = variable === 'depth' ? [...new Set(range.value.map(Math.round))] : range.value;
  if (variable === 'depth' && !xs.every((x) => x >= 1 && x <= LARGEST_DEPTH)) {
    const message = `depths must lie between 1 and ${LARGEST_DEPTH}, got "${String(values['range'])}"`;
    throw new InvalidInput([{ field: 'range', value: values['range'], message }]);
  }
  const [KA, KB] = [Number(values['ka']), Number(values['kb'])];
  if (KA + KB > LARGEST_CLASSES) {
    const message = `at most ${LARGEST_CLASSES} classes in both groups together, got ${KA + KB}`;
    throw new InvalidInput([{ field: 'kb', value: KB, message }]);
  }
  const setting = {
    majorityCount: Number(values['na']),
    majorityClasses: KA,
    minorityClasses: KB,
    ratio: Number(values['ratio']),
    decay: Number(values['decay']),
    featureDecay: Number(values['featureDecay']),
    depth: Number(values['depth']),
    width: values['width'] === null ? null : Number(values['width']),
    bias: values['bias'] === true,
  };
  return { setting, variable, xs };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { setting, variable, xs } = sweepFromValues(values);
  const points: SweepPoint[] = [];
  let looked = performance.now();
  for (const x of xs) {
    points.push(sweepPoint(setting, variable, x));
    if (performance.now() - looked < 40) continue;
    context.progress(points.length / xs.length, `${points.length} of ${xs.length} points`);
    await context.breathe();
    looked = performance.now();
  }
  for (const { key, of } of columns)
    context.points(
      key,
      points.map(({ x }) => x),
      points.map(of),
    );
  const thresholds = sweepThresholds(setting, variable);
  const at = thresholds.minority;
  const event = setting.bias ? 'minority classifiers coincide' : 'the minority vanishes';
  context.log(
    'info',
    `${points.length} points; ${event} ${at === null ? 'at no single value' : `from ${at.toPrecision(8)} on`}`,
  );
  return { basis: { kind: 'exact', text: 'closed form, to rounding' }, ...thresholds, event, points };
}

const x = {
  label: 'Imbalance ratio R, decay λ or depth M',
  logarithmic: true,
  by: {
    parameter: 'variable',
    labels: { ratio: 'Imbalance ratio R', decay: 'Decay λ_W = λ_H', depth: 'Depth M' },
  },
};
const verticals = [
  { result: 'minority', label: 'minority gone' },
  { result: 'majority', label: 'majority gone' },
];

function chart(id: string, title: string, key: string, label: string): ChartSpecification {
  return {
    id,
    title,
    x,
    y: { label, logarithmic: false, min: 0 },
    series: [
      { metric: `${key}_majority`, label: 'majority', role: 'majority' },
      { metric: `${key}_minority`, label: 'minority', role: 'minority' },
    ],
    verticals,
  };
}

export const deepLinearSweep: ExecutableKind = {
  id: 'deep-linear-sweep',
  label: 'Deep linear network: sweep',
  description:
    'Lengths of a majority and a minority along imbalance, decay or depth, with the points where they vanish.',
  parameters: [
    {
      type: 'choice',
      key: 'variable',
      flag: 'variable',
      label: 'Along',
      help: 'What runs over the range: R with n_A fixed, λ = λ_W = λ_H, or M.',
      group: 'Sweep',
      default: 'ratio',
      choices: [
        { value: 'ratio', label: 'imbalance ratio R' },
        { value: 'decay', label: 'decay λ' },
        { value: 'depth', label: 'depth M' },
      ],
    },
    {
      type: 'log-range',
      key: 'range',
      flag: 'range',
      label: 'Range',
      help: 'FROM:TO:COUNT, spaced evenly in the logarithm; depths are rounded and repeated ones left out.',
      group: 'Sweep',
      default: '1:1000:121',
    },
    {
      type: 'number',
      key: 'na',
      flag: 'na',
      label: 'Majority samples',
      symbol: 'n_A',
      help: 'Samples of a majority class; a minority class has n_A/R, not rounded.',
      group: 'Classes',
      default: 1000,
      min: 1,
      logarithmic: true,
    },
    ...(['ka', 'kb'] as const).map((key) => ({
      type: 'integer' as const,
      key,
      flag: key,
      label: key === 'ka' ? 'Majority classes' : 'Minority classes',
      symbol: key === 'ka' ? 'K_A' : 'K_B',
      help: key === 'ka' ? 'Number of classes with many samples.' : 'Number of classes with few samples.',
      group: 'Classes',
      default: 5,
      min: 1,
      max: LARGEST_CLASSES,
    })),
    {
      type: 'number',
      key: 'ratio',
      flag: 'ratio',
      label: 'Imbalance ratio',
      symbol: 'R',
      help: 'n_A/n_B.',
      group: 'Classes',
      when: [{ variable: ['decay', 'depth'] }],
      default: 10,
      exclusiveMin: 0,
      logarithmic: true,
    },
    bias,
    { ...depth, when: [{ variable: ['ratio', 'decay'] }] },
    {
      type: 'integer',
      key: 'width',
      flag: 'width',
      label: 'Width',
      symbol: 'd',
      help: 'Smallest width of the layers; empty for large enough.',
      source: DANG,
      group: 'Network',
      default: null,
      min: 1,
    },
    {
      type: 'number',
      key: 'decay',
      flag: 'decay',
      label: 'Weight decay',
      symbol: '\\lambda_W',
      help: 'Of every layer.',
      source: DANG,
      group: 'Regularisation',
      when: [{ variable: ['ratio', 'depth'] }],
      default: 5e-4,
      exclusiveMin: 0,
      logarithmic: true,
    },
    { ...featureDecay, when: [{ variable: ['ratio', 'depth'] }] },
  ],
  metrics: columns.map(({ key, metric }) => ({ key, ...metric })),
  charts: [
    chart('norms-w', 'Classifier norms', 'norm_w', '‖w_k‖'),
    chart('norms-h', 'Feature norms', 'norm_h', '‖h_k‖'),
    chart('fits', 'Own logits', 'fit', 'Own logit'),
    {
      id: 'objective',
      title: 'Objective',
      x,
      y: { label: 'Objective', logarithmic: false, min: 0 },
      series: [{ metric: 'objective', label: 'objective', role: 'neutral' }],
      verticals,
    },
  ],
  results: {
    fields: [
      {
        key: 'minority',
        label: 'Minority threshold',
        format: 'ratio',
        absent: 'none',
        help: 'From here on the minority is exactly zero; with bias, its classifiers coincide.',
      },
      {
        key: 'majority',
        label: 'Majority threshold',
        format: 'ratio',
        absent: 'none',
        help: 'The same for the majority.',
      },
      {
        key: 'minorityFrom',
        label: 'Minority alive above',
        symbol: 'R',
        format: 'ratio',
        absent: 'none',
        help: 'Below this ratio the minority classes are so large that N alone makes them vanish.',
      },
      { key: 'event', label: 'What happens at the threshold', format: 'text' },
    ],
  },
  check: sweepFromValues,
  execute,
};
