/**
 * What training is made of; no computation here. Images are rows of H×W×C numbers (NHWC), vectors are 1×d×1 images.
 * The letters are those of Fang, He, Long, Su 2021: K classes, n_k training samples of class k, ratio R, weight w_r.
 */

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Samples and their labels 0 … K−1. */
export interface Split {
  /** N×H×W×C, row-major: bytes 0 … 255 as files hold them, or real numbers. */
  readonly inputs: Uint8Array | Float32Array;
  readonly labels: Int32Array;
}

export interface Dataset {
  readonly name: string;
  /** Class names, length K. */
  readonly classes: readonly string[];
  readonly shape: ImageShape;
  readonly train: Split;
  /** Held out; null where the source has none. */
  readonly test: Split | null;
  /** Where it came from, for the run's record: files with SHA-256, or the generator and its seed. */
  readonly origin: string;
}

/** What is trained on after imbalance: which samples, how often, with what weight. */
export interface TrainingPlan {
  /** Indices into the split's samples, ascending by class: the imbalanced training set. */
  readonly samples: Int32Array;
  /** n_k of that set. */
  readonly counts: readonly number[];
  /** D_k: how many samples of class k an epoch draws, on average; n_k where every sample is drawn once. */
  readonly drawn: readonly number[];
  /** Classes that count as majority, ascending; empty where none is named and the classes do not have two sizes. */
  readonly majority: readonly number[];
  /** Loss weight by class, mean 1 over the samples drawn; null: all 1. */
  readonly lossWeights: Float32Array | null;
  /** Added to the logits in the loss by class (logit adjustment); null: nothing. */
  readonly logitAdjustment: Float32Array | null;
  /** Sample indices of one epoch in the order of its steps; oversampled ones occur several times. Depends on seed and epoch alone. */
  epoch(number: number): Int32Array;
}
