/**
 * Decay as the unconstrained-features model has it, on the head's weights and on the features, explicit in the objective:
 *
 *     (λ_W/2) Σ_j ‖W_j‖_F² + (λ_b/2)‖b‖² + (λ_H/2) Σ_i c_{y_i} ‖h_i‖²
 *
 * W_j are the head's tensors (its factors where it has a rank). The last sum runs over the D = Σ_k D_k samples that an epoch
 * draws; a batch of N estimates it without bias by D/N times its own. c_k = 1 decays every sample alike, c_k = 1/D_k every
 * class. Decay of all parameters is the optimiser's.
 */
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { InvalidInput } from '../../../parameters/specification.ts';
import type { Tf } from '../../backends/backend.ts';
import type { Network, Outputs } from '../types.ts';

export interface PeeledDecay {
  /** λ_W ≥ 0. */
  readonly classifier: number;
  /** λ_H ≥ 0. */
  readonly features: number;
  /** λ_b ≥ 0. */
  readonly bias: number;
  /** D_k ≥ 0, one per class. */
  readonly drawn: readonly number[];
  /** c_k = 1, or 1/D_k. */
  readonly normalisation: 'sample' | 'class';
}

export interface PeeledPenalty {
  /** The penalty as a function of a batch's outputs and labels. */
  of(outputs: Outputs, y: Tensor1D): Scalar;
  dispose(): void;
}

/** @throws InvalidInput naming a λ that is negative or not a number */
export function peeledPenalty(tf: Tf, network: Network, decay: PeeledDecay): PeeledPenalty {
  for (const field of ['classifier', 'features', 'bias'] as const)
    if (!(decay[field] >= 0 && Number.isFinite(decay[field])))
      throw new InvalidInput([{ field, value: decay[field], message: 'must be a number from 0' }]);
  const half = (lambda: number, x: Tensor): Tensor => tf.mul(lambda / 2, tf.sum(tf.square(x)));
  const ofRole = (role: string): Tensor[] =>
    network.parameters.filter((parameter) => parameter.role === role).map(({ variable }) => variable);
  const weights = decay.classifier > 0 ? ofRole('head-weight') : [];
  const biases = decay.bias > 0 ? ofRole('head-bias') : [];
  const D = decay.drawn.reduce((sum, draws) => sum + draws, 0);
  // λ_H D c_k. A class that is never drawn is in no batch.
  const byClass = tf.tensor1d(
    decay.drawn.map((draws) =>
      decay.normalisation === 'sample' ? decay.features * D : draws > 0 ? (decay.features * D) / draws : 0,
    ),
  );
  const ofFeatures = ({ features }: Outputs, y: Tensor1D): Tensor =>
    tf.mul(0.5 / features.shape[0], tf.sum(tf.mul(tf.gather(byClass, y), tf.sum(tf.square(features), 1))));
  return {
    of(outputs, y) {
      const terms = [
        ...weights.map((W) => half(decay.classifier, W)),
        ...biases.map((b) => half(decay.bias, b)),
        ...(decay.features > 0 ? [ofFeatures(outputs, y)] : []),
      ];
      return terms.reduce((sum, term) => tf.add(sum, term), tf.scalar(0)) as Scalar;
    },
    dispose: () => byClass.dispose(),
  };
}
