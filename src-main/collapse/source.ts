/** A feature source over arrays in memory. Files have their own sources (interop/). */
import type { FeatureChunk, FeatureSource } from './types.ts';

/** Rows whose features fill about a megabyte: a chunk and its copies stay in the cache nearest to memory. */
export function chunkRows(dimension: number): number {
  return Math.max(64, Math.min(8192, Math.floor(131_072 / dimension)));
}

/** @param features N×d row-major; labels length N. */
export function arraySource(
  features: Float64Array | Float32Array,
  labels: Int32Array,
  dimension: number,
): FeatureSource {
  const samples = labels.length;
  return {
    samples,
    dimension,
    *chunks(): Iterable<FeatureChunk> {
      const step = chunkRows(dimension);
      for (let first = 0; first < samples; first += step) {
        const rows = Math.min(step, samples - first);
        yield {
          first,
          rows,
          values: features.subarray(first * dimension, (first + rows) * dimension),
          labels: labels.subarray(first, first + rows),
        };
      }
    },
  };
}
