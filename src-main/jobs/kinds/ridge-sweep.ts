/** Run kind: two groups of classes with decay, along the decay or along the imbalance ratio, with the thresholds of collapse. */
import type { ParameterValues } from '../../parameters/specification.ts';
import { InvalidInput } from '../../parameters/specification.ts';
import { parseLogRange } from '../../parameters/counts.ts';
import type { Basis } from '../../models/basis.ts';
import { CLOSED_TOLERANCE } from '../../models/ridge/solve.ts';
import { decayThresholds, stepPoint, stepProblem, type StepPoint, type StepProblem } from '../../models/ridge/step.ts';
import { collapseRatio } from '../../models/ridge/thresholds.ts';
import type { Normalisation } from '../../models/ridge/types.ts';
import { validateRidge } from '../../models/ridge/validate.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import {
  ridgeSweepCharts,
  ridgeSweepColumns,
  ridgeSweepParameters,
  ridgeSweepResults,
} from './ridge-sweep-specification.ts';

/** Points solved between two looks at the messages. */
const BATCH = 128;

interface Sweep {
  readonly along: 'decay' | 'ratio';
  readonly xs: readonly number[];
  readonly setting: StepProblem;
}

/** @throws InvalidInput naming decays, ratios, ka, kb, samples, ratio or decay. */
function ridgeSweepFromValues(values: ParameterValues): Sweep {
  const along = values['along'] === 'ratio' ? 'ratio' : 'decay';
  const field = along === 'ratio' ? 'ratios' : 'decays';
  const range = parseLogRange(String(values[field]));
  if ('message' in range) throw new InvalidInput([{ field, value: values[field], message: range.message }]);
  const setting: StepProblem = {
    majorityClasses: Number(values['ka']),
    minorityClasses: Number(values['kb']),
    majoritySamples: Number(values['samples']),
    ratio: Number(values['ratio']),
    decay: Number(values['decay']),
    bias: values['bias'] === true,
    normalisation: values['normalisation'] as Normalisation,
  };
  validateRidge(stepProblem(setting));
  return { along, xs: range.value, setting };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { along, xs, setting } = ridgeSweepFromValues(values);
  const points: StepPoint[] = [];
  for (let first = 0; first < xs.length; first += BATCH) {
    await context.breathe();
    const batch = xs.slice(first, first + BATCH).map((x) => ({ x, ...stepPoint({ ...setting, [along]: x }) }));
    points.push(...batch);
    for (const { key, of } of ridgeSweepColumns) {
      const kept = batch.filter((point) => of(point) !== null);
      if (kept.length > 0)
        context.points(
          key,
          kept.map((point) => point.x),
          kept.map((point) => of(point)!),
        );
    }
    context.progress(points.length / xs.length, `${points.length} of ${xs.length} points`);
  }
  await context.breathe();
  const thresholds =
    along === 'decay'
      ? decayThresholds(setting)
      : { collapse: collapseRatio(setting, setting.majoritySamples), vanish: null, zero: null };
  const worst = Math.max(...points.map((point) => point.relativeGap));
  const text = `relative gap at most ${worst.toExponential(1)} at every point`;
  const name = along === 'decay' ? 'l' : 'R';
  const { collapse } = thresholds;
  context.log(
    'info',
    `${points.length} points solved; the minority ${collapse === null ? 'cannot collapse (one class)' : `collapses from ${name} = ${collapse.toPrecision(6)} on`}`,
  );
  const K = setting.majorityClasses + setting.minorityClasses;
  return {
    basis: { kind: worst <= CLOSED_TOLERANCE ? 'certified' : 'numerical', text } satisfies Basis,
    along: along === 'decay' ? 'decay l' : 'imbalance ratio R',
    ...thresholds,
    etfCosine: -1 / (K - 1),
    worstRelativeGap: worst,
    points: points.length,
  };
}

export const ridgeSweep: ExecutableKind = {
  id: 'ridge-sweep',
  label: 'Ridge features: sweep',
  description:
    'Two groups of classes with weight decay, along the decay or the imbalance ratio: cosines, rank, distances to SELI and the ETF, collapse.',
  parameters: ridgeSweepParameters,
  metrics: ridgeSweepColumns.map(({ key, metric }) => ({ key, ...metric })),
  charts: ridgeSweepCharts,
  results: ridgeSweepResults,
  check: ridgeSweepFromValues,
  execute,
};
