/**
 * Run kind: gradient descent on a factorised head and its features, from every initialisation side by side and dense at
 * first, with the best head of that rank as the line that theory draws.
 */
import type { Basis } from '../../models/basis.ts';
import type { DecayOn } from '../../models/low-rank/decay.ts';
import { createDescent, type Descent, type EpochRecord } from '../../models/low-rank/descent.ts';
import { headSweep, type HeadPoint } from '../../models/low-rank/head.ts';
import type { Initialisation } from '../../models/low-rank/initialisation.ts';
import type { LossName } from '../../models/low-rank/logit-loss.ts';
import type { PeeledProblem } from '../../models/low-rank/peeled-objective.ts';
import { InvalidInput, type FieldIssue, type ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import {
  descentCharts,
  descentMetrics,
  descentParameters,
  descentResults,
  metricKey,
  schedules,
  type QuantityKey,
  type ScheduleKey,
} from './low-rank-descent-specification.ts';
import { countsFromValues, rankIssues } from './low-rank-parameters.ts';

/** Every epoch is measured up to this one, then each that is so many times the one before: evenly in the logarithm. */
const MEASURED_ALL = 50;
const SPACING = 1.015;
/** Longest stretch of work between two looks at the messages, in milliseconds. */
const STRETCH = 30;

/** @throws InvalidInput naming counts, rank or switch. */
function descentFromValues(values: ParameterValues): { readonly problem: PeeledProblem; readonly rank: number } {
  const counts = countsFromValues(values);
  const issues: FieldIssue[] = rankIssues(values, counts.length);
  const [at, epochs] = [Number(values['switch']), Number(values['epochs'])];
  if (at > epochs)
    issues.push({ field: 'switch', value: at, message: `must be at most the ${epochs} epochs, got ${at}` });
  if (issues.length > 0) throw new InvalidInput(issues);
  return {
    problem: {
      loss: values['loss'] as LossName,
      counts,
      dimension: Number(values['p']),
      decayOn: values['decay'] as DecayOn,
      classifierDecay: Number(values['lw']),
      featureDecay: Number(values['lh']),
    },
    rank: Number(values['rank']),
  };
}

const initialisations: Readonly<Record<ScheduleKey, Initialisation>> = {
  plain: 'plain',
  spectral: 'spectral',
  ones: 'spectral-ones',
  // Until T_s it is dense: only the dense initialisation beneath counts.
  dense: 'spectral',
};

/** Logarithmic axes start at 1: the start is drawn as epoch 1, the first step as epoch 2. */
const place = (epoch: number): number => epoch + 1;

/** Points of one schedule, gathered until they are worth a message. */
function report(key: ScheduleKey, records: readonly EpochRecord[], context: JobContext): void {
  const series = (quantity: QuantityKey, of: (record: EpochRecord) => number | null): void => {
    const kept = records.filter((record) => of(record) !== null);
    if (kept.length > 0)
      context.points(
        metricKey(quantity, key),
        kept.map(({ epoch }) => place(epoch)),
        kept.map((record) => of(record)!),
      );
  };
  series('objective', ({ objective }) => objective);
  series('loss', ({ loss }) => loss);
  series('etf', ({ etfDistance }) => etfDistance);
  series('stable', ({ ranks }) => ranks.stable);
  series('nuclear', ({ ranks }) => ranks.nuclear);
  series('entropy', ({ ranks }) => ranks.entropy);
  series('imbalance', ({ imbalance }) => imbalance);
}

/** The best head of the rank, for the line of theory. */
async function optimum(problem: PeeledProblem, rank: number, context: JobContext): Promise<HeadPoint> {
  let found: HeadPoint | undefined;
  for (const point of headSweep({ model: 'decay', ...problem }, rank)) {
    await context.breathe();
    found = point ?? found;
  }
  return found!;
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { problem, rank } = descentFromValues(values);
  const [epochs, factoriseAt] = [Number(values['epochs']), Number(values['switch'])];
  context.progress(0, 'the best head of this rank');
  const best = await optimum(problem, rank, context);
  context.points('optimum', [1, place(epochs)], [best.objective, best.objective]);
  context.points('lower_bound', [1, place(epochs)], [best.lowerBound, best.lowerBound]);

  const chosen = schedules.filter(({ key }) => key !== 'dense' || factoriseAt > 0);
  const ends: { readonly key: ScheduleKey; readonly name: string; readonly descent: Descent; last: EpochRecord }[] = [];
  for (const [i, { key, label }] of chosen.entries()) {
    const descent = createDescent({
      problem,
      rank,
      initialisation: initialisations[key],
      deviation: Number(values['deviation']),
      learningRate: Number(values['lr']),
      epochs,
      factoriseAt: key === 'dense' ? factoriseAt : 0,
      seed: context.seed,
    });
    let records = [descent.measure()];
    const end = { key, name: label, descent, last: records[0]! };
    ends.push(end);
    let started = performance.now();
    let next = 1;
    while (descent.step() === 'running') {
      // The switch itself is measured too: the loss jumps there.
      const switched = key === 'dense' && descent.epoch === factoriseAt;
      if (descent.epoch >= next || switched) records.push(descent.measure());
      if (descent.epoch >= next) next = next < MEASURED_ALL ? next + 1 : Math.ceil(next * SPACING);
      if (performance.now() - started < STRETCH) continue;
      report(key, records, context);
      records = [];
      context.progress((i + descent.epoch / epochs) / chosen.length, `${label}: epoch ${descent.epoch} of ${epochs}`);
      await context.breathe();
      started = performance.now();
    }
    end.last = descent.measure();
    report(key, [...records, end.last], context);
    if (descent.status === 'diverged')
      context.log('warning', `${label}: diverged at epoch ${descent.epoch}; a smaller learning rate may help`);
    else context.log('info', `${label}: objective ${end.last.objective.toPrecision(8)}`);
  }
  return document(best, ends, factoriseAt);
}

function document(
  best: HeadPoint,
  ends: readonly { readonly name: string; readonly descent: Descent; readonly last: EpochRecord }[],
  factoriseAt: number,
) {
  const rows = ends.map(({ name, descent, last }) => ({
    name,
    status: descent.status,
    epoch: last.epoch,
    objective: last.objective,
    loss: last.loss,
    excess: last.objective - best.objective,
    gradientNorm: last.gradientNorm,
    etfDistance: last.etfDistance,
    stable: last.ranks.stable,
    nuclear: last.ranks.nuclear,
    entropy: last.ranks.entropy,
    imbalance: last.imbalance,
  }));
  const done = rows.filter(({ status }) => status === 'finished');
  const slope = Math.max(0, ...done.map(({ gradientNorm }) => gradientNorm));
  const diverged = rows.length - done.length;
  const text =
    done.length === 0
      ? 'every descent diverged'
      : `gradient norms at most ${slope.toExponential(1)} at the end${diverged > 0 ? `; ${diverged} diverged` : ''}`;
  return {
    basis: { kind: 'numerical', text } satisfies Basis,
    optimum: best.objective,
    optimumBasis: `${best.basis.kind}: ${best.basis.text}`,
    lowerBound: best.lowerBound,
    excess: done.length > 0 ? Math.max(...done.map(({ excess }) => excess)) : null,
    switch: factoriseAt > 0 ? place(factoriseAt) : null,
    schedules: rows,
  };
}

export const lowRankDescent: ExecutableKind = {
  id: 'low-rank-descent',
  label: 'Low-rank head: training dynamics',
  description:
    'Gradient descent on W = U Vᵀ and its features: plain, spectral and spectral-ones initialisation, dense then factorised, beside the optimum.',
  parameters: descentParameters,
  metrics: descentMetrics,
  charts: descentCharts,
  results: descentResults,
  random: true,
  check: descentFromValues,
  execute,
};
