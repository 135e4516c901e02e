/** What a head's classifiers look like: singular values, effective ranks, norms, cosines, distance to the simplex ETF. */
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { gramOf } from '../frames/class-frame.ts';
import { gramDistance } from '../frames/distance.ts';
import { simplexFrame } from '../frames/references.ts';
import { effectiveRanks, type EffectiveRanks } from './effective-rank.ts';

export interface HeadGeometry {
  /** σ of W, descending, min(K, p) of them. */
  readonly spectrum: Float64Array;
  /** Of W. */
  readonly ranks: EffectiveRanks;
  /** ‖w_k‖. */
  readonly norms: Float64Array;
  /** Between classifiers, K×K row-major, 1 on the diagonal; NaN where one of them is zero. */
  readonly cosines: Float64Array;
  /** Mean, least and largest cosine over j ≠ k; null where no pair has one. */
  readonly cosine: { readonly mean: number; readonly least: number; readonly largest: number } | null;
  /** ‖W Wᵀ/‖W Wᵀ‖_F − (I − J/K)/√(K−1)‖_F; null if W is zero. */
  readonly etfDistance: number | null;
}

/** Norms below this share of the largest are rounding of an exact zero. */
const ZERO_NORM = 1e-7;

/** @param W classifiers, K×p row-major, finite. */
export function describeHead(W: Float64Array, K: number, p: number): HeadGeometry {
  const spectrum = singularValueDecomposition(W, K, p).values;
  const gram = multiplyTransposed(W, W, K, p, K);
  const largest = Math.sqrt(Math.max(...gram.filter((_, i) => i % (K + 1) === 0)));
  const norms = Float64Array.from({ length: K }, (_, k) => {
    const norm = Math.sqrt(gram[k * K + k]!);
    return norm > ZERO_NORM * largest ? norm : 0;
  });
  const cosines = gram.map((value, i) => {
    const [j, k] = [Math.floor(i / K), i % K];
    if (norms[j] === 0 || norms[k] === 0) return NaN;
    return j === k ? 1 : Math.min(1, Math.max(-1, value / (norms[j]! * norms[k]!)));
  });
  const pairs = cosines.filter((value, i) => Math.floor(i / K) !== i % K && !Number.isNaN(value));
  return {
    spectrum,
    ranks: effectiveRanks(spectrum),
    norms,
    cosines,
    cosine:
      pairs.length === 0
        ? null
        : {
            mean: pairs.reduce((sum, value) => sum + value, 0) / pairs.length,
            least: Math.min(...pairs),
            largest: Math.max(...pairs),
          },
    etfDistance: etfDistance(gram, K),
  };
}

/** nc2 of W from its Gram matrix (K×K) to the simplex ETF; null for the zero matrix. */
export function etfDistance(gram: Float64Array, K: number): number | null {
  const etf = gramOf(simplexFrame(new Array(K).fill({ samples: 1, classes: 1 })).classifier);
  return gramDistance({ ...etf, between: gram }, etf);
}
