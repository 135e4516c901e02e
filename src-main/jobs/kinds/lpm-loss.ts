/** Run kind: the Layer-Peeled Model under another loss: the certified optimum, its geometry, and a curve beside cross-entropy. */
import { contrastiveCollapseRatio } from '../../lpm/losses/contrastive-ratio.ts';
import { collapseRatio } from '../../lpm/losses/collapse-ratio.ts';
import {
  CONTRASTIVE_TOLERANCE,
  describeContrastive,
  minimiseContrastive,
  type ContrastiveProblem,
} from '../../lpm/losses/contrastive.ts';
import { chooseLoss, type ChosenLoss, type LossId } from '../../lpm/losses/softmax-type.ts';
import { LOSS_TOLERANCE, solveSoftmaxType } from '../../lpm/losses/solve-softmax-type.ts';
import { contrastiveProblem, validateLoss, validateTwoShares } from '../../lpm/losses/validate.ts';
import { classCount } from '../../lpm/shares.ts';
import type { LpmProblem } from '../../lpm/types.ts';
import { gapBasis } from '../../models/gap-basis.ts';
import type { ParameterValues } from '../../parameters/specification.ts';
import { NEGLIGIBLE } from '../../numerics/path-following.ts';
import { problemFromValues } from './lpm-solve.ts';
import { CONTRASTIVE, lossCharts, lossMetrics, lossParameters, lossResults } from './lpm-loss-specification.ts';
import type { ExecutableKind, JobContext } from './kind.ts';

type Request =
  | { readonly type: 'softmax'; readonly problem: LpmProblem; readonly chosen: ChosenLoss }
  | { readonly type: 'contrastive'; readonly problem: LpmProblem; readonly posed: ContrastiveProblem };

/** @throws InvalidInput naming counts, weights, shape, temperature, eh or ew */
function lossFromValues(values: ParameterValues): Request {
  const problem = problemFromValues(values);
  if (values['loss'] === CONTRASTIVE)
    return { type: 'contrastive', problem, posed: contrastiveProblem(problem, Number(values['temperature'])) };
  const shape = values['shape'];
  const chosen = validateLoss(values['loss'] as LossId, typeof shape === 'number' ? shape : null);
  validateTwoShares(problem);
  return { type: 'softmax', problem, chosen };
}

interface TwoGroups {
  readonly KA: number;
  readonly KB: number;
  readonly R: number;
}

/** The two groups of a problem that has exactly two distinct counts, majority first; else null. */
function twoGroups({ groups }: LpmProblem): TwoGroups | null {
  const merged = new Map<number, number>();
  for (const { samples, classes } of groups) merged.set(samples, (merged.get(samples) ?? 0) + classes);
  const sorted = [...merged].sort((a, b) => b[0] - a[0]);
  if (sorted.length !== 2 || sorted[1]![0] === 0) return null;
  return { KA: sorted[0]![1], KB: sorted[1]![1], R: sorted[0]![0] / sorted[1]![0] };
}

/** The problem at another ratio: counts stand for shares only. */
function atRatio(problem: LpmProblem, KA: number, KB: number, R: number): LpmProblem {
  return {
    ...problem,
    groups: [
      { samples: R, classes: KA, weight: 1 },
      { samples: 1, classes: KB, weight: 1 },
    ],
  };
}

function solveSoftmax(problem: LpmProblem, chosen: ChosenLoss) {
  const solution = solveSoftmaxType(problem, chosen);
  const balanced = solveSoftmaxType(
    { ...problem, groups: [{ samples: 1, classes: classCount(problem.groups), weight: 1 }] },
    chosen,
  );
  return {
    basis: gapBasis(solution.relativeGap, LOSS_TOLERANCE),
    loss: chosen.loss.name,
    objective: solution.objective,
    balancedObjective: balanced.objective,
    gap: solution.gap,
    relativeGap: solution.relativeGap,
    note: solution.zeroLoss
      ? 'The loss is zero: the budgets leave nothing to gain, and this optimum is one of many.'
      : chosen.loss.reason,
    groups: solution.groups,
    featureCosines: solution.crossCosines.feature,
  };
}

