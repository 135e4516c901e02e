/**
 * The losses that a network is trained by, as a mean over the batch of w_y ℓ(z, y): class weights w_k, labels y.
 *
 *     ce    ℓ = log Σ_k exp(z_k + a_k) − (z_y + a_y),   a the logit adjustment
 *     mse   ℓ = ½ ‖z − e_y‖²
 *
 * The mean is over N, not over the sum of weights; weights of mean 1 over the samples keep the scale.
 */
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { InvalidInput } from '../../../parameters/specification.ts';
import type { Tf } from '../../backends/backend.ts';

export type LossName = 'ce' | 'mse';

export interface LossOptions {
  /** w_k ≥ 0, one per class; null: all 1. */
  readonly classWeights?: Float32Array | null;
  /** a_k, one per class, cross-entropy only; null: 0. */
  readonly logitAdjustment?: Float32Array | null;
}

/** Z (N×K) and labels (N, int32) to one number in nats or squared units. Differentiable by Z. */
export type Loss = (logits: Tensor2D, labels: Tensor1D) => Scalar;

/** @throws InvalidInput for numbers that are not one per class, negative weights, adjustments that are not finite */
export function lossOf(name: LossName, K: number, tf: Tf, options: LossOptions = {}): Loss {
  const weights = checked('classWeights', options.classWeights ?? null, K, (w) => w >= 0 && Number.isFinite(w));
  const adjustment = checked('logitAdjustment', options.logitAdjustment ?? null, K, Number.isFinite);
  if (name === 'mse' && adjustment !== null)
    throw new InvalidInput([
      { field: 'logitAdjustment', value: 'mse', message: 'is a change of cross-entropy, not of mse' },
    ]);
  return (logits, labels) => {
    // As int32, then cast: the WebAssembly kernel writes integers whatever type is asked for.
    const truth = tf.cast(tf.oneHot(labels, K), 'float32') as Tensor2D;
    const each =
      name === 'ce'
        ? tf.neg(
            tf.sum(
              tf.mul(truth, tf.logSoftmax(adjustment === null ? logits : tf.add(logits, tf.tensor1d(adjustment)))),
              1,
            ),
          )
        : tf.mul(0.5, tf.sum(tf.square(tf.sub(logits, truth)), 1));
    if (weights === null) return tf.mean(each) as Scalar;
    const w = tf.reshape(tf.matMul(truth, tf.tensor2d(weights, [K, 1])), [-1]);
    return tf.mean(tf.mul(w, each)) as Scalar;
  };
}

function checked(
  field: string,
  values: Float32Array | null,
  K: number,
  holds: (value: number) => boolean,
): Float32Array | null {
  if (values === null) return null;
  if (values.length !== K)
    throw new InvalidInput([{ field, value: [...values], message: `must be one number for each of the ${K} classes` }]);
  const wrong = values.findIndex((value) => !holds(value));
  if (wrong >= 0)
    throw new InvalidInput([{ field, value: values[wrong], message: `cannot be that of class ${wrong}` }]);
  return values;
}
