/**
 * A fixed simplex ETF as the classifier: K unit vectors with cosines −1/(K−1), turned at random in ℝ^p. Not trained.
 *
 *     W = √(K/(K−1)) B Qᵀ,   B (K×(K−1)) an orthonormal basis of 1⊥,   Q (p×(K−1)) with orthonormal columns
 *
 * so W Wᵀ = (K/(K−1)) (I − J/K).
 */
import { multiplyTransposed } from '../../../numerics/matrix-product.ts';
import { randomSource } from '../../../numerics/random.ts';
import { singularValueDecomposition } from '../../../numerics/singular-values.ts';
import { filled } from '../initial.ts';

/** W, K×p row-major. Needs p ≥ K − 1. */
export function simplexEtf(K: number, p: number, seed: number): Float64Array {
  const { normal } = randomSource(seed);
  const { left } = singularValueDecomposition(Float64Array.from(filled(p * (K - 1), normal)), p, K - 1);
  const scale = Math.sqrt(K / (K - 1));
  return multiplyTransposed(
    contrasts(K).map((x) => scale * x),
    left,
    K,
    K - 1,
    p,
  );
}

/** Helmert's basis of 1⊥, K×(K−1): column j is (1, …, 1, −j, 0, …)/√(j(j+1)), with j ones. */
function contrasts(K: number): Float64Array {
  const B = new Float64Array(K * (K - 1));
  for (let j = 1; j < K; j++) {
    const unit = 1 / Math.sqrt(j * (j + 1));
    for (let i = 0; i < j; i++) B[i * (K - 1) + j - 1] = unit;
    B[j * (K - 1) + j - 1] = -j * unit;
  }
  return B;
}
