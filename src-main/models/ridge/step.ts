/**
 * Ridge cross-entropy in the two-group ("STEP") setting: one optimum as the numbers of a curve, and the decays at which its
 * pattern changes. Sweeps are loops over this in the caller; each point is solved by itself in microseconds.
 */
import { gramOf } from '../frames/class-frame.ts';
import { gramDistance } from '../frames/distance.ts';
import { seliFrame, simplexFrame } from '../frames/references.ts';
import { vanishingDecay } from './certificate.ts';
import { reduce } from './reduce.ts';
import { solveRidge } from './solve.ts';
import { collapseDecay } from './thresholds.ts';
import type { Normalisation, RidgeProblem, RidgeSolution } from './types.ts';

export interface StepProblem {
  readonly majorityClasses: number;
  readonly minorityClasses: number;
  /** n_A > 0, samples of a majority class. */
  readonly majoritySamples: number;
  /** R = n_A/n_B > 0; n_B need not be whole. */
  readonly ratio: number;
  /** l = √(λ_W λ_H) > 0; directions depend on nothing else of the decays. */
  readonly decay: number;
  readonly bias: boolean;
  readonly normalisation: Normalisation;
}

export function stepProblem(setting: StepProblem): RidgeProblem {
  const { majorityClasses, minorityClasses, majoritySamples, ratio, decay, bias, normalisation } = setting;
  return {
    groups: [
      { samples: majoritySamples, classes: majorityClasses },
      { samples: majoritySamples / ratio, classes: minorityClasses },
    ],
    classifierDecay: decay,
    featureDecay: decay,
    loss: 'cross-entropy',
    bias,
    normalisation,
  };
}

export interface StepPoint {
  readonly objective: number;
  readonly fit: number;
  readonly relativeGap: number;
  readonly rank: number;
  readonly classifierCosineMajority: number | null;
  readonly classifierCosineMinority: number | null;
  readonly classifierCosineCross: number | null;
  readonly featureCosineMajority: number | null;
  readonly featureCosineMinority: number | null;
  readonly featureCosineCross: number | null;
  /** ‖w_A‖/‖w_B‖; null where the minority is zero. */
  readonly classifierNormRatio: number | null;
  /** nc2 of the classifiers, and of the features, to SELI and to the ETF of the same counts; null where Z = 0. */
  readonly classifierToSeli: number | null;
  readonly featureToSeli: number | null;
  readonly classifierToEtf: number | null;
  readonly featureToEtf: number | null;
  /** √(E_H E_W) that the optimum spends, E_H each class alike. */
  readonly budget: number;
  readonly collapsed: boolean;
  readonly vanished: boolean;
}

export function stepPoint(setting: StepProblem): StepPoint {
  return describeStep(solveRidge(stepProblem(setting)));
}

/** The numbers of a two-group solution, groups in the order (majority, minority). */
export function describeStep(solution: RidgeSolution): StepPoint {
  const { groups, crossCosines, frames, problem, budgets } = solution;
  const [majority, minority] = groups as [(typeof groups)[0], (typeof groups)[0]];
  const [seli, etf] = [seliFrame(problem.groups), simplexFrame(problem.groups)];
  const [w, h] = [gramOf(frames.classifier), gramOf(frames.feature)];
  return {
    objective: solution.objective,
    fit: solution.fit,
    relativeGap: solution.relativeGap,
    rank: solution.rank,
    classifierCosineMajority: majority.classifierCosine,
    classifierCosineMinority: minority.classifierCosine,
    classifierCosineCross: crossCosines.classifier[0]![1]!,
    featureCosineMajority: majority.featureCosine,
    featureCosineMinority: minority.featureCosine,
    featureCosineCross: crossCosines.feature[0]![1]!,
    classifierNormRatio: minority.classifierNorm > 0 ? majority.classifierNorm / minority.classifierNorm : null,
    classifierToSeli: gramDistance(w, gramOf(seli.classifier)),
    featureToSeli: gramDistance(h, gramOf(seli.feature)),
    classifierToEtf: gramDistance(w, gramOf(etf.classifier)),
    featureToEtf: gramDistance(h, gramOf(etf.feature)),
    budget: Math.sqrt(budgets.classifier) * Math.sqrt(budgets.featureByClass),
    collapsed: minority.collapsed,
    vanished: minority.vanished,
  };
}

/** Decays l at which the pattern of the optimum changes, all else fixed. */
export interface DecayThresholds {
  /** From here on the minority has collapsed (closed form); null for K_B = 1. */
  readonly collapse: number | null;
  /** From here on minority classifiers and features are zero; null if they are only where everything is. */
  readonly vanish: number | null;
  /** From here on Z = 0. */
  readonly zero: number;
}

/** `zero` and `collapse` are closed forms, `vanish` a bisection to a relative 1e-12 of the exact solver's pattern. */
export function decayThresholds(setting: Omit<StepProblem, 'decay'>): DecayThresholds {
  const problem = stepProblem({ ...setting, decay: 1 });
  const N = problem.groups.reduce((sum, { samples, classes }) => sum + samples * classes, 0);
  const zero = vanishingDecay(reduce(problem).reduced);
  const minority = problem.groups[1]!;
  const at = collapseDecay(minority.samples, N, setting.normalisation);
  const collapse = minority.classes > 1 ? at : null;
  const vanished = (decay: number): boolean => {
    const group = solveRidge(stepProblem({ ...setting, decay })).groups[1]!;
    return group.vanished;
  };
  let low = Math.min(at, zero) * (1 - 1e-12);
  let high = zero * (1 - 1e-9);
  if (!vanished(high) || vanished(low)) return { collapse, vanish: null, zero };
  while (high / low > 1 + 1e-12) {
    const middle = Math.sqrt(low * high);
    if (vanished(middle)) high = middle;
    else low = middle;
  }
  return { collapse, vanish: high, zero };
}
