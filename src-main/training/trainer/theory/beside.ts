/**
 * Theory beside a measurement: budgets, the predictions at these budgets, how far the network is from each, as values by metric
 * key. What cannot be predicted has no value; the reasons are told once, by `theoryOf`.
 */
import type { ClassMeans } from '../../../collapse/class-means.ts';
import type { Measurement } from '../../../collapse/types.ts';
import type { FramePair } from '../../../models/frames/class-frame.ts';
import type { TrainingPlan } from '../../types.ts';
import { classGroups, type ClassGroups, classWeights } from './class-groups.ts';
import { compare, type Compared, type GroupCosines } from './compare.ts';
import { measuredGeometry } from './geometry.ts';
import {
  lpmSilent,
  predictLpm,
  predictFree,
  type LpmPrediction,
  type FreePrediction,
  type TrainingTerms,
} from './predict.ts';

/** What stays the same along a training. */
export interface Theory {
  readonly terms: TrainingTerms;
  readonly groups: ClassGroups;
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
  const groups = classGroups(counts, weights);
  const ridge = predictFree(
    terms,
    counts.map((n, k) => n * weights[k]!),
  );
  return {
    terms,
    groups,
    majority,
    ridge: typeof ridge === 'string' ? null : ridge,
    reasons: { lpm: lpmSilent(terms, groups), ridge: typeof ridge === 'string' ? ridge : null },
  };
}

export interface Beside {
  readonly values: Readonly<Record<string, number | null>>;
  readonly lpm: LpmPrediction | null;
}

/** Never throws for what was measured: a network that has diverged has no prediction. */
export function besideTheory(
  { terms, groups, majority, ridge, reasons }: Theory,
  classifier: { readonly weights: Float64Array },
  means: ClassMeans,
  measured: Measurement,
): Beside {
  if (means.nonFinite !== null) return { values: {}, lpm: null };
  const geometry = measuredGeometry(classifier.weights, means, terms.bias);
  const { featureBudget, classifierBudget } = geometry;
  const lpm = reasons.lpm === null ? predictLpm(groups, featureBudget, classifierBudget) : null;
  const against = (frames: FramePair, { members }: ClassGroups): Compared =>
    compare(frames, members, majority, geometry);
  return {
    lpm,
    values: {
      budget_w: classifierBudget,
      budget_h: featureBudget,
      ...norms(measured, majority),
      ...(lpm && {
        ...comparison('lpm', against(lpm.frames, groups), measured),
        ...predictedNorms(lpm, groups, majority),
        lpm_r0: lpm.thresholds?.r0 ?? null,
        lpm_r1: lpm.thresholds?.r1 ?? null,
      }),
      ...(ridge && comparison('ridge', against(ridge.frames, ridge.classes), measured)),
    },
  };
}

const GROUPS = ['majority', 'minority', 'cross'] as const;

function comparison(name: string, compared: Compared, { metrics }: Measurement): Record<string, number | null> {
  const side = (letter: 'w' | 'h', cosines: GroupCosines): Record<string, number | null> => {
    const predicted = Object.fromEntries(GROUPS.map((group) => [`${name}_cos_${letter}_${group}`, cosines[group]]));
    const differences = GROUPS.flatMap((group) => {
      const [theory, seen] = [cosines[group], metrics[`cos_${letter}_${group}`]];
      return theory === null || seen === null ? [] : [Math.abs(theory - seen)];
    });
    return { ...predicted, [`${name}_residual_${letter}`]: differences.length > 0 ? Math.max(...differences) : null };
  };
  return {
    [`${name}_frame_w`]: compared.classifierDistance,
    [`${name}_frame_h`]: compared.featureDistance,
    ...side('w', compared.classifierCosines),
    ...side('h', compared.featureCosines),
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
  { solution }: LpmPrediction,
  { members }: ClassGroups,
  majority: readonly number[],
): Record<string, number | null> {
  const of = (wanted: boolean): number | null => {
    const g = members.findIndex((labels) => labels.some((label) => majority.includes(label) === wanted));
    return g < 0 ? null : solution.groups[g]!.classifierNorm;
  };
  return majority.length === 0 ? {} : { lpm_norm_w_majority: of(true), lpm_norm_w_minority: of(false) };
}
