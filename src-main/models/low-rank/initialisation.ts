/**
 * Factorised layers W = U Vᵀ of rank r: how many parameters they have, and how they are initialised. Three ways from
 * Kamalakara et al. 2022 (arXiv 2209.13569): plain factors; the spectral initialisation U = A_r S_r^{1/2},
 * V = B_r S_r^{1/2} of a dense initialisation A S Bᵀ; and spectral ones, the same with S_r := I. No training here.
 */
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';

/** W = U Vᵀ, m×n of rank at most r. */
export interface Factorisation {
  /** m. */
  readonly rows: number;
  /** n. */
  readonly columns: number;
  /** r. */
  readonly rank: number;
  /** U, m×r row-major. */
  readonly left: Float64Array;
  /** V, n×r row-major. */
  readonly right: Float64Array;
}

export type Initialisation = 'plain' | 'spectral' | 'spectral-ones';

/** U Vᵀ, m×n row-major. */
export function product({ rows, columns, rank, left, right }: Factorisation): Float64Array {
  return multiplyTransposed(left, right, rows, rank, columns);
}

/** An m×n matrix of independent normal entries of the given standard deviation; the same for the same seed. */
export function denseInitialisation(m: number, n: number, deviation: number, seed: number): Float64Array {
  const { normal } = randomSource(seed);
  return Float64Array.from({ length: m * n }, () => deviation * normal());
}

/**
 * The rank-r part of a dense W (m×n row-major) in balanced factors, UᵀU = VᵀV = S_r; with `ones` S_r := I. This is also
 * the step of the dense-then-factorise schedule.
 * @throws RangeError unless 1 ≤ r ≤ min(m, n)
 */
export function spectralFactors(W: Float64Array, m: number, n: number, r: number, ones = false): Factorisation {
  checkRank(m, n, r);
  const { left, values, right } = singularValueDecomposition(W, m, n);
  const width = values.length;
  const cut = (q: Float64Array, length: number): Float64Array => {
    const out = new Float64Array(length * r);
    for (let i = 0; i < length; i++)
      for (let j = 0; j < r; j++) out[i * r + j] = q[i * width + j]! * (ones ? 1 : Math.sqrt(values[j]!));
    return out;
  };
  return { rows: m, columns: n, rank: r, left: cut(left, m), right: cut(right, n) };
}

/**
 * Factors of an m×n layer before training. `deviation` is that of the dense entries that they stand for: the plain factors
 * have independent normal entries of standard deviation (deviation²/r)^{1/4}, so that (U Vᵀ)_ij has it too.
 * @throws RangeError unless 1 ≤ r ≤ min(m, n)
 */
export function initialFactors(
  scheme: Initialisation,
  m: number,
  n: number,
  r: number,
  deviation: number,
  seed: number,
): Factorisation {
  checkRank(m, n, r);
  if (scheme !== 'plain')
    return spectralFactors(denseInitialisation(m, n, deviation, seed), m, n, r, scheme === 'spectral-ones');
  const { normal } = randomSource(seed);
  const each = Math.sqrt(deviation / Math.sqrt(r));
  const draw = (length: number): Float64Array => Float64Array.from({ length }, () => each * normal());
  return { rows: m, columns: n, rank: r, left: draw(m * r), right: draw(n * r) };
}

export interface ParameterCounts {
  /** mn. */
  readonly dense: number;
  /** r(m + n). */
  readonly factorised: number;
  /** mn/(m + n): a factorisation has fewer parameters exactly for r below it. */
  readonly breakEven: number;
  readonly fewer: boolean;
}

/** Parameters of an m×n layer, dense and factorised (Kamalakara et al. 2022). */
export function parameterCounts(m: number, n: number, r: number): ParameterCounts {
  const dense = m * n;
  const factorised = r * (m + n);
  return { dense, factorised, breakEven: dense / (m + n), fewer: factorised < dense };
}

function checkRank(m: number, n: number, r: number): void {
  if (!(Number.isInteger(r) && r >= 1 && r <= Math.min(m, n)))
    throw new RangeError(`a rank of 1 to ${Math.min(m, n)} is needed for a ${m}×${n} matrix, got ${r}`);
}
