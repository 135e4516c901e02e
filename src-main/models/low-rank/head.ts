/**
 * Optimal heads against their rank: one setting, every r, with the loss, what proves or limits it, the classifiers' geometry
 * and effective ranks. The solvers are elsewhere (lpm/solve.ts, mse-head.ts, ce-head.ts); this file chooses and describes.
 */
import { classifiersAndFeatures } from '../../lpm/geometry.ts';
import { nuclearRadius } from '../../lpm/shares.ts';
import { solve } from '../../lpm/solve.ts';
import type { LpmProblem, SymmetricLogits } from '../../lpm/types.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import type { Basis } from '../basis.ts';
import { boundCeHead, solveCeHead, type CeHead } from './ce-head.ts';
import { configurationLoss, configurations, type Configuration } from './configurations.ts';
import type { DecayOn } from './decay.ts';
import { describeHead, type HeadGeometry } from './head-geometry.ts';
import type { LossName } from './logit-loss.ts';
import { solveMseHead } from './mse-head.ts';

interface CommonSetting {
  /** n_k ≥ 1, one per class. */
  readonly counts: readonly number[];
}

/** Budgets (the Layer-Peeled Model, cross-entropy) or decay (ridge). Budgets bound W = U Vᵀ itself. */
export type HeadSetting = CommonSetting &
  (
    | { readonly model: 'budgets'; readonly featureBudget: number; readonly classifierBudget: number }
    | {
        readonly model: 'decay';
        readonly loss: LossName;
        readonly decayOn: DecayOn;
        readonly classifierDecay: number;
        readonly featureDecay: number;
      }
  );

export interface HeadPoint extends HeadGeometry {
  readonly rank: number;
  /** Loss, with decay where there is decay. */
  readonly objective: number;
  /** Proven for every rank at once: the optimum of the relaxation, which knows no rank. */
  readonly lowerBound: number;
  readonly basis: Basis;
  /** The best known arrangement and its loss, where one is on file (balanced classes with budgets). */
  readonly arrangement: { readonly name: string; readonly loss: number } | null;
  /** False where classes of equal count compete for the last ranks: the optimum is one of many. */
  readonly unique: boolean;
}

/** The relative gap up to which the bound proves a point. */
export const CERTIFIED = 1e-7;

/** Ranks from which nothing more is to be had: K − 1, or K for squared error without a bias. */
export function sufficientRank(setting: HeadSetting): number {
  const K = setting.counts.length;
  return setting.model === 'decay' && setting.loss === 'mse' ? K : K - 1;
}

/**
 * The heads of ranks `first` to `last`, by default 1 to K, one `next()` or several each: a point when it is ready, undefined
 * between stretches of work. Under cross-entropy with decay each rank starts from the one before: let `first` be 1 there.
 * @throws RangeError unless `last` is a whole number from 1 to K
 */
export function* headSweep(
  setting: HeadSetting,
  last = setting.counts.length,
  first = 1,
): Generator<HeadPoint | undefined, undefined> {
  if (!(Number.isInteger(last) && last >= 1 && last <= setting.counts.length))
    throw new RangeError(`the last rank must be 1 to ${setting.counts.length}, got ${last}`);
  if (setting.model === 'budgets') {
    for (let r = first; r <= last; r++) yield budgetHead(setting, r);
  } else if (setting.loss === 'mse') {
    const full = solveMseHead({ ...setting, rank: setting.counts.length });
    for (let r = first; r <= last; r++) yield mseHead(setting, r, full.objective);
  } else {
    const bound = yield* boundCeHead(setting);
    let previous: CeHead | null = null;
    for (let r = first; r <= last; r++) {
      previous = yield* solveCeHead(setting, r, bound, previous);
      yield {
        rank: r,
        objective: previous.objective,
        lowerBound: bound.lowerBound,
        basis: basisOf(previous.objective, bound.lowerBound, false),
        ...describeHead(previous.classifiers, setting.counts.length, r),
        arrangement: null,
        unique: true,
      };
    }
  }
  return undefined;
}

type Of<M extends HeadSetting['model']> = Extract<HeadSetting, { readonly model: M }>;

function budgetHead(setting: Of<'budgets'>, r: number): HeadPoint {
  const { counts, featureBudget, classifierBudget } = setting;
  const K = counts.length;
  const problem: LpmProblem = { groups: groupsOf(counts), featureBudget, classifierBudget, dimension: r };
  const radius = nuclearRadius(problem);
  const balanced = problem.groups.length === 1;
  const known = (balanced ? configurations(K, r) : []).map((configuration) => ({
    configuration,
    loss: configurationLoss(configuration, K, radius),
  }));
  const best = known.sort((a, b) => a.loss - b.loss)[0];
  const warmStart = best === undefined ? undefined : arrangedLogits(best.configuration, K, radius);
  const solution = solve(problem, { warmStart });
  const { classifiers } = classifiersAndFeatures(solution.problem, solution.logits, K);
  const global = solution.optimality === 'global';
  return {
    rank: r,
    objective: solution.objective,
    lowerBound: solution.lowerBound,
    basis: basisOf(solution.objective, solution.lowerBound, global),
    ...describeHead(classifiers, K, K),
    arrangement: best === undefined ? null : { name: best.configuration.name, loss: best.loss },
    unique: true,
  };
}

function mseHead(setting: Of<'decay'>, r: number, lowerBound: number): HeadPoint {
  const K = setting.counts.length;
  const head = solveMseHead({ ...setting, rank: r });
  const W = new Float64Array(K * K);
  head.classifierNorms.forEach((norm, k) => (W[k * K + k] = norm));
  return {
    rank: r,
    objective: head.objective,
    lowerBound,
    basis: { kind: 'exact', text: 'closed form: truncated, thresholded singular values' },
    ...describeHead(W, K, K),
    arrangement: null,
    unique: head.unique,
  };
}

function basisOf(objective: number, lowerBound: number, global: boolean): Basis {
  const relative = objective > 0 ? Math.max(0, objective - lowerBound) / objective : 0;
  if (relative <= CERTIFIED) return { kind: 'certified', text: `relative gap ${relative.toExponential(1)}` };
  const distance = `${(100 * relative).toPrecision(2)} % above the proven bound of every rank`;
  return global
    ? { kind: 'numerical', text: `relative gap ${relative.toExponential(1)}` }
    : { kind: 'local', text: `best of several starts; ${distance}` };
}

/** Neighbouring classes of equal count as one group: class order is kept. */
function groupsOf(counts: readonly number[]): LpmProblem['groups'] {
  const groups: { samples: number; classes: number; weight: number }[] = [];
  for (const samples of counts) {
    const last = groups.at(-1);
    if (last?.samples === samples) last.classes++;
    else groups.push({ samples, classes: 1, weight: 1 });
  }
  return groups;
}

/** Z = (ρ/K)·gram as a warm start, class by class. */
function arrangedLogits({ gram }: Configuration, K: number, radius: number): SymmetricLogits {
  const { values, vectors } = symmetricEigen(gram, K);
  const rank = values.filter((value) => value > 1e-9).length;
  const side = Float64Array.from({ length: K * rank }, (_, i) => vectors![(i % rank) * K + Math.floor(i / rank)]!);
  return {
    sizes: new Array<number>(K).fill(1),
    contrasts: new Float64Array(K),
    rank,
    left: side,
    singularValues: values.slice(0, rank).map((value) => (radius / K) * value),
    right: side,
  };
}
