/**
 * Between the budgets (E_H, E_W) of the Layer-Peeled Model and the decays (λ_H, λ_W) of the ridge model, both without bias
 * (docs/ridge.md). Per class the two are one problem: λ = √(λ_W λ_H) is the multiplier of ‖Z‖_* ≤ ρ. Per sample the optima
 * differ, and decays are found whose optimum spends the budgets.
 *
 * E_H is always the Layer-Peeled Model's (1/K) Σ_k (1/n_k) Σ_i ‖h_{k,i}‖², E_W is (1/K) Σ_k ‖w_k‖².
 */
import { solve } from '../../lpm/solve.ts';
import { thresholds, type Thresholds } from '../../lpm/thresholds.ts';
import type { LpmSolution } from '../../lpm/types.ts';
import { findRoot } from '../../numerics/roots.ts';
import type { CountGroup } from '../../parameters/counts.ts';
import { squaredSize } from '../frames/class-frame.ts';
import { vanishingDecay } from './certificate.ts';
import { reduce } from './reduce.ts';
import { solveRidge } from './solve.ts';
import type { Normalisation, RidgeProblem, RidgeSolution } from './types.ts';

export interface Budgets {
  /** E_H. */
  readonly featureBudget: number;
  /** E_W. */
  readonly classifierBudget: number;
}

export interface Decays {
  readonly classifierDecay: number;
  readonly featureDecay: number;
}

/** A ridge optimum on the map of the Layer-Peeled Model. */
export interface Placement extends Budgets {
  /** The Layer-Peeled optimum for the budgets that the ridge optimum spends. */
  readonly peeled: LpmSolution;
  /** R0 and R1 at those budgets; null where there are not exactly two distinct counts. */
  readonly thresholds: Thresholds | null;
  /** n_A/n_B of the problem; null as above. */
  readonly ratio: number | null;
}

const problemOf = (groups: readonly CountGroup[], decays: Decays, normalisation: Normalisation): RidgeProblem => ({
  groups,
  ...decays,
  normalisation,
  loss: 'cross-entropy',
  bias: false,
});

/** Where a ridge optimum lies on the map; null if it is zero and spends nothing. */
export function placeOnMap(solution: RidgeSolution): Placement | null {
  const { problem, budgets } = solution;
  const [featureBudget, classifierBudget] = [budgets.featureByClass, budgets.classifier];
  if (!(featureBudget > 0 && classifierBudget > 0)) return null;
  const groups = problem.groups.map((group) => ({ ...group, weight: 1 }));
  const peeled = solve({ groups, featureBudget, classifierBudget, dimension: null });
  const { count, sizes, shares } = reduce(problem).reduced;
  if (count !== 2) return { featureBudget, classifierBudget, peeled, thresholds: null, ratio: null };
  const setting = { majorityClasses: sizes[0]!, minorityClasses: sizes[1]!, featureBudget, classifierBudget };
  return {
    featureBudget,
    classifierBudget,
    peeled,
    thresholds: thresholds(setting),
    ratio: shares[0]! / shares[1]!,
  };
}

/**
 * Decays whose ridge optimum has the mean squared norms E_W and E_H. Per class exact up to the multiplier's own accuracy (one
 * certified Layer-Peeled solve); per sample a root in log l, to a relative 1e-12 where the solves are that exact.
 */
export function decaysForBudgets(
  groups: readonly CountGroup[],
  { featureBudget, classifierBudget }: Budgets,
  normalisation: Normalisation,
): Decays {
  if (normalisation === 'class') {
    const weighted = groups.map((group) => ({ ...group, weight: 1 }));
    const { multiplier } = solve({ groups: weighted, featureBudget, classifierBudget, dimension: null });
    return split(multiplier, classifierBudget / featureBudget);
  }
  const at = (logDecay: number): RidgeSolution => {
    const l = Math.exp(logDecay);
    return solveRidge(problemOf(groups, { classifierDecay: l, featureDecay: l }, normalisation), { tolerance: 1e-12 });
  };
  const goal = Math.log(featureBudget) + Math.log(classifierBudget);
  /** log of E_H E_W spent, less the goal; it depends on l alone and falls with it. */
  const excess = (logDecay: number): number => {
    const { budgets } = at(logDecay);
    return Math.max(-1e3, Math.log(budgets.classifier) + Math.log(budgets.featureByClass) - goal);
  };
  const one = problemOf(groups, { classifierDecay: 1, featureDecay: 1 }, normalisation);
  const high = Math.log(vanishingDecay(reduce(one).reduced));
  let width = 1;
  while (width < 600 && excess(high - width) < 0) width *= 2;
  const logDecay = findRoot(excess, high - width, high, { tolerance: 1e-14 });
  const { classifier, feature } = at(logDecay).frames;
  // At λ_W = λ_H: ‖W‖² : ‖H‖² (class means) is their ratio before the split.
  const before = squaredSize(classifier) / squaredSize(feature);
  return split(Math.exp(logDecay), classifierBudget / featureBudget / before);
}

/** λ_W λ_H = l² and λ_H/λ_W = ratio, which is E_W/E_H at the optimum (relative to λ_W = λ_H). */
function split(l: number, ratio: number): Decays {
  return { classifierDecay: l / Math.sqrt(ratio), featureDecay: l * Math.sqrt(ratio) };
}
