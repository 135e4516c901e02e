/**
 * What theory predicts for a network before it is trained: models of free features at its decays. Says why where a model does
 * not speak of the training at hand; the Layer-Peeled Model predicts at what has been measured (collapse/peeled-optimum.ts).
 */
import { type ClassGroups, classGroups } from '../../../collapse/class-groups.ts';
import { MOST_GROUPS } from '../../../collapse/peeled-optimum.ts';
import type { FramePair } from '../../../models/frames/class-frame.ts';
import { solveRidge } from '../../../models/ridge/solve.ts';
import type { LastLayerDecay } from '../specification.ts';
import { predictTail, tailSilent } from './predict-tail.ts';

/** What of the training decides which model speaks of it. */
export interface TrainingTerms {
  readonly loss: 'ce' | 'mse';
  readonly bias: boolean;
  /** p. */
  readonly featureDimension: number;
  /** Linear layers after the features; 1: the classifier alone. */
  readonly headDepth: number;
  readonly headRank: number | null;
  readonly fixedClassifier: boolean;
  readonly adjusted: boolean;
  /** Classes weigh differently in the loss itself, beyond how often they are drawn. */
  readonly lossWeighted: boolean;
  /** On the last layer and the features; null: decay of all parameters, or none. */
  readonly peeledDecay: LastLayerDecay | null;
}

/** Why the Layer-Peeled Model makes no prediction; null: it does. */
export function lpmSilent(terms: TrainingTerms, K: number): string | null {
  if (terms.loss !== 'ce') return 'the Layer-Peeled Model is one of cross-entropy';
  if (terms.adjusted) return 'logits are adjusted in the loss, which the Layer-Peeled Model does not do';
  if (terms.fixedClassifier) return 'the classifier is fixed; the Layer-Peeled Model trains it';
  if (terms.headDepth > 1 || terms.headRank !== null)
    return 'the classifier is factorised; the Layer-Peeled Model has one matrix';
  if (terms.featureDimension < K - 1)
    return `p = ${terms.featureDimension} is below K − 1 = ${K - 1}: no frame of that rank fits`;
  return null;
}

/** The optimum of features that are free, under decays: of the ridge model, or of a deep linear network. */
export interface FreePrediction {
  readonly model: 'ridge model' | 'deep linear network';
  readonly frames: FramePair;
  /** Classes of equal effective count. */
  readonly classes: ClassGroups;
  /** One per group of them. */
  readonly solved: readonly { readonly margin: number; readonly collapsed: boolean; readonly vanished: boolean }[];
}

/**
 * The optimum of unconstrained features under the decays that were trained with. A class that is drawn D_k times an epoch is
 * one of D_k samples; where the decay is per class, loss weights count in the same way, since the penalty does not see them.
 * @param effective D_k times the loss weight, one per class
 * @returns the reason where no model speaks of the training
 */
export function predictFree(terms: TrainingTerms, effective: readonly number[]): FreePrediction | string {
  const { peeledDecay } = terms;
  if (peeledDecay === null) return 'the ridge model has decay on the classifiers and the features';
  if (!(peeledDecay.classifier > 0 && peeledDecay.feature > 0)) return 'the ridge model needs both decays above 0';
  if (terms.adjusted || terms.fixedClassifier || terms.headRank !== null)
    return 'the ridge model has one trained classifier matrix and no adjustment';
  if (terms.lossWeighted && (peeledDecay.normalisation === 'sample' || terms.headDepth > 1))
    return 'the loss weighs classes, the decay per sample does not';
  if (effective.some((samples) => samples === 0)) return 'the ridge model needs samples in every class';
  const classes = classGroups(effective, null);
  const { groups } = classes;
  if (terms.headDepth > 1) return tailSilent(terms, effective.length) ?? predictTail(terms, peeledDecay, classes);
  if (terms.loss === 'mse' && terms.bias && peeledDecay.normalisation === 'class')
    return 'the squared loss with a bias is solved with decay per sample only';
  if (groups.length > MOST_GROUPS) return `predictions are made for up to ${MOST_GROUPS} different class counts`;
  const solution = solveRidge({
    groups,
    classifierDecay: peeledDecay.classifier,
    featureDecay: peeledDecay.feature,
    loss: terms.loss === 'ce' ? 'cross-entropy' : 'squared',
    bias: terms.bias,
    normalisation: peeledDecay.normalisation,
  });
  return { model: 'ridge model', frames: solution.frames, classes, solved: solution.groups };
}
