/**
 * First pass: counts and means of the classes, in float64. Sums are taken about the first sample of each class, chunk by
 * chunk, so that a large common offset costs no digits. Finds the first value that is not finite.
 */
import type { FeatureSource } from './types.ts';

export interface ClassMeans {
  readonly counts: Float64Array;
  /** μ_k, K×d row-major; zero rows for classes without samples. */
  readonly means: Float64Array;
  /** Σ_i ‖h_i‖². */
  readonly squaredNorm: number;
  /** The first sample with a value that is NaN or infinite (column −1: their squares overflow); null: there is none. */
  readonly nonFinite: { readonly sample: number; readonly column: number; readonly value: number } | null;
}

/**
 * @param K classes; labels must lie in 0 … K−1 (checked where they come in, such as interop/tensors/feature-file.ts).
 * @param passed told how many samples were dealt with
 */
export async function classMeans(
  source: FeatureSource,
  K: number,
  passed: (samples: number) => Promise<void>,
): Promise<ClassMeans> {
  const d = source.dimension;
  const counts = new Float64Array(K);
  const origin = new Float64Array(K * d);
  const sums = new Float64Array(K * d);
  const partial = new Float64Array(K * d);
  let squaredNorm = 0;
  let nonFinite: ClassMeans['nonFinite'] = null;
  for (const { first, rows, values, labels } of source.chunks()) {
    const touched = new Set<number>();
    for (let i = 0; i < rows; i++) {
      const k = labels[i]!;
      const row = i * d;
      const at = k * d;
      if (counts[k] === 0) for (let j = 0; j < d; j++) origin[at + j] = values[row + j]!;
      let square = 0;
      for (let j = 0; j < d; j++) {
        const value = values[row + j]!;
        square += value * value;
        partial[at + j] = partial[at + j]! + (value - origin[at + j]!);
      }
      if (!Number.isFinite(square)) {
        const column = firstNonFinite(values, row, d);
        nonFinite ??= { sample: first + i, column, value: column < 0 ? square : values[row + column]! };
      }
      squaredNorm += square;
      counts[k] = counts[k]! + 1;
      touched.add(k);
    }
    for (const k of touched)
      for (let j = k * d; j < (k + 1) * d; j++) {
        sums[j] = sums[j]! + partial[j]!;
        partial[j] = 0;
      }
    await passed(first + rows);
  }
  for (let k = 0; k < K; k++)
    if (counts[k]! > 0) for (let j = k * d; j < (k + 1) * d; j++) sums[j] = origin[j]! + sums[j]! / counts[k]!;
  return { counts, means: sums, squaredNorm, nonFinite };
}

/** −1: every value is finite, and their squares overflowed. */
function firstNonFinite(values: Float64Array | Float32Array, row: number, d: number): number {
  for (let j = 0; j < d; j++) if (!Number.isFinite(values[row + j])) return j;
  return -1;
}
