/** Everything that decides a training, and what it may do while it runs; no computation here. */
import type { BackendChoice } from '../backends/index.ts';
import type { Imbalance } from '../data/imbalance.ts';
import type { DatasetSpecification } from '../data/open.ts';
import type { PlanOptions } from '../data/plan.ts';
import type {
  LossName,
  NetworkSpecification,
  OptimiserSpecification,
  ScheduleSpecification,
} from '../networks/index.ts';
import type { Normalisation } from '../../models/ridge/types.ts';
import type { Measured } from './measured-epochs.ts';

/**
 * Penalty in place of decay of all parameters, D_k the draws of class k in an epoch (n_k unless oversampled):
 *     sample   (λ_W/2)‖W‖² + (λ_H/2) Σ_i ‖h_i‖², the sum over the draws of one epoch
 *     class    (λ_W/2)‖W‖² + (λ_H/2) Σ_k (1/D_k) Σ_i ‖h_{k,i}‖², the Lagrangian of the Layer-Peeled Model
 */
export interface LastLayerDecay {
  /** λ_W, on the classifiers; with a linear tail, on each of its matrices. */
  readonly classifier: number;
  /** λ_H: that of the ridge model with the same normalisation. */
  readonly feature: number;
  readonly normalisation: Normalisation;
}

export interface TrainingSpecification {
  readonly data: DatasetSpecification;
  /** A long tail without an order takes the classes as they come. */
  readonly imbalance: Imbalance;
  readonly plan: Omit<PlanOptions, 'imbalance' | 'seed'>;
  readonly network: Partial<NetworkSpecification>;
  /** T_s, epochs that low-rank layers are trained as dense ones before they are factorised; 0: factors from the start. */
  readonly denseEpochs: number;
  readonly loss: LossName;
  readonly optimiser: OptimiserSpecification;
  readonly peeledDecay: LastLayerDecay | null;
  /** η of the first step after warm-up. */
  readonly rate: number;
  readonly schedule: ScheduleSpecification;
  /** Samples in a step. */
  readonly batch: number;
  readonly epochs: number;
  readonly backend: BackendChoice;
  readonly measured: Measured;
  /** Form the p×p covariance at every measurement: the variability collapse index needs it. */
  readonly covariance: boolean;
  /** Of samples, order and initial weights. */
  readonly seed: number;
}

/** What a training asks of whoever runs it. */
export interface TrainingHost {
  point(metric: string, epoch: number, value: number): void;
  log(level: 'info' | 'warning', text: string): void;
  progress(fraction: number, text: string): void;
  /** Awaited after every step; a rejection stops the training. */
  breathe(): Promise<void>;
  /** Absent where nothing can be kept. */
  readonly checkpoints?: { last(): Uint8Array | null; keep(bytes: Uint8Array): Promise<void> };
}
