/**
 * Decay as the unconstrained-features model has it, on the head's weights and on the features, explicit in the objective:
 *
 *     (λ_W/2) Σ_j ‖W_j‖_F² + (λ_b/2)‖b‖² + (λ_H/2) Σ_i ‖h_i‖²
 *
 * W_j are the head's tensors (its factors where it has a rank). The last sum runs over all N_train samples; a batch of N
 * estimates it without bias by (N_train/N) times its own. Decay of all parameters is the optimiser's.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { InvalidInput } from '../../../parameters/specification.ts';
import type { Tf } from '../../backends/backend.ts';
import type { Network, Outputs } from '../types.ts';

export interface PeeledDecay {
  /** λ_W ≥ 0. */
  readonly classifier: number;
  /** λ_H ≥ 0, per sample. */
  readonly features: number;
  /** λ_b ≥ 0. */
  readonly bias: number;
  /** N_train, the samples of one epoch. */
  readonly samples: number;
}

/** The penalty as a function of a batch's outputs. @throws InvalidInput naming a λ that is negative or not a number */
export function peeledPenalty(tf: Tf, network: Network, decay: PeeledDecay): (outputs: Outputs) => Scalar {
  for (const field of ['classifier', 'features', 'bias'] as const)
    if (!(decay[field] >= 0 && Number.isFinite(decay[field])))
      throw new InvalidInput([{ field, value: decay[field], message: 'must be a number from 0' }]);
  const half = (lambda: number, x: Tensor): Tensor => tf.mul(lambda / 2, tf.sum(tf.square(x)));
  const ofRole = (role: string): Tensor[] =>
    network.parameters.filter((parameter) => parameter.role === role).map(({ variable }) => variable);
  const weights = decay.classifier > 0 ? ofRole('head-weight') : [];
  const biases = decay.bias > 0 ? ofRole('head-bias') : [];
  return ({ features }) => {
    const terms = [
      ...weights.map((W) => half(decay.classifier, W)),
      ...biases.map((b) => half(decay.bias, b)),
      ...(decay.features > 0 ? [half((decay.features * decay.samples) / features.shape[0], features)] : []),
    ];
    return terms.reduce((sum, term) => tf.add(sum, term), tf.scalar(0)) as Scalar;
  };
}
