/**
 * cos(w_B, w_B') over a grid of imbalance ratios and feature budgets: tens of thousands of exact two-group solves, each
 * warm-started from its neighbour. Only the cosine is kept; sweep.ts gives everything for one row.
 */
import { radiusOf } from './shares.ts';
import { createTwoGroupSolution, solveTwoGroups } from './two-group.ts';
import { ratioInstance, type TwoGroupSetting } from './two-group-problem.ts';

export interface PhaseDiagram {
  /** Row-major, budgets × ratios. 1 where collapsed; NaN where the minority has vanished and no cosine exists. */
  readonly cosines: Float64Array;
  /** The worst relative duality gap of all the solves. */
  readonly worstRelativeGap: number;
}

/** @param ratios R ≥ 1/w_r ascending; budgets: values of E_H > 0 (featureBudget of the setting is not used). */
export function phaseDiagram(
  setting: Omit<TwoGroupSetting, 'featureBudget'>,
  ratios: readonly number[],
  budgets: readonly number[],
): PhaseDiagram {
  const { majorityClasses: KA, minorityClasses: KB } = setting;
  const cosines = new Float64Array(ratios.length * budgets.length);
  let worstRelativeGap = 0;
  budgets.forEach((budget, row) => {
    const z = createTwoGroupSolution();
    const radius = radiusOf(KA + KB, budget, setting.classifierBudget);
    ratios.forEach((ratio, column) => {
      const { instance } = ratioInstance(setting, ratio, radius);
      solveTwoGroups(instance, z);
      if (z.objective > 0) worstRelativeGap = Math.max(worstRelativeGap, z.gap / z.objective);
      cosines[row * ratios.length + column] = minorityCosine(z, KA, KB);
    });
  });
  return { cosines, worstRelativeGap };
}

/** cos(w_B, w_B') = (−β/K_B + τK_A/(K K_B)) / (β(1 − 1/K_B) + τK_A/(K K_B)). */
function minorityCosine(z: { beta: number; x: number; y: number }, KA: number, KB: number): number {
  const shared = (Math.hypot(z.x, z.y) * KA) / ((KA + KB) * KB);
  return (shared - z.beta / KB) / (shared + z.beta * (1 - 1 / KB));
}
