/**
 * The class means after centring, and their principal directions: M_c = U diag(σ) Qᵀ. Its rank is at most K−1, because the
 * centre is a combination of the means; what rounding leaves in the K-th direction is never taken for a value.
 */
import { singularValueDecomposition } from '../numerics/singular-values.ts';
import type { ClassMeans } from './class-means.ts';
import type { MeasureOptions } from './types.ts';

export interface Between {
  /** Classes that have samples, ascending. */
  readonly present: readonly number[];
  /** μ_G. */
  readonly centre: Float64Array;
  /** M_c of the classes present, P×d row-major. */
  readonly means: Float64Array;
  /** Singular values that are not zero, descending, length r ≤ min(P − 1, d). */
  readonly values: Float64Array;
  /** Q, r×d row-major, orthonormal rows. */
  readonly directions: Float64Array;
  /** All min(P, d) singular values. */
  readonly spectrum: Float64Array;
}

export function between({ counts, means }: ClassMeans, d: number, centring: MeasureOptions['centre']): Between {
  const present = [...counts.keys()].filter((k) => counts[k]! > 0);
  const P = present.length;
  const centre = new Float64Array(d);
  const total = present.reduce((sum, k) => sum + (centring === 'samples' ? counts[k]! : 1), 0);
  for (const k of present) {
    const share = (centring === 'samples' ? counts[k]! : 1) / total;
    for (let j = 0; j < d; j++) centre[j] = centre[j]! + share * means[k * d + j]!;
  }
  const centred = new Float64Array(P * d);
  present.forEach((k, row) => {
    for (let j = 0; j < d; j++) centred[row * d + j] = means[k * d + j]! - centre[j]!;
  });
  const { values: spectrum, right } = singularValueDecomposition(centred, P, d);
  const count = Math.min(P, d);
  // The means carry rounding of their own size, not of their spread.
  const size = present.reduce((most, k) => {
    for (let j = k * d; j < (k + 1) * d; j++) most = Math.max(most, Math.abs(means[j]!));
    return most;
  }, 0);
  const floor = Math.max(Math.max(P, d) * Number.EPSILON * spectrum[0]!, 4 * Number.EPSILON * size * Math.sqrt(P * d));
  let r = 0;
  while (r < Math.min(P - 1, d) && spectrum[r]! > floor) r++;
  const directions = new Float64Array(r * d);
  for (let i = 0; i < r; i++) for (let j = 0; j < d; j++) directions[i * d + j] = right[j * count + i]!;
  return { present, centre, means: centred, values: spectrum.slice(0, r), directions, spectrum };
}
