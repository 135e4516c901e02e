/**
 * What a ridge-regularised unconstrained features problem and its solution are; no computation here.
 *
 * Notation (Hong and Ling 2023, arXiv 2309.09725; docs/ridge.md): K classes, n_k samples of class k, N = Σ n_k, c_k = n_k/N;
 * decays λ_W and λ_H, l = √(λ_W λ_H). With Z = W H̄ the K×K logits of the class means:
 *     sample   (λ_W/2)‖W‖² + (λ_H/2) Σ_{k,i} ‖h_{k,i}‖²             =  l ‖Z D^{1/2}‖_*,  D = diag(n)
 *     class    (λ_W/2)‖W‖² + (λ_H/2) Σ_k (1/n_k) Σ_i ‖h_{k,i}‖²    =  l ‖Z‖_*,          D = I
 * at the best W and H of a given Z. Solvers work with Y = Z D^{1/2}.
 */
import type { SolveStatus, SymmetricLogits } from '../../lpm/types.ts';
import type { CountGroup } from '../../parameters/counts.ts';
import type { FramePair } from '../frames/class-frame.ts';

/** Which norm of the features the decay λ_H meets; `class` is the Lagrangian of the Layer-Peeled Model. */
export type Normalisation = 'sample' | 'class';
export type RidgeLoss = 'cross-entropy' | 'squared';

export interface RidgeProblem {
  /** n_g ≥ 1 samples in each of K_g ≥ 1 classes. */
  readonly groups: readonly CountGroup[];
  /** λ_W > 0. */
  readonly classifierDecay: number;
  /** λ_H > 0. */
  readonly featureDecay: number;
  /** CE in nats, or ½‖z − e_k‖². */
  readonly loss: RidgeLoss;
  /** A bias without decay, z = W h + b. */
  readonly bias: boolean;
  readonly normalisation: Normalisation;
}

/** A problem with classes of equal count merged: all that its optimum in Y depends on. */
export interface ReducedRidge {
  /** G. */
  readonly count: number;
  /** K_g, descending in n_g. */
  readonly sizes: Float64Array;
  /** c_g = n_g/N per class, descending. */
  readonly shares: Float64Array;
  /** r_g, the diagonal of D^{1/2}: √n_g, or 1. */
  readonly lengths: Float64Array;
  /** l. */
  readonly decay: number;
  readonly loss: RidgeLoss;
  readonly bias: boolean;
}

/** Y of a reduced problem in the form of lpm/types.ts SymmetricLogits, and the bias of a class of each group. */
export interface RidgePoint {
  readonly contrasts: Float64Array;
  readonly rank: number;
  readonly left: Float64Array;
  readonly singularValues: Float64Array;
  readonly right: Float64Array;
  readonly bias: Float64Array;
}

export interface RidgeGroup extends CountGroup {
  readonly classifierNorm: number;
  /** ‖h_k‖ of the class mean (all samples of a class share it at the optimum). */
  readonly featureNorm: number;
  /** Cosine of two classifiers of the group; null if it has one class or they are zero. */
  readonly classifierCosine: number | null;
  readonly featureCosine: number | null;
  /** Own logit less the largest other one, with the bias. */
  readonly margin: number;
  /** Loss of one sample. */
  readonly loss: number;
  /** b_k; 0 without a bias. The biases of all classes sum to 0 for CE, where only differences count. */
  readonly bias: number;
  /** The group's classifiers coincide exactly (K_g > 1): Minority Collapse. */
  readonly collapsed: boolean;
  /** The group's classifiers and features are exactly zero. */
  readonly vanished: boolean;
}

export interface RidgeSolution {
  readonly problem: RidgeProblem;
  /** Loss plus penalty at the returned point. */
  readonly objective: number;
  /** Mean loss of a sample. */
  readonly fit: number;
  /** l‖Z D^{1/2}‖_*: the penalty. */
  readonly penalty: number;
  /** objective − a dual value ≥ objective − optimum. */
  readonly gap: number;
  readonly relativeGap: number;
  readonly lowerBound: number;
  readonly certified: boolean;
  readonly status: SolveStatus;
  readonly iterations: number;
  readonly milliseconds: number;
  /** rank Z. */
  readonly rank: number;
  readonly groups: readonly RidgeGroup[];
  /** G×G cosines between classes of different groups (diagonal: within the group); null where undefined. */
  readonly crossCosines: {
    readonly classifier: readonly (readonly (number | null)[])[];
    readonly feature: readonly (readonly (number | null)[])[];
  };
  /** Mean squared norms at the optimum: the budgets that it spends. */
  readonly budgets: RidgeBudgets;
  /** W and H themselves, up to a rotation, with their lengths. Not in JSON output. */
  readonly frames: FramePair;
  /** Y = Z D^{1/2} over the listed groups. Not in JSON output. */
  readonly weighted: SymmetricLogits;
}

export interface RidgeBudgets {
  /** E_W = (1/K) Σ_k ‖w_k‖². */
  readonly classifier: number;
  /** E_H of the Layer-Peeled Model: (1/K) Σ_k (1/n_k) Σ_i ‖h_{k,i}‖², each class alike. */
  readonly featureByClass: number;
  /** (1/N) Σ_{k,i} ‖h_{k,i}‖², each sample alike: what a trained network's mean squared feature norm is. */
  readonly featureBySample: number;
}
