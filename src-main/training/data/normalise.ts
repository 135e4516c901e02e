/** Inputs as networks want them: float32, each channel of mean 0 and deviation 1 over the training set (no augmentation). */
import type { ImageShape, Split, TrainingPlan } from '../types.ts';

export interface Normaliser {
  /** By channel; of vectors (height 1, one channel) one for all features. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Writes the samples at `indices` into `out`, row after row. */
  fill(indices: ArrayLike<number>, split: Split, out: Float32Array): void;
}

/** Mean and deviation over the plan's samples, in float64. A constant channel keeps deviation 1. */
export function normaliser(split: Split, shape: ImageShape, plan: Pick<TrainingPlan, 'samples'>): Normaliser {
  const C = shape.channels;
  const size = shape.height * shape.width * C;
  const mean = new Array<number>(C).fill(0);
  const deviation = new Array<number>(C).fill(0);
  const count = (plan.samples.length * size) / C;
  const each = (visit: (value: number, channel: number) => void): void => {
    for (const i of plan.samples) for (let j = 0; j < size; j++) visit(split.inputs[i * size + j]!, j % C);
  };
  each((value, channel) => (mean[channel] = mean[channel]! + value / count));
  each((value, channel) => (deviation[channel] = deviation[channel]! + (value - mean[channel]!) ** 2 / count));
  for (let c = 0; c < C; c++) deviation[c] = deviation[c]! > 0 ? Math.sqrt(deviation[c]!) : 1;
  return {
    mean,
    deviation,
    fill(indices, { inputs }, out) {
      for (let row = 0; row < indices.length; row++) {
        const from = indices[row]! * size;
        for (let j = 0; j < size; j++) {
          const channel = C === 1 ? 0 : j % C;
          out[row * size + j] = (inputs[from + j]! - mean[channel]!) / deviation[channel]!;
        }
      }
    },
  };
}
