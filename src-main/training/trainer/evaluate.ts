/** Runs a network over samples in evaluation mode, chunk by chunk: decisions and loss by class, features where asked for. */
import { softmaxLoss, squaredLoss } from './sample-loss.ts';
import type { Session } from './session.ts';
import type { Split } from '../types.ts';
import { chunkSize } from './batches.ts';

export interface Evaluation {
  /** By class. */
  readonly samples: Float64Array;
  readonly correct: Float64Array;
  /** Sums over the samples of a class: cross-entropy in nats, or ½‖z − e_y‖². Neither weighted nor adjusted. */
  readonly loss: Float64Array;
}

/**
 * @param features N×p; filled in the order of `indices` where it is given
 * @param breathe awaited between chunks
 */
export async function evaluate(
  { tf, network, specification, batches }: Session,
  split: Split,
  indices: Int32Array,
  breathe: () => Promise<void>,
  features: Float32Array | null = null,
): Promise<Evaluation> {
  const { classes: K, featureDimension: p, shape } = network;
  const lossOf = specification.loss === 'ce' ? softmaxLoss : squaredLoss;
  const [samples, correct, loss] = [new Float64Array(K), new Float64Array(K), new Float64Array(K)];
  const step = chunkSize(shape);
  for (let first = 0; first < indices.length; first += step) {
    const part = indices.subarray(first, first + step);
    const { x, y, labels } = batches(split, part);
    const outputs = tf.tidy(() => ({ ...network.forward(x, false) }));
    tf.dispose([x, y]);
    const logits = await outputs.logits.data();
    if (features !== null) features.set(await outputs.features.data(), first * p);
    tf.dispose([outputs.logits, outputs.features]);
    for (let i = 0; i < part.length; i++) {
      const k = labels[i]!;
      const row = logits.subarray(i * K, (i + 1) * K);
      samples[k] = samples[k]! + 1;
      if (largest(row) === k) correct[k] = correct[k]! + 1;
      loss[k] = loss[k]! + lossOf(row, k);
    }
    await breathe();
  }
  return { samples, correct, loss };
}

/** Index of the largest entry, the first of equal ones; NaN is never largest. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]! || Number.isNaN(values[best])) best = k;
  return best;
}

/** Mean of sums over some classes; null where they have no samples. */
export function shareOf(sums: Float64Array, samples: Float64Array, classes: readonly number[] | null): number | null {
  const chosen = classes ?? [...samples.keys()];
  const total = chosen.reduce((sum, k) => sum + samples[k]!, 0);
  return total === 0 ? null : chosen.reduce((sum, k) => sum + sums[k]!, 0) / total;
}
