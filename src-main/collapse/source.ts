/** Feature sources: over arrays in memory, and over whatever reads ranges of rows (files: interop/tensors). */
import type { FeatureChunk, FeatureSource } from './types.ts';

/** Rows whose features fill some two to four megabytes: enough of them for a product, and little beside the class means. */
function chunkRows(dimension: number): number {
  return Math.max(64, Math.min(8192, Math.floor(524_288 / dimension)));
}

/** @param read rows first … first + rows − 1, row-major; labels length N. */
export function chunkedSource(
  labels: Int32Array,
  dimension: number,
  read: (first: number, rows: number) => Float64Array | Float32Array,
): FeatureSource {
  const samples = labels.length;
  return {
    samples,
    dimension,
    *chunks(): Iterable<FeatureChunk> {
      const step = chunkRows(dimension);
      for (let first = 0; first < samples; first += step) {
        const rows = Math.min(step, samples - first);
        yield { first, rows, values: read(first, rows), labels: labels.subarray(first, first + rows) };
      }
    },
  };
}

/** @param features N×d row-major; labels length N. */
export function arraySource(
  features: Float64Array | Float32Array,
  labels: Int32Array,
  dimension: number,
): FeatureSource {
  return chunkedSource(labels, dimension, (first, rows) =>
    features.subarray(first * dimension, (first + rows) * dimension),
  );
}
