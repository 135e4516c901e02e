/**
 * The authors' experiment: the two-group optimum along a list of imbalance ratios (Fang et al. 2021, figure of cosine
 * versus R), each solved exactly from the last one's solution. Thresholds come with it.
 */
import { radiusOf } from './shares.ts';
import { describeGroups } from './geometry.ts';
import { thresholds, type Thresholds } from './thresholds.ts';
import { ratioInstance, ratioProblem, type TwoGroupSetting } from './two-group-problem.ts';
import { createTwoGroupSolution, solveTwoGroups, twoGroupLogits } from './two-group.ts';

export interface SweepPoint {
  readonly ratio: number;
  readonly objective: number;
  readonly gap: number;
  readonly relativeGap: number;
  readonly classifierCosineMajority: number | null;
  readonly classifierCosineMinority: number | null;
  readonly classifierCosineCross: number | null;
  readonly featureCosineMajority: number | null;
  readonly featureCosineMinority: number | null;
  readonly featureCosineCross: number | null;
  /** ‖w_A‖/‖w_B‖; null where the minority has vanished. */
  readonly classifierNormRatio: number | null;
  readonly featureNormRatio: number | null;
  readonly collapsed: boolean;
  readonly vanished: boolean;
}

export interface Sweep extends Thresholds {
  readonly points: readonly SweepPoint[];
}

/** @param ratios R > 0 in any order, Infinity allowed; near ones in sequence solve fastest. */
export function sweepRatios(setting: TwoGroupSetting & { readonly ratios: readonly number[] }): Sweep {
  const solver = sweepSolver(setting);
  return { points: setting.ratios.map(solver), ...thresholds(setting) };
}

/** The point at one ratio, warm-started from the ratio asked for before. */
export function sweepSolver(setting: TwoGroupSetting): (ratio: number) => SweepPoint {
  const { majorityClasses, minorityClasses, featureBudget, classifierBudget } = setting;
  const radius = radiusOf(majorityClasses + minorityClasses, featureBudget, classifierBudget);
  const z = createTwoGroupSolution();
  let previouslySwapped = false;
  return (ratio) => {
    const problem = ratioProblem({ ...setting, ratio });
    const { instance, swapped } = ratioInstance(setting, ratio, radius);
    // The roles of the groups have changed: what z holds is no start any more.
    if (swapped !== previouslySwapped) Object.assign(z, createTwoGroupSolution());
    previouslySwapped = swapped;
    solveTwoGroups(instance, z);
    const { groups, crossCosines } = describeGroups(problem, twoGroupLogits(instance, z, swapped));
    const [majority, minority] = groups as [(typeof groups)[0], (typeof groups)[0]];
    const normRatio = (a: number, b: number): number | null => (b > 0 ? a / b : null);
    return {
      ratio,
      objective: z.objective,
      gap: z.gap,
      relativeGap: z.objective > 0 ? z.gap / z.objective : 0,
      classifierCosineMajority: majority.classifierCosine,
      classifierCosineMinority: minority.classifierCosine,
      classifierCosineCross: crossCosines.classifier[0]![1]!,
      featureCosineMajority: majority.featureCosine,
      featureCosineMinority: minority.featureCosine,
      featureCosineCross: crossCosines.feature[0]![1]!,
      classifierNormRatio: normRatio(majority.classifierNorm, minority.classifierNorm),
      featureNormRatio: normRatio(majority.featureNorm, minority.featureNorm),
      collapsed: minority.collapsed,
      vanished: minority.vanished,
    };
  };
}
