/**
 * Loss shares c_g = w_g n_g / Σ_k w_k n_k and the radius ρ: all that program (P) keeps of counts, weights and budgets.
 * Only the products n_g w_g matter, so oversampling a class and weighting its loss are the same problem
 * (Fang et al. 2021, section "oversampling"; docs/lpm.md).
 */
import type { ClassGroup, LpmProblem } from './types.ts';

/** c_g per class of each group; Σ_g K_g c_g = 1. Scaled first so that huge counts cannot overflow. */
export function lossShares(groups: readonly ClassGroup[]): Float64Array {
  const mass = Float64Array.from(groups, (group) => group.samples * group.weight);
  const largest = mass.reduce((a, b) => Math.max(a, b), 0);
  let total = 0;
  for (let g = 0; g < mass.length; g++) total += groups[g]!.classes * (mass[g]! / largest);
  return mass.map((m) => m / largest / total);
}

/** K, the number of classes. */
export function classCount(groups: readonly ClassGroup[]): number {
  return groups.reduce((sum, group) => sum + group.classes, 0);
}

/** ρ = K √(E_H E_W). The root is taken factor by factor: the product of two tiny budgets may underflow. */
export function nuclearRadius(problem: LpmProblem): number {
  return classCount(problem.groups) * Math.sqrt(problem.featureBudget) * Math.sqrt(problem.classifierBudget);
}
