/** Run kind: the two-group optimum along imbalance ratios, with both thresholds; the authors' curve of Minority Collapse. */
import type { ChartSpecification, MetricSpecification } from '../../api/contract.ts';
import { thresholdText } from '../../charts/threshold.ts';
import { sweepSolver, type SweepPoint } from '../../lpm/sweep.ts';
import { thresholds } from '../../lpm/thresholds.ts';
import { validateSetting, type TwoGroupSetting } from '../../lpm/two-group-problem.ts';
import { parseLogRange } from '../../parameters/counts.ts';
import { InvalidInput, type ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { classifierBudget, featureBudget, majorityClasses, minorityClasses, minorityWeight } from './lpm-parameters.ts';

/** Points solved between two looks at the messages. */
const BATCH = 256;
/** Points up to which the result document lists them; the series hold them in any case. */
const LARGEST_LISTED = 1000;

const columns: readonly {
  readonly key: string;
  readonly of: (point: SweepPoint) => number | null;
  readonly metric: Omit<MetricSpecification, 'key'>;
}[] = [
  {
    key: 'cos_w_minority',
    of: (p) => p.classifierCosineMinority,
    metric: {
      label: 'Cosine, minority classifiers',
      symbol: "\\cos(w_B, w_{B'})",
      help: '1 is Minority Collapse; no point where the minority has vanished.',
      format: 'cosine',
    },
  },
  {
    key: 'cos_w_majority',
    of: (p) => p.classifierCosineMajority,
    metric: {
      label: 'Cosine, majority classifiers',
      symbol: "\\cos(w_A, w_{A'})",
      help: 'Between two majority classifiers.',
      format: 'cosine',
    },
  },
  {
    key: 'cos_w_cross',
    of: (p) => p.classifierCosineCross,
    metric: {
      label: 'Cosine, majority with minority classifiers',
      symbol: '\\cos(w_A, w_B)',
      help: 'Between a majority and a minority classifier.',
      format: 'cosine',
    },
  },
  {
    key: 'cos_h_minority',
    of: (p) => p.featureCosineMinority,
    metric: {
      label: 'Cosine, minority features',
      symbol: "\\cos(h_B, h_{B'})",
      help: 'Between two minority class means.',
      format: 'cosine',
    },
  },
  {
    key: 'cos_h_majority',
    of: (p) => p.featureCosineMajority,
    metric: {
      label: 'Cosine, majority features',
      symbol: "\\cos(h_A, h_{A'})",
      help: 'Between two majority class means.',
      format: 'cosine',
    },
  },
  {
    key: 'cos_h_cross',
    of: (p) => p.featureCosineCross,
    metric: {
      label: 'Cosine, majority with minority features',
      symbol: '\\cos(h_A, h_B)',
      help: 'Between a majority and a minority class mean.',
      format: 'cosine',
    },
  },
  {
    key: 'norm_ratio_w',
    of: (p) => p.classifierNormRatio,
    metric: {
      label: 'Norm ratio of classifiers',
      symbol: '\\|w_A\\|/\\|w_B\\|',
      help: 'Majority over minority.',
      format: 'ratio',
    },
  },
  {
    key: 'norm_ratio_h',
    of: (p) => p.featureNormRatio,
    metric: {
      label: 'Norm ratio of features',
      symbol: '\\|h_A\\|/\\|h_B\\|',
      help: 'Majority over minority.',
      format: 'ratio',
    },
  },
  {
    key: 'objective',
    of: (p) => p.objective,
    metric: {
      label: 'Loss',
      symbol: 'f',
      help: 'Weighted mean cross-entropy at the optimum, in nats.',
      format: 'loss',
    },
  },
  {
    key: 'relative_gap',
    of: (p) => p.relativeGap,
    metric: {
      label: 'Relative gap',
      help: 'Duality gap over the loss: how far the optimum can be, at most.',
      format: 'gap',
    },
  },
];

/** @throws InvalidInput naming ka, kb, eh, ew, weight or ratios. */
export function sweepFromValues(values: ParameterValues): {
  readonly setting: TwoGroupSetting;
  readonly ratios: readonly number[];
} {
  const ratios = parseLogRange(String(values['ratios']));
  if ('message' in ratios)
    throw new InvalidInput([{ field: 'ratios', value: values['ratios'], message: ratios.message }]);
  const setting = validateSetting({
    majorityClasses: Number(values['ka']),
    minorityClasses: Number(values['kb']),
    featureBudget: Number(values['eh']),
    classifierBudget: Number(values['ew']),
    minorityWeight: Number(values['weight']),
  });
  return { setting, ratios: ratios.value };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { setting, ratios } = sweepFromValues(values);
  const solver = sweepSolver(setting);
  const points: SweepPoint[] = [];
  let worstRelativeGap = 0;
  for (let first = 0; first < ratios.length; first += BATCH) {
    await context.breathe();
    const batch = ratios.slice(first, first + BATCH).map(solver);
    if (ratios.length <= LARGEST_LISTED) points.push(...batch);
    for (const point of batch) worstRelativeGap = Math.max(worstRelativeGap, point.relativeGap);
    for (const { key, of } of columns) {
      const kept = batch.filter((point) => of(point) !== null);
      if (kept.length > 0)
        context.points(
          key,
          kept.map((point) => point.ratio),
          kept.map((point) => of(point)!),
        );
    }
    const solved = first + batch.length;
    context.progress(solved / ratios.length, `${solved} of ${ratios.length} ratios`);
  }
  const { r0, r1, logR0, logR1 } = thresholds(setting);
  const K = setting.majorityClasses + setting.minorityClasses;
  const found = `R0 ${thresholdText(r0, logR0)}, R1 ${thresholdText(r1, logR1)}`;
  context.log('info', `${ratios.length} ratios solved; ${found}`);
  return {
    count: ratios.length,
    ...(ratios.length <= LARGEST_LISTED ? { points } : {}),
    r0,
    r1,
    logR0,
    logR1,
    etfCosine: -1 / (K - 1),
    worstRelativeGap,
  };
}

const x = { label: 'Imbalance ratio R = n_A/n_B', logarithmic: true };
const verticals = [
  { result: 'r0', label: 'R₀' },
  { result: 'r1', label: 'R₁' },
];

/** The three cosines of one side, classifiers (w) or features (h). */
function cosineChart(side: 'w' | 'h', title: string): ChartSpecification {
  const line = (role: 'minority' | 'majority' | 'between', key: string) => ({
    metric: `cos_${side}_${key}`,
    label: role,
    role,
  });
  return {
    id: `cosines-${side}`,
    title,
    x,
    y: { label: 'Cosine', logarithmic: false, min: -1, max: 1 },
    series: [line('minority', 'minority'), line('majority', 'majority'), line('between', 'cross')],
    verticals,
    references: [{ result: 'etfCosine', label: '−1/(K−1)' }],
  };
}

export const lpmSweep: ExecutableKind = {
  id: 'lpm-sweep',
  label: 'Layer-Peeled Model: ratio sweep',
  description: 'Two groups of classes along imbalance ratios: cosines, norms and loss, with the thresholds R0 and R1.',
  parameters: [
    majorityClasses,
    minorityClasses,
    minorityWeight,
    {
      type: 'log-range',
      key: 'ratios',
      flag: 'ratios',
      label: 'Imbalance ratios',
      symbol: 'R',
      help: 'FROM:TO:COUNT, spaced evenly in the logarithm.',
      source: 'Fang, He, Long, Su 2021, figure of cosine versus R',
      group: 'Classes',
      default: '1:10000:41',
    },
    featureBudget,
    classifierBudget,
  ],
  metrics: columns.map(({ key, metric }) => ({ key, ...metric })),
  charts: [
    cosineChart('w', 'Cosines of the classifiers'),
    cosineChart('h', 'Cosines of the features'),
    {
      id: 'norms',
      title: 'Norms, majority over minority',
      x,
      y: { label: 'Ratio of norms', logarithmic: true },
      series: [
        { metric: 'norm_ratio_w', label: 'classifiers', role: 'majority' },
        { metric: 'norm_ratio_h', label: 'features', role: 'minority' },
      ],
      verticals,
    },
    {
      id: 'loss',
      title: 'Loss at the optimum',
      x,
      y: { label: 'Cross-entropy (nats)', logarithmic: false, min: 0 },
      series: [{ metric: 'objective', label: 'loss', role: 'neutral' }],
      verticals,
    },
  ],
  check: sweepFromValues,
  execute,
};