function solveContrastive(posed: ContrastiveProblem) {
  const point = minimiseContrastive(posed);
  const { groups, crossCosines } = describeContrastive(posed, point);
  const K = posed.groups.reduce((sum, { classes }) => sum + classes, 0);
  const N = posed.groups.reduce((sum, { samples, classes }) => sum + samples * classes, 0);
  const balanced = minimiseContrastive({ ...posed, groups: [{ samples: N / K, classes: K }] });
  return {
    basis: gapBasis(point.relativeGap, CONTRASTIVE_TOLERANCE),
    loss: 'Supervised contrastive',
    objective: point.objective,
    balancedObjective: balanced.objective,
    gap: point.gap,
    relativeGap: point.relativeGap,
    note:
      point.excess <= NEGLIGIBLE
        ? 'The loss above its floor is zero in double precision: this optimum is one of many.'
        : `Of the loss ${Number(point.floor.toPrecision(6))} is Σ (n_k/N) log n_k, out of reach of any geometry; gaps are relative to the rest.`,
    groups: groups.map((group) => ({
      ...group,
      classifierNorm: null,
      classifierCosine: null,
      margin: null,
      loss: null,
    })),
    featureCosines: crossCosines,
  };
}

/** Cosines within the two groups at one ratio. */
function cosinesAt(request: Request, KA: number, KB: number, R: number) {
  const problem = atRatio(request.problem, KA, KB, R);
  if (request.type === 'softmax') {
    const { groups } = solveSoftmaxType(problem, request.chosen);
    return { majority: groups[0]!.classifierCosine, minority: groups[1]!.classifierCosine };
  }
  const posed = contrastiveProblem(problem, request.posed.temperature);
  const { groups } = describeContrastive(posed, minimiseContrastive(posed));
  return { majority: groups[0]!.featureCosine, minority: groups.at(-1)!.featureCosine };
}

async function execute(values: ParameterValues, context: JobContext): Promise<unknown> {
  const request = lossFromValues(values);
  await context.breathe();
  context.progress(0, 'solving');
  const solved =
    request.type === 'softmax' ? solveSoftmax(request.problem, request.chosen) : solveContrastive(request.posed);
  context.points('objective', [0], [solved.objective]);
  context.points('relative_gap', [0], [solved.relativeGap]);
  const two = twoGroups(request.problem);
  if (two !== null) await curve(request, two, Number(values['points']), context);
  context.log('info', `${solved.loss}: loss ${solved.objective.toPrecision(8)}, ${solved.basis.text}`);
  await context.breathe();
  return {
    ...solved,
    ...(two === null ? { r0: null, crossEntropyR0: null } : collapseRatios(request, two)),
    etfCosine: -1 / (classCount(request.problem.groups) - 1),
  };
}

function collapseRatios(request: Request, { KA, KB }: TwoGroups) {
  const { featureBudget, classifierBudget } = request.problem;
  const setting = { majorityClasses: KA, minorityClasses: KB, featureBudget, classifierBudget };
  if (request.type === 'contrastive')
    return {
      r0: contrastiveCollapseRatio({ ...setting, temperature: request.posed.temperature }),
      crossEntropyR0: null,
    };
  return {
    r0: collapseRatio(setting, request.chosen),
    crossEntropyR0: collapseRatio(setting, chooseLoss('cross-entropy')),
  };
}

/** Both losses from R = 1 to ten times the ratio of the counts. */
async function curve(request: Request, { KA, KB, R }: TwoGroups, count: number, context: JobContext): Promise<void> {
  const point = (metric: string, ratio: number, value: number | null): void => {
    if (value !== null) context.points(metric, [ratio], [value]);
  };
  const entropy: Request = { type: 'softmax', problem: request.problem, chosen: chooseLoss('cross-entropy') };
  for (let i = 0; i < count; i++) {
    await context.breathe();
    const ratio = (10 * R) ** (i / (count - 1));
    const { majority, minority } = cosinesAt(request, KA, KB, ratio);
    point('cos_majority', ratio, majority);
    point('cos_minority', ratio, minority);
    if (request.type === 'softmax') point('cos_minority_ce', ratio, cosinesAt(entropy, KA, KB, ratio).minority);
    context.progress((i + 1) / count, `${i + 1} of ${count} ratios`);
  }
}

export const lpmLoss: ExecutableKind = {
  id: 'lpm-loss',
  label: 'Layer-Peeled Model: other losses',
  description:
    'The global optimum under losses beside cross-entropy: exponential, hinge, logistic, power, polynomial tail, supervised contrastive.',
  parameters: lossParameters,
  metrics: lossMetrics,
  charts: lossCharts,
  results: lossResults,
  check: lossFromValues,
  execute,
};
