/**
 * What is measured and what comes out; no computation here.
 *
 * Notation (Papyan, Han, Donoho 2020; Zhu et al. 2021): N samples in K classes, features h_i ∈ R^d with label y_i; μ_k class
 * means, μ_G their centre, M_c the rows μ_k − μ_G; classifiers w_k are the rows of W (K×d), b the bias.
 * Σ_W within-class and Σ_B = (1/K) M_cᵀM_c between-class covariance.
 */
import type { MetricKey } from './keys.ts';
import type { MeasuredGrams } from './measured-grams.ts';
import type { PeeledOptimum } from './peeled-optimum.ts';

/** Consecutive samples: rows×d features, row-major, and a label each. The arrays may be used again by the next chunk. */
export interface FeatureChunk {
  readonly first: number;
  readonly rows: number;
  readonly values: Float64Array | Float32Array;
  readonly labels: Int32Array;
}

/** Features that are read in chunks, as often as asked, so that memory stays at one chunk. */
export interface FeatureSource {
  readonly samples: number;
  readonly dimension: number;
  /** Every sample once, in order; the same at each call. */
  chunks(): Iterable<FeatureChunk>;
}

export interface Classifier {
  /** W, K×d row-major. */
  readonly weights: Float64Array;
  /** b, length K; null: none. */
  readonly bias: Float64Array | null;
}

export interface MeasureOptions {
  /** K; labels are 0 … K−1. */
  readonly classes: number;
  /** μ_G: the mean of the class means, or of the samples. They differ where classes are imbalanced. */
  readonly centre: 'classes' | 'samples';
  /** Σ_W: every sample counts the same, or every class does. */
  readonly pooling: 'samples' | 'classes';
  /** Classes that count as majority; null: those with the largest count, if there are exactly two distinct counts. */
  readonly majority: readonly number[] | null;
  /** w_k, what a sample of class k counted in the loss that was trained on; null: all alike. */
  readonly weights: readonly number[] | null;
  /** λ_W and λ_H of a squared loss, from which the lengths of the general orthogonal frame follow; null: not known. */
  readonly decays: { readonly classifier: number; readonly feature: number } | null;
  /** Whether to form the d×d covariance that `vci` needs: N d² work and d² memory. */
  readonly covariance: boolean;
}

export interface ClassMeasure {
  readonly samples: number;
  /** ‖μ_k − μ_G‖ and ‖w_k‖; null where there is no sample, or no classifier was given. */
  readonly meanNorm: number | null;
  readonly classifierNorm: number | null;
  /** v_k = E‖h − μ_k‖². */
  readonly variance: number | null;
  /** tr(Σ_k Σ_B⁺)/K with the class's own covariance Σ_k. */
  readonly nc1: number | null;
  /** Share of the class's samples that the classifier gets right, and that it decides as the nearest class mean does. */
  readonly accuracy: number | null;
  readonly agreement: number | null;
  readonly marginMin: number | null;
}

export interface Measurement {
  readonly metrics: Readonly<Record<MetricKey, number | null>>;
  /** Why a metric is null, and what a careful reader must know of one that is not. */
  readonly reasons: Readonly<Partial<Record<MetricKey, string>>>;
  readonly options: MeasureOptions;
  readonly samples: number;
  readonly dimension: number;
  readonly classes: readonly ClassMeasure[];
  /** K×K cosines in class order, NaN where a vector vanishes or is missing. */
  readonly cosines: { readonly mean: Float64Array; readonly classifier: Float64Array | null };
  /** Singular values of M_c and of W, descending. */
  readonly spectra: { readonly mean: Float64Array; readonly classifier: Float64Array | null };
  /** What theory is compared with; null where the features have a value that is not finite. */
  readonly grams: MeasuredGrams | null;
  /** The Layer-Peeled Model at the measured counts and budgets; null where `reasons` of nc2_lpm_w says why. */
  readonly peeled: PeeledOptimum | null;
}
