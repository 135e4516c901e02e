/**
 * Theory beside a measurement: budgets, the predictions at these budgets, how far the network is from each, as values by metric
 * key. What cannot be predicted has no value; the reasons are told once, by `theoryOf`.
 */
import type { ClassGroups } from '../../../collapse/class-groups.ts';
import { frameDistance } from '../../../collapse/frame-distance.ts';
import type { MeasuredGrams } from '../../../collapse/measured-grams.ts';
import type { PeeledOptimum } from '../../../collapse/peeled-optimum.ts';
import type { Measurement } from '../../../collapse/types.ts';
import type { FramePair } from '../../../models/frames/class-frame.ts';
import type { TrainingPlan } from '../../types.ts';
import { classWeights } from './class-weights.ts';
import { groupCosines, type GroupCosines } from './group-cosines.ts';
import { type FreePrediction, lpmSilent, predictFree, type TrainingTerms } from './predict.ts';

/** What stays the same along a training; of one that is factorised, along each of its parts. */
export interface Theory {
  /** w_k. */
  readonly weights: readonly number[];
  readonly majority: readonly number[];
  readonly ridge: FreePrediction | null;
  /** Why a model makes no prediction; null: it does. */
  readonly reasons: { readonly lpm: string | null; readonly ridge: string | null };
}

export function theoryOf(
  terms: TrainingTerms,
  plan: Pick<TrainingPlan, 'counts' | 'drawn' | 'lossWeights' | 'majority'>,
): Theory {
  const { counts, majority } = plan;
  const weights = classWeights(plan);
  const ridge = predictFree(
    terms,
    counts.map((n, k) => n * weights[k]!),
  );
  return {
    weights,
    majority,
    ridge: typeof ridge === 'string' ? null : ridge,
    reasons: { lpm: lpmSilent(terms, counts.length), ridge: typeof ridge === 'string' ? ridge : null },
  };
}

export interface Beside {
  readonly values: Readonly<Record<string, number | null>>;
  /** null where the Layer-Peeled Model does not speak of the training, or was not solved. */
  readonly lpm: PeeledOptimum | null;
}

/** Never throws for what was measured: a network that has diverged has no prediction. */
export function besideTheory({ majority, ridge, reasons }: Theory, measured: Measurement): Beside {
  const { grams } = measured;
  if (grams === null) return { values: {}, lpm: null };
  const lpm = reasons.lpm === null ? measured.peeled : null;
  const cosines = (name: string, frames: FramePair, { members }: ClassGroups): Record<string, number | null> =>
    besideCosines(name, groupCosines(frames, members, majority, grams.mean.labels), measured);
  return {
    lpm,
    values: {
      budget_w: grams.classifier?.budget ?? null,
      budget_h: grams.featureBudget,
      ...norms(measured, majority),
      ...(lpm && {
        ...cosines('lpm', lpm.frames, lpm.classes),
        ...predictedNorms(lpm, majority),
        lpm_r0: lpm.thresholds?.r0 ?? null,
        lpm_r1: lpm.thresholds?.r1 ?? null,
      }),
      ...(ridge && { ...cosines('ridge', ridge.frames, ridge.classes), ...ridgeDistances(ridge, grams) }),
    },
  };
}

const GROUPS = ['majority', 'minority', 'cross'] as const;

function besideCosines(
  name: string,
  predicted: { readonly w: GroupCosines; readonly h: GroupCosines },
  { metrics }: Measurement,
): Record<string, number | null> {
  const side = (letter: 'w' | 'h'): Record<string, number | null> => {
    const cosines = predicted[letter];
    const differences = GROUPS.flatMap((group) => {
      const [theory, seen] = [cosines[group], metrics[`cos_${letter}_${group}`]];
      return theory === null || seen === null ? [] : [Math.abs(theory - seen)];
    });
    return {
      ...Object.fromEntries(GROUPS.map((group) => [`${name}_cos_${letter}_${group}`, cosines[group]])),
      [`${name}_residual_${letter}`]: differences.length > 0 ? Math.max(...differences) : null,
    };
  };
  return { ...side('w'), ...side('h') };
}

/** Those to the optimum of the Layer-Peeled Model are collapse metrics, nc2_lpm. */
function ridgeDistances(
  { frames, classes }: FreePrediction,
  { classifier, centredMean }: MeasuredGrams,
): Record<string, number | null> {
  const { members } = classes;
  return {
    ridge_frame_w: classifier && frameDistance(classifier, frames.classifier, members, false, 'classifiers').value,
    ridge_frame_h: frameDistance(centredMean, frames.feature, members, true, 'class means').value,
  };
}

/** Mean norms by group, of classifiers and centred class means. */
function norms({ classes }: Measurement, majority: readonly number[]): Record<string, number | null> {
  const mean = (of: (k: number) => number | null, chosen: (k: number) => boolean): number | null => {
    const found = [...classes.keys()].filter(chosen).flatMap((k) => of(k) ?? []);
    return found.length === 0 ? null : found.reduce((a, b) => a + b, 0) / found.length;
  };
  const groups =
    majority.length === 0 ? { all: () => true } : { majority: isIn(majority), minority: not(isIn(majority)) };
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, chosen]) => [
      [`norm_w_${group}`, mean((k) => classes[k]!.classifierNorm, chosen)],
      [`norm_h_${group}`, mean((k) => classes[k]!.meanNorm, chosen)],
    ]),
  );
}

const isIn = (labels: readonly number[]) => (k: number) => labels.includes(k);
const not = (holds: (k: number) => boolean) => (k: number) => !holds(k);

function predictedNorms(
  { solution, classes: { members } }: PeeledOptimum,
  majority: readonly number[],
): Record<string, number | null> {
  const of = (wanted: boolean): number | null => {
    const g = members.findIndex((labels) => labels.some((label) => majority.includes(label) === wanted));
    return g < 0 ? null : solution.groups[g]!.classifierNorm;
  };
  return majority.length === 0 ? {} : { lpm_norm_w_majority: of(true), lpm_norm_w_minority: of(false) };
}
