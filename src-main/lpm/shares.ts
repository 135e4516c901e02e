/**
 * The two sizes of program (P) that every solver needs: K and the radius ρ. The shares c_g belong to the reductions
 * (general/reduced-problem.ts for lists of groups, two-group-problem.ts for a ratio).
 */
import type { ClassGroup, LpmProblem } from './types.ts';

/** K, the number of classes. */
export function classCount(groups: readonly ClassGroup[]): number {
  return groups.reduce((sum, group) => sum + group.classes, 0);
}

/** ρ = K √(E_H E_W). The root is taken factor by factor: the product of two tiny budgets may underflow. */
export function radiusOf(classes: number, featureBudget: number, classifierBudget: number): number {
  return classes * Math.sqrt(featureBudget) * Math.sqrt(classifierBudget);
}

/** ρ of a problem. */
export function nuclearRadius({ groups, featureBudget, classifierBudget }: LpmProblem): number {
  return radiusOf(classCount(groups), featureBudget, classifierBudget);
}
