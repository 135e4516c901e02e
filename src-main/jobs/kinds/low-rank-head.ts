/** Run kind: the best classifier of every rank r on unconstrained features, with what proves it and what the rank costs. */
import { writeNpz } from '../../interop/npz.ts';
import type { Basis } from '../../models/basis.ts';
import type { DecayOn } from '../../models/low-rank/decay.ts';
import { CERTIFIED, headSweep, sufficientRank, type HeadPoint, type HeadSetting } from '../../models/low-rank/head.ts';
import { parameterCounts } from '../../models/low-rank/initialisation.ts';
import type { LossName } from '../../models/low-rank/logit-loss.ts';
import { InvalidInput, type FieldIssue, type ParameterValues } from '../../parameters/specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';
import { headCharts, headMetrics, headParameters, headResults } from './low-rank-head-specification.ts';
import { countsFromValues, rankIssues } from './low-rank-parameters.ts';

/** @throws InvalidInput naming counts, loss or rank. */
function headFromValues(values: ParameterValues): {
  readonly setting: HeadSetting;
  readonly rank: number;
  /** Largest rank that a K×p classifier has. */
  readonly last: number;
} {
  const counts = countsFromValues(values);
  const loss = values['loss'] as LossName;
  const limit = values['limit'] as 'budgets' | DecayOn;
  const issues: FieldIssue[] = rankIssues(values, counts.length);
  if (limit === 'budgets' && loss === 'mse')
    issues.push({ field: 'loss', value: loss, message: 'squared error is solved with decay, not with budgets' });
  if (issues.length > 0) throw new InvalidInput(issues);
  const number = (key: string): number => Number(values[key]);
  const setting: HeadSetting =
    limit === 'budgets'
      ? { model: 'budgets', counts, featureBudget: number('eh'), classifierBudget: number('ew') }
      : { model: 'decay', counts, loss, decayOn: limit, classifierDecay: number('lw'), featureDecay: number('lh') };
  return { setting, rank: number('rank'), last: Math.min(counts.length, number('p')) };
}

function report(point: HeadPoint, parameters: number, context: JobContext): void {
  const single = (metric: string, value: number | null | undefined): void => {
    if (value !== null && value !== undefined) context.points(metric, [point.rank], [value]);
  };
  single('objective', point.objective);
  single('lower_bound', point.lowerBound);
  const excess = point.objective - point.lowerBound;
  // What is certified to meet the bound differs from it by rounding alone.
  single('excess', excess > CERTIFIED * point.objective ? excess : null);
  single('arrangement', point.arrangement?.loss);
  single('cosine_mean', point.cosine?.mean);
  single('cosine_least', point.cosine?.least);
  single('cosine_largest', point.cosine?.largest);
  single('etf_distance', point.etfDistance);
  single('rank_stable', point.ranks.stable);
  single('rank_nuclear', point.ranks.nuclear);
  single('rank_entropy', point.ranks.entropy);
  single('rank_count', point.ranks.count);
  single('parameters', parameters);
}

function row(point: HeadPoint, parameters: number) {
  const { rank, objective, lowerBound, basis, arrangement, cosine, etfDistance, ranks } = point;
  return {
    rank,
    objective,
    basisKind: basis.kind,
    basisText: basis.text,
    excess: Math.max(0, objective - lowerBound),
    arrangement: arrangement?.name ?? null,
    cosineMean: cosine?.mean ?? null,
    etfDistance,
    stable: ranks.stable,
    nuclear: ranks.nuclear,
    entropy: ranks.entropy,
    count: ranks.count,
    unique: point.unique,
    parameters,
  };
}

function detail(point: HeadPoint, parameters: number, K: number) {
  const entry = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const cosines = Array.from({ length: K }, (_, j) => Array.from(point.cosines.slice(j * K, j * K + K), entry));
  return { ...row(point, parameters), spectrum: [...point.spectrum], norms: [...point.norms], cosines };
}

/** Of the whole sweep: exact where every rank is, else how far the local ranks reach. */
function basisOf(points: readonly HeadPoint[]): Basis {
  const first = points[0]!.basis;
  if (points.every(({ basis }) => basis.kind === 'exact')) return first;
  const local = points.filter(({ basis }) => basis.kind === 'local').map(({ rank }) => rank);
  if (local.length > 0)
    return { kind: 'local', text: `local minima at r = ${local.join(', ')}; the bound is proven at every rank` };
  const loose = points.find(({ basis }) => basis.kind === 'numerical');
  return loose?.basis ?? { kind: 'certified', text: 'the proven bound is met at every rank' };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const { setting, rank, last } = headFromValues(values);
  const K = setting.counts.length;
  const parametersOf = (r: number) => parameterCounts(K, Number(values['p']), r);
  const points: HeadPoint[] = [];
  context.progress(0, `rank 1 of ${last}`);
  await context.breathe();
  for (const point of headSweep(setting, last)) {
    await context.breathe();
    if (point === undefined) continue;
    points.push(point);
    report(point, parametersOf(point.rank).factorised, context);
    context.progress(points.length / last, `rank ${Math.min(last, points.length + 1)} of ${last}`);
    if (!point.unique)
      context.log('info', `rank ${point.rank}: classes of equal count compete; the optimum shown is one of many`);
  }
  const basis = basisOf(points);
  context.log('info', `${last} ranks: ${basis.text}`);
  const stack = (of: (point: HeadPoint) => Float64Array) =>
    Float64Array.from(points.flatMap((point) => [...of(point)]));
  const npz = writeNpz({
    cosines: { shape: [last, K, K], data: stack(({ cosines }) => cosines) },
    norms: { shape: [last, K], data: stack(({ norms }) => norms) },
  });
  context.artifact('heads.npz', 'application/zip', npz);
  const [chosen, widest] = [points[rank - 1]!, points.at(-1)!];
  // The first rank that does as well as the largest one, as far as both are known.
  const enough = points.find(({ objective }) => objective <= widest.objective * (1 + 1e-9));
  return {
    basis,
    lowerBound: widest.lowerBound,
    sufficientRank: last < sufficientRank(setting) ? null : enough!.rank,
    etfCosine: -1 / (K - 1),
    breakEven: parametersOf(1).breakEven,
    denseParameters: parametersOf(1).dense,
    chosen: detail(chosen, parametersOf(rank).factorised, K),
    widest: detail(widest, parametersOf(last).factorised, K),
    ranks: points.map((point) => row(point, parametersOf(point.rank).factorised)),
  };
}

export const lowRankHead: ExecutableKind = {
  id: 'low-rank-head',
  label: 'Low-rank head: optimum by rank',
  description:
    'The best classifier W = U Vᵀ of every rank r on unconstrained features, with a proven bound; below K − 1 no ETF fits.',
  parameters: headParameters,
  metrics: headMetrics,
  charts: headCharts,
  results: headResults,
  check: headFromValues,
  execute,
};
