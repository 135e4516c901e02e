/**
 * The optimum of unconstrained features under a linear tail: the deep linear network of M layers with squared loss, in closed
 * form (Dang et al. 2023, arXiv 2301.00437; docs/deep-linear.md). Of the tail's matrices λ_W is the decay of each, and of the
 * features that enter it λ_H per sample. Compared are the product W_M … W_1 and the features.
 */
import type { ClassGroups } from '../../../collapse/class-groups.ts';
import { solveSquaredLoss } from '../../../models/deep-linear/closed-form.ts';
import { generalOrthogonalFrame } from '../../../models/frames/references.ts';
import type { FreePrediction, TrainingTerms } from './predict.ts';

/** Why the deep linear network does not speak of a training with a tail; null: it does. */
export function tailSilent(terms: TrainingTerms, K: number): string | null {
  if (terms.loss !== 'mse') return 'a linear tail has a closed form for the squared loss alone';
  if (terms.bias) return 'a linear tail is predicted without a bias';
  if (terms.peeledDecay?.normalisation !== 'sample') return 'a linear tail is predicted with decay per sample';
  if (terms.featureDimension < K)
    return `p = ${terms.featureDimension} is below K = ${K}: not every class fits into the tail`;
  return null;
}

/** @param classes of equal D_k > 0, none weighted in the loss */
export function predictTail(
  { headDepth: M }: TrainingTerms,
  decay: { readonly classifier: number; readonly feature: number },
  classes: ClassGroups,
): FreePrediction {
  const solution = solveSquaredLoss({
    counts: classes.groups.map(({ samples }) => samples).flatMap((n, g) => classes.members[g]!.map(() => n)),
    loss: 'mse',
    bias: false,
    decays: new Array<number>(M).fill(decay.classifier),
    featureDecay: decay.feature,
    widths: null,
  });
  const first = classes.members.map((_, g) => classes.members.slice(0, g).reduce((sum, list) => sum + list.length, 0));
  const ofGroup = first.map((at) => solution.classes[at]!);
  return {
    model: 'deep linear network',
    frames: generalOrthogonalFrame(
      classes.groups,
      ofGroup.map(({ classifierNorm }) => classifierNorm),
      ofGroup.map(({ featureNorm }) => featureNorm),
    ),
    classes,
    // The other logits are zero: the margin is the own one.
    solved: ofGroup.map(({ alignment, vanished }) => ({ margin: alignment, collapsed: false, vanished })),
  };
}
