/**
 * The Layer-Peeled Model at what a measured network has: its class counts, the weights that its training gave them, and the
 * budgets that it spends. Solved once for each measurement; what is compared with it is read from here.
 */
import { solve } from '../lpm/solve.ts';
import { thresholds, type Thresholds } from '../lpm/thresholds.ts';
import type { LpmSolution } from '../lpm/types.ts';
import type { FramePair } from '../models/frames/class-frame.ts';
import { layerPeeledFrame } from '../models/frames/references.ts';
import type { ClassGroups } from './class-groups.ts';

/** More groups of classes make an exact solve take longer than a measurement, or seconds for models of free features. */
export const MOST_GROUPS = 64;

export interface PeeledOptimum {
  readonly classes: ClassGroups;
  readonly solution: LpmSolution;
  readonly frames: FramePair;
  /** null where there are not two groups, or a group has no weight. */
  readonly thresholds: Thresholds | null;
}

/** @returns the reason where there is none */
export function peeledOptimum(
  classes: ClassGroups,
  featureBudget: number,
  classifierBudget: number,
): PeeledOptimum | string {
  const { groups } = classes;
  const product = featureBudget * classifierBudget;
  if (!(product > 0 && Number.isFinite(product))) return 'a measured budget is zero or beyond float64';
  if (groups.length > MOST_GROUPS)
    return `there are ${groups.length} distinct counts, more than the ${MOST_GROUPS} that are solved here`;
  const solution = solve({ groups, featureBudget, classifierBudget, dimension: null });
  if (solution.status !== 'solved') return `the Layer-Peeled Model was not solved: ${solution.status}`;
  const [A, B] = groups;
  const two = groups.length === 2 && A!.weight > 0 && B!.weight > 0;
  return {
    classes,
    solution,
    frames: layerPeeledFrame(solution.logits),
    thresholds: two
      ? thresholds({
          majorityClasses: A!.classes,
          minorityClasses: B!.classes,
          featureBudget,
          classifierBudget,
          minorityWeight: B!.weight / A!.weight,
        })
      : null,
  };
}
