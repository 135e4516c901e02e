/**
 * What a Layer-Peeled problem and its solution are; no computation here.
 *
 * Notation (Fang, He, Long, Su 2021; docs/lpm.md): K classes in G groups; group g has K_g classes of n_g samples and
 * loss weight w_g; c_g = w_g n_g / Σ_k w_k n_k is the share of the loss carried by each class of group g.
 * Program (P):  min_Z Σ_k c_k CE(Z[:,k], k)  subject to  ‖Z‖_* ≤ ρ,  ρ = K √(E_H E_W).
 */

/** Classes that share a sample count and a loss weight. */
export interface ClassGroup {
  /** Samples per class n_g: a non-negative integer. 0 stands for the limit R = ∞. */
  readonly samples: number;
  /** Number of classes K_g ≥ 1. */
  readonly classes: number;
  /** Loss weight w_g ≥ 0 of each sample (oversampling rate). */
  readonly weight: number;
}

export interface LpmProblem {
  readonly groups: readonly ClassGroup[];
  /** E_H > 0: bound on the mean squared norm of the features. */
  readonly featureBudget: number;
  /** E_W > 0: bound on the mean squared norm of the classifiers. */
  readonly classifierBudget: number;
  /** Feature dimension p ≥ 1, or null for "large enough" (p ≥ rank; the relaxation is then tight). */
  readonly dimension: number | null;
}

/**
 * A class-permutation-symmetric K×K matrix Z, stored by groups.
 * On the contrasts inside group g (dimension K_g − 1) it acts as the scalar `contrasts[g]` ≥ 0; on the span of the
 * normalised group indicators it is the G×G matrix M = U diag(σ) Vᵀ. So ‖Z‖_* = Σ_g (K_g − 1) s_g + Σ_i σ_i, and
 * Z[j,k] = M[g(j),g(k)] / √(K_g(j) K_g(k)) + [g(j) = g(k)] s_g (δ_jk − 1/K_g).
 */
export interface SymmetricLogits {
  /** K_g, one per group. */
  readonly sizes: readonly number[];
  /** s_g ≥ 0; 0 where the group's classifiers coincide (and where K_g = 1). */
  readonly contrasts: Float64Array;
  /** Rank of the between-group part M. */
  readonly rank: number;
  /** U, G×rank, row-major, orthonormal columns. */
  readonly left: Float64Array;
  /** σ, length rank, positive, descending. */
  readonly singularValues: Float64Array;
  /** V, G×rank, row-major, orthonormal columns. */
  readonly right: Float64Array;
}

/** Outcomes of a solve; a mathematical outcome is never an exception. */
export type SolveStatus = 'solved' | 'max-iterations' | 'stalled' | 'cancelled';

/** What a solver hands over: the point, and what bounds it. */
export interface SolverResult {
  readonly logits: SymmetricLogits;
  readonly status: SolveStatus;
  /** f(Z), the weighted mean cross-entropy in nats. */
  readonly objective: number;
  /** Duality gap ⟨∇f, Z⟩ + ρ‖∇f‖₂ ≥ f(Z) − f*; rigorous up to rounding. */
  readonly gap: number;
  /** λ, the multiplier of the nuclear-norm constraint (decrease of the loss per unit of ρ). */
  readonly multiplier: number;
  readonly iterations: number;
  /** Of a local solution: the residual of its first-order conditions, relative to the loss (general/rank-constrained.ts). */
  readonly stationarity?: number;
}

export interface SolveOptions {
  /** Target for gap / objective; 1e-9 for two groups, 1e-7 otherwise, unless given. Of a local solution: for `stationarity`. */
  readonly tolerance?: number | undefined;
  readonly maxIterations?: number | undefined;
  /** A solution of a nearby problem with the same group sizes. */
  readonly warmStart?: SymmetricLogits | undefined;
  /**
   * Called in every iteration, and again about every 50 ms while one lasts; return false to stop with status `cancelled`.
   * Below the rank `relativeGap` is the stationarity residual of the descent under way.
   */
  readonly onProgress?:
    ((progress: { readonly iteration: number; readonly relativeGap: number }) => boolean) | undefined;
}

export interface GroupSolution extends ClassGroup {
  readonly classifierNorm: number;
  readonly featureNorm: number;
  /** Cosine between two classifiers of the group; null if the group has one class or its classifiers vanish. */
  readonly classifierCosine: number | null;
  readonly featureCosine: number | null;
  /** w_k·h_k − max_{j≠k} w_j·h_k. */
  readonly margin: number;
  /** Cross-entropy of one sample of the group, in nats. */
  readonly loss: number;
  /** The group's classifiers coincide exactly (s_g = 0, K_g > 1): Minority Collapse. */
  readonly collapsed: boolean;
  /** The group's classifiers and features are exactly zero. */
  readonly vanished: boolean;
}

export interface LpmSolution {
  readonly problem: LpmProblem;
  readonly objective: number;
  readonly gap: number;
  readonly relativeGap: number;
  /** A proven lower bound on the optimum of the relaxation (P). */
  readonly lowerBound: number;
  readonly status: SolveStatus;
  readonly iterations: number;
  readonly milliseconds: number;
  readonly rank: number;
  readonly nuclearNorm: number;
  /** ρ = K √(E_H E_W). */
  readonly radius: number;
  readonly multiplier: number;
  /** True when the relative gap meets the tolerance and the point is feasible for the problem as posed (p ≥ rank). */
  readonly certified: boolean;
  /** `local` when p is below the rank of (P)'s solution: a stationary point of the rank-constrained problem. */
  readonly optimality: 'global' | 'local';
  readonly groups: readonly GroupSolution[];
  /**
   * Of a local solution: the residual of its first-order conditions, relative to the loss: what f still changes, to first
   * order, over a relative movement of 1. Null for a global one.
   */
  readonly stationarity: number | null;
  /** G×G cosines between classes of different groups (diagonal: within the group); null where undefined. */
  readonly crossCosines: {
    readonly classifier: readonly (readonly (number | null)[])[];
    readonly feature: readonly (readonly (number | null)[])[];
  };
  /** The optimum itself, from which W, H and the Gram matrices follow (geometry.ts). Not in JSON output. */
  readonly logits: SymmetricLogits;
}
