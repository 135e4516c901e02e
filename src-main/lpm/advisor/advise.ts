/**
 * The oversampling advisor: from class counts and budgets, before any training, whether the minority collapses, from which
 * weight on it does not, and which weights make the problem balanced again, with the geometry before and after.
 *
 * Two distinct counts: exact. A weight w_r turns R into R/w_r, so collapse is avoided iff w_r > R/R0 (thresholds.ts).
 * More: one weight for all minority classes is bracketed by certified solves; R0 is then the ratio R/w of the crossing.
 */
import { thresholds } from '../thresholds.ts';
import { bracketWeight } from './critical-weight.ts';
import { outlook, type Outlook } from './outlook.ts';
import {
  imbalanceRatio,
  minorityClassCount,
  restoredProblem,
  weightedProblem,
  type TrainingSet,
} from './training-set.ts';

export interface AdviceOptions {
  /** Geometry "after" is shown at this multiple of the smallest weight that avoids collapse; default 1.1. */
  readonly safety?: number | undefined;
  /** Relative width of brackets for more than two distinct counts; default 1e-6. */
  readonly precision?: number | undefined;
  /** false: leaves out the search where there are more than two distinct counts; thresholds are then null. Default true. */
  readonly search?: boolean | undefined;
}

export interface Advice {
  /** R: largest over smallest count. */
  readonly ratio: number;
  /**
   * balanced: all counts equal. single: one minority class, which has nothing to coincide with. safe: no two minority
   * classifiers coincide. collapsed: some do. vanished: some are zero.
   */
  readonly verdict: 'balanced' | 'single' | 'safe' | 'collapsed' | 'vanished';
  /** How r0, r1 and avoidingWeight were found. */
  readonly method: 'exact' | 'bracketed';
  /** Relative width of the brackets; 0 where exact. */
  readonly precision: number;
  /** Ratio at which collapse begins, the minority's counts scaled together; null: never. */
  readonly r0: number | null;
  /** Ratio at which the minority vanishes; null: never. */
  readonly r1: number | null;
  /** Every weight above it avoids collapse: R/R0, below 1 where there is none to avoid; null: never collapses. */
  readonly avoidingWeight: number | null;
  /** Weight of each distinct count that restores the ETF: n_max/n_k. */
  readonly restoringWeights: readonly number[];
  readonly now: Outlook;
  /** At `safety` times avoidingWeight; null where nothing needs to be avoided. */
  readonly avoided: (Outlook & { readonly weight: number }) | null;
  readonly restored: Outlook;
}

/** Advice in steps: yields before every solve of a search, so that a caller can breathe. */
export function* adviceSteps(set: TrainingSet, options: AdviceOptions = {}): Generator<undefined, Advice> {
  const ratio = imbalanceRatio(set);
  const now = outlook(set, weightedProblem(set, 1));
  yield;
  const exact = set.groups.length <= 2;
  const precision = exact ? 0 : (options.precision ?? 1e-6);
  const search = options.search ?? true;
  const found = exact ? exactThresholds(set) : search ? yield* bracketThresholds(set, ratio, precision) : null;
  const { r0, r1 } = found ?? { r0: null, r1: null };
  const avoidingWeight = r0 === null ? null : ratio / r0;
  const needed = avoidingWeight !== null && now.collapsed;
  const weight = needed ? (options.safety ?? 1.1) * avoidingWeight : 1;
  const avoided = needed ? { ...outlook(set, weightedProblem(set, weight)), weight } : null;
  yield;
  return {
    ratio,
    verdict: verdictOf(set, now),
    method: exact ? 'exact' : 'bracketed',
    precision,
    r0,
    r1,
    avoidingWeight,
    restoringWeights: set.groups.map(({ samples }) => set.groups[0]!.samples / samples),
    now,
    avoided,
    restored: outlook(set, restoredProblem(set)),
  };
}

/** The whole advice at once. */
export function advise(set: TrainingSet, options: AdviceOptions = {}): Advice {
  const steps = adviceSteps(set, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function verdictOf(set: TrainingSet, now: Outlook): Advice['verdict'] {
  if (set.groups.length === 1) return 'balanced';
  if (now.vanished) return 'vanished';
  if (now.collapsed) return 'collapsed';
  return minorityClassCount(set) === 1 ? 'single' : 'safe';
}

interface Ratios {
  readonly r0: number | null;
  readonly r1: number | null;
}

function exactThresholds(set: TrainingSet): Ratios {
  const [majority, minority] = set.groups;
  if (minority === undefined) return { r0: null, r1: null };
  return thresholds({
    majorityClasses: majority!.classes,
    minorityClasses: minority.classes,
    featureBudget: set.featureBudget,
    classifierBudget: set.classifierBudget,
  });
}

function* bracketThresholds(set: TrainingSet, ratio: number, precision: number): Generator<undefined, Ratios> {
  const at = (weight: number): Outlook => outlook(set, weightedProblem(set, weight));
  const crossing = function* (holds: (weight: number) => boolean): Generator<undefined, number | null> {
    // The weight 0 is R = ∞: what does not hold there holds at no finite ratio.
    if (!holds(0)) return null;
    const bracket = yield* bracketWeight(holds, precision);
    return bracket === null ? null : ratio / Math.sqrt(bracket.below * bracket.above);
  };
  const r0 = minorityClassCount(set) > 1 ? yield* crossing((weight) => at(weight).collapsed) : null;
  const r1 = yield* crossing((weight) => at(weight).vanished);
  return { r0, r1 };
}
