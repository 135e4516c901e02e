/** One optimum under the loss chosen on screen, softmax-type or contrastive, in one shape for the panels. */
import {
  CONTRASTIVE_TOLERANCE,
  describeContrastive,
  minimiseContrastive,
} from '../../../src-main/lpm/losses/contrastive.ts';
import { contrastiveCollapseRatio } from '../../../src-main/lpm/losses/contrastive-ratio.ts';
import { collapseRatio } from '../../../src-main/lpm/losses/collapse-ratio.ts';
import {
  chooseLoss,
  softmaxTypeLosses,
  type ChosenLoss,
  type LossId,
} from '../../../src-main/lpm/losses/softmax-type.ts';
import { LOSS_TOLERANCE, solveSoftmaxType } from '../../../src-main/lpm/losses/solve-softmax-type.ts';
import { sweepSolver } from '../../../src-main/lpm/sweep.ts';
import { NEGLIGIBLE } from '../../../src-main/numerics/path-following.ts';
import type { ModelSetting } from '../model.ts';
import type { CurvePoint, LossRow } from './loss-panels.ts';

export const CONTRASTIVE = 'contrastive';

export interface LossRequest {
  readonly KA: number;
  readonly KB: number;
  readonly ratio: number;
  readonly budget: number;
  /** null: the contrastive loss. */
  readonly chosen: ChosenLoss | null;
  readonly temperature: number;
}

export function requestOf(setting: ModelSetting): LossRequest {
  const id = String(setting['loss']);
  const known = softmaxTypeLosses.find((loss) => loss.id === id);
  // The slider of the shape is in units of the loss's usual shape.
  const shape = known?.shape ? known.shape.default * Number(setting['shape']) : undefined;
  return {
    KA: Number(setting['ka']),
    KB: Number(setting['kb']),
    ratio: Number(setting['ratio']),
    budget: Number(setting['budget']),
    chosen: id === CONTRASTIVE ? null : chooseLoss(id as LossId, shape),
    temperature: Number(setting['temperature']),
  };
}

export interface LossPointView {
  readonly objective: number;
  readonly relativeGap: number;
  readonly tolerance: number;
  readonly zeroLoss: boolean;
  readonly rows: readonly [majority: LossRow, minority: LossRow];
  readonly cosines: readonly (readonly (number | null)[])[];
}

export function solvePoint({ KA, KB, ratio, budget, chosen, temperature }: LossRequest): LossPointView {
  const groups = [
    { samples: ratio, classes: KA, weight: 1 },
    { samples: 1, classes: KB, weight: 1 },
  ] as const;
  if (chosen !== null) {
    const solution = solveSoftmaxType({ groups, featureBudget: budget, classifierBudget: 1, dimension: null }, chosen);
    const [majority, minority] = [solution.groups[0]!, solution.groups[1]!];
    return {
      ...solution,
      tolerance: LOSS_TOLERANCE,
      rows: [
        { ...majority, name: 'majority' },
        { ...minority, name: 'minority' },
      ],
      cosines: solution.crossCosines.feature,
    };
  }
  const posed = { groups, featureBudget: budget, temperature };
  const point = minimiseContrastive(posed);
  const { groups: described, crossCosines } = describeContrastive(posed, point);
  const none = { classifierNorm: null, classifierCosine: null, margin: null, loss: null };
  return {
    objective: point.excess,
    relativeGap: point.relativeGap,
    tolerance: CONTRASTIVE_TOLERANCE,
    zeroLoss: point.excess <= NEGLIGIBLE,
    rows: [
      { ...described[0]!, ...none, name: 'majority' },
      { ...described[1]!, ...none, name: 'minority' },
    ],
    cosines: crossCosines,
  };
}

/** Cosines at one ratio after another, beside cross-entropy where classifiers exist. */
export function curveSolver(request: LossRequest): (ratio: number) => CurvePoint {
  const { KA, KB, budget } = request;
  const entropy = sweepSolver({ majorityClasses: KA, minorityClasses: KB, featureBudget: budget, classifierBudget: 1 });
  return (ratio) => {
    const [majority, minority] = solvePoint({ ...request, ratio }).rows;
    const contrastive = request.chosen === null;
    return {
      ratio,
      majority: contrastive ? majority.featureCosine : majority.classifierCosine,
      minority: contrastive ? minority.featureCosine : minority.classifierCosine,
      entropy: contrastive ? null : entropy(ratio).classifierCosineMinority,
    };
  };
}

/** Where collapse begins under this loss; null: never. */
export function collapseOf({ KA, KB, budget, chosen, temperature }: LossRequest): number | null {
  const setting = { majorityClasses: KA, minorityClasses: KB, featureBudget: budget, classifierBudget: 1 };
  return chosen === null ? contrastiveCollapseRatio({ ...setting, temperature }) : collapseRatio(setting, chosen);
}
