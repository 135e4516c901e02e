/**
 * What a deep linear network problem and its optimum are; no computation here.
 *
 * Notation (Dang, Tran, Osher, Tran-The, Ho, Nguyen 2023; docs/deep-linear.md): K classes of n_k samples, N = Σ n_k; free
 * features H_1 (d_1×N), weights W_j (d_{j+1}×d_j) for j = 1 … M, d_{M+1} = K; the logits are W_M … W_1 H_1 (+ b).
 *     min (1/N) Σ_k Σ_i ℓ(W_M … W_1 h_{k,i} + b, k) + Σ_j (λ_j/2)‖W_j‖² + (λ_H/2)‖H_1‖²
 * with ℓ(z, k) = ½‖z − e_k‖² (mse) or cross-entropy (ce). The bias b is not regularised. At every optimum the features of a
 * class coincide, so problems are stated in class means h_k and Ĥ = [√n_k h_k].
 */

import type { Basis } from '../basis.ts';

export interface DeepLinearProblem {
  /** n_k ≥ 1, one per class, in the order given; not necessarily whole (sweeps). */
  readonly counts: readonly number[];
  readonly loss: 'mse' | 'ce';
  readonly bias: boolean;
  /** λ_1 … λ_M > 0, one per layer; its length is the depth M. */
  readonly decays: readonly number[];
  /** λ_H > 0. */
  readonly featureDecay: number;
  /** d_1 … d_M; null: all at least K. Only the smallest matters for the optimum. */
  readonly widths: readonly number[] | null;
}

/**
 * One singular direction u_i of the optimum, shared by all layers: W_M … W_1 and every partial product have it.
 * Without bias the directions are the classes themselves.
 */
export interface Direction {
  /** τ_i²: n_k without bias; an eigenvalue of D − n nᵀ/N with bias. Descending. */
  readonly weight: number;
  /** b_i = M N (N Πλ_j λ_H)^{1/M}/τ_i²; Infinity for τ_i = 0. */
  readonly price: number;
  /** s_i: the geometric mean over the layers of the direction's singular values; 0 where the direction has vanished. */
  readonly singularValue: number;
  /** Singular value of Ĥ. */
  readonly featureValue: number;
  /** s_i^M × the singular value of Ĥ over τ_i: in [0, 1), 1 means that the target is met. */
  readonly fit: number;
  /** Its part of the objective. */
  readonly objective: number;
  /** Zero by the price (b_i ≥ β_M) or because the widths leave no room. */
  readonly state: 'alive' | 'vanished' | 'cut';
}

export interface ClassOptimum {
  readonly count: number;
  /** ‖w_k‖, w_k the row k of W_M … W_1. */
  readonly classifierNorm: number;
  /** ‖h_k‖ of the input features H_1. */
  readonly featureNorm: number;
  /** w_k·h_k (without the bias). */
  readonly alignment: number;
  readonly bias: number;
  /** ℓ of one sample of the class. */
  readonly loss: number;
  /** (n_k/N) ℓ + ((M+1)/2) λ_H n_k ‖h_k‖²: the parts add up to the objective, since all layers carry equal decay. */
  readonly objective: number;
  /** Classifier and feature are zero. */
  readonly vanished: boolean;
}

/**
 * Names of the geometry of W_M … W_1's rows: orthogonal and equally long, orthogonal, a simplex ETF, orthogonal pairs of opposite
 * rows of equal length, zero, or none of these.
 */
export type FrameName =
  'orthogonal frame' | 'general orthogonal frame' | 'simplex ETF' | 'antipodal pairs' | 'zero' | 'other';

/**
 * An optimum in singular form. All layers are balanced, λ_j W_jᵀW_j = λ_{j−1} W_{j−1}W_{j−1}ᵀ, so the K×K matrix
 * Ẑ = W_M … W_1 Ĥ = U diag(z) Vᵀ fixes everything but rotations between the layers.
 */
export interface SingularForm {
  /** Number of directions kept, min(K, widths). */
  readonly rank: number;
  /** U, K×rank row-major: row k belongs to class k. */
  readonly left: Float64Array;
  /** V, K×rank row-major. */
  readonly right: Float64Array;
  /** s̄_i: geometric mean over the layers of the singular values in direction i. */
  readonly layerValues: Float64Array;
  /** Singular values of Ĥ. */
  readonly featureValues: Float64Array;
}

export interface DeepLinearSolution {
  readonly problem: DeepLinearProblem;
  readonly objective: number;
  readonly basis: Basis;
  /** Directions alive: the rank of the optimal logits. */
  readonly rank: number;
  /** min(K, widths). */
  readonly capacity: number;
  /** The widths cut between directions of equal weight: other choices are as good, one of them is shown. */
  readonly tied: boolean;
  readonly frame: FrameName;
  readonly classes: readonly ClassOptimum[];
  /** One entry per class, alive ones first; empty for cross-entropy. */
  readonly directions: readonly Direction[];
  readonly form: SingularForm;
}
