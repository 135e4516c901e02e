/**
 * Effective ranks of a matrix, each under its own name, from its singular values. There is no "the" effective rank: papers
 * use at least these four, and they differ by large factors on the same spectrum. No decomposition is computed here.
 *
 *     stable    ‖W‖_F² / σ_1²                nuclear   (‖W‖_* / ‖W‖_F)²
 *     entropy   exp(−Σ p_i log p_i), p = σ/Σσ   count     #{i: σ_i > τ σ_1}
 *
 * For a matrix that is not zero 1 ≤ stable ≤ nuclear ≤ entropy ≤ rank, all equal to the rank exactly where the non-zero
 * singular values are equal (docs/low-rank.md).
 */

export interface EffectiveRanks {
  /** ‖W‖_F²/σ_1²; null for the zero matrix. */
  readonly stable: number | null;
  /** (‖W‖_* / ‖W‖_F)²; null for the zero matrix. */
  readonly nuclear: number | null;
  /** exp of the entropy of σ/Σσ in nats; null for the zero matrix. */
  readonly entropy: number | null;
  /** Singular values above `tolerance` σ_1; 0 for the zero matrix. */
  readonly count: number;
  /** Why there is no value, or null. */
  readonly reason: string | null;
}

/** Share of the largest singular value up to which the others count as zero. */
export const COUNT_TOLERANCE = 1e-6;

/**
 * @param values singular values, ≥ 0, in any order, zeros allowed.
 * @param tolerance τ of `count`, relative to the largest.
 */
export function effectiveRanks(values: ArrayLike<number>, tolerance = COUNT_TOLERANCE): EffectiveRanks {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0 && value < Infinity))
      return none(`singular value ${i + 1} is ${value}: a finite number of at least 0 is needed`);
    largest = Math.max(largest, value);
  }
  if (largest === 0) return none('the matrix is zero: it has no spectrum to speak of');
  // Relative to the largest, so that nothing overflows or underflows.
  let sum = 0;
  let squares = 0;
  let weighted = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const share = values[i]! / largest;
    sum += share;
    squares += share * share;
    if (share > 0) weighted += share * Math.log(share);
    if (share > tolerance) count++;
  }
  return {
    stable: squares,
    nuclear: (sum * sum) / squares,
    entropy: sum * Math.exp(-weighted / sum),
    count,
    reason: null,
  };
}

function none(reason: string): EffectiveRanks {
  return { stable: null, nuclear: null, entropy: null, count: 0, reason };
}
