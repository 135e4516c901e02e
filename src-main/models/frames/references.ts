/**
 * The reference geometries of neural collapse for any class counts (formulas and sources: docs/frames.md).
 *
 *     ETF    W = Hᵀ ∝ I − J/K                                   balanced cross-entropy (Fang, He, Long, Su 2021)
 *     OF     W = Hᵀ ∝ I                                         balanced bias-free squared loss (Dang et al. 2023)
 *     GOF    W = diag(‖w_k‖) Q, H = Qᵀ diag(‖h_k‖)              imbalanced bias-free squared loss (Dang et al. 2023)
 *     SELI   W Wᵀ ∝ (C D C)^{1/2}, HᵀH ∝ its pseudo-inverse     cross-entropy, decay → 0 (Thrampoulidis et al. 2022)
 *     LPM    from an optimal Z of the Layer-Peeled Model        Fang, He, Long, Su 2021
 *
 * C = I − J/K, D = diag(n). A frame has a direction only: scales are those of the formulas and mean nothing, except
 * for LPM. Nothing is solved here.
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import type { CountGroup } from '../../parameters/counts.ts';
import type { SymmetricLogits } from '../../lpm/types.ts';
import type { FramePair } from './class-frame.ts';

const sizesOf = (groups: readonly CountGroup[]): number[] => groups.map(({ classes }) => classes);

/** I − q qᵀ on the group indicators, G×G: the part of I − J/K between groups. */
function centring(sizes: readonly number[]): Float64Array {
  const K = sizes.reduce((a, b) => a + b, 0);
  const G = sizes.length;
  const out = new Float64Array(G * G);
  for (let g = 0; g < G; g++)
    for (let h = 0; h < G; h++) out[g * G + h] = (g === h ? 1 : 0) - Math.sqrt((sizes[g]! / K) * (sizes[h]! / K));
  return out;
}

/** The simplex equiangular tight frame: cosines −1/(K−1), equal norms. */
export function simplexFrame(groups: readonly CountGroup[]): FramePair {
  const sizes = sizesOf(groups);
  const frame = {
    sizes,
    contrasts: new Float64Array(sizes.length).fill(1),
    rank: sizes.length,
    between: centring(sizes),
  };
  return { classifier: frame, feature: frame };
}

/** The orthogonal frame: orthogonal vectors of equal norm. */
export function orthogonalFrame(groups: readonly CountGroup[]): FramePair {
  const ones = groups.map(() => 1);
  return generalOrthogonalFrame(groups, ones, ones);
}

/**
 * The general orthogonal frame: orthogonal vectors whose lengths depend on the class.
 * @param classifierLengths ‖w_k‖ ≥ 0 per group, and featureLengths ‖h_k‖: of deep linear networks, or of the
 *   squared-loss ridge model (models/ridge), which is the network of one layer.
 */
export function generalOrthogonalFrame(
  groups: readonly CountGroup[],
  classifierLengths: readonly number[],
  featureLengths: readonly number[],
): FramePair {
  const sizes = sizesOf(groups);
  const G = sizes.length;
  const frame = (lengths: readonly number[]) => {
    const between = new Float64Array(G * G);
    lengths.forEach((length, g) => (between[g * G + g] = length));
    return { sizes, contrasts: Float64Array.from(lengths), rank: G, between };
  };
  return { classifier: frame(classifierLengths), feature: frame(featureLengths) };
}

/**
 * The simplex-encoded-labels interpolation: W = U S^{1/2}, H = S^{−1/2} Uᵀ with C D C = U S² Uᵀ, so that W H = C.
 * Counts must be positive: at n_k = 0 the feature of class k has no finite length.
 */
export function seliFrame(groups: readonly CountGroup[]): FramePair {
  const sizes = sizesOf(groups);
  const G = sizes.length;
  const P = centring(sizes);
  // C D C = (C D^{1/2})(C D^{1/2})ᵀ: singular values keep the digits that eigenvalues of C D C lose at a large ratio.
  const root = P.map((value, i) => value * Math.sqrt(groups[i % G]!.samples));
  const { left, values } = singularValueDecomposition(root, G, G);
  // Rank G − 1: the last singular value is the zero along q.
  const rank = G - 1;
  const take = (power: number): Float64Array => {
    const out = new Float64Array(G * rank);
    for (let g = 0; g < G; g++)
      for (let i = 0; i < rank; i++) out[g * rank + i] = left[g * G + i]! * Math.pow(values[i]!, power);
    return out;
  };
  const contrasts = (power: number): Float64Array => Float64Array.from(groups, ({ samples }) => samples ** power);
  return {
    classifier: { sizes, contrasts: contrasts(1 / 4), rank, between: take(1 / 2) },
    feature: { sizes, contrasts: contrasts(-1 / 4), rank, between: take(-1 / 2) },
  };
}

/** W = U S^{1/2}, H = S^{1/2} Vᵀ of an optimal Z = U S Vᵀ of the Layer-Peeled Model, up to the split of the budgets. */
export function layerPeeledFrame(logits: SymmetricLogits): FramePair {
  const { sizes, rank } = logits;
  const contrasts = logits.contrasts.map(Math.sqrt);
  const root = (side: Float64Array): Float64Array =>
    side.map((value, i) => value * Math.sqrt(logits.singularValues[i % rank]!));
  return {
    classifier: { sizes, contrasts, rank, between: root(logits.left) },
    feature: { sizes, contrasts, rank, between: root(logits.right) },
  };
}
