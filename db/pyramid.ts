/**
 * The pyramid of one chunk: for every 64 points their min, max and last, and the bounds of x where x is stored. With
 * it a chart of a million points reads 47 KB per level instead of 8 MB, and no extreme is ever dropped.
 * Non-finite values count for nothing in min and max (NaN where a bucket has no finite value); last is as reported.
 */
import { fromBytes, toBytes } from './float64.ts';

export const chunkPoints = 2048;
export const bucketPoints = 64;

/** Arrays of one entry per bucket. */
export interface Pyramid {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** Bounds of x per bucket, null where x follows from x0 and dx. */
  readonly lowX: Float64Array | null;
  readonly highX: Float64Array | null;
}

/** The pyramid of a chunk's points; x is null where it is implicit. */
export function buildPyramid(x: Float64Array | null, y: Float64Array): Pyramid {
  const buckets = Math.ceil(y.length / bucketPoints);
  const pyramid = {
    min: new Float64Array(buckets).fill(NaN),
    max: new Float64Array(buckets).fill(NaN),
    last: new Float64Array(buckets),
    lowX: x && new Float64Array(buckets),
    highX: x && new Float64Array(buckets),
  };
  for (let b = 0; b < buckets; b++) {
    const start = b * bucketPoints;
    const end = Math.min(start + bucketPoints, y.length);
    const [min, max] = finiteBounds(y, start, end);
    pyramid.min[b] = min;
    pyramid.max[b] = max;
    pyramid.last[b] = y[end - 1]!;
    if (x) [pyramid.lowX![b], pyramid.highX![b]] = finiteBounds(x, start, end);
  }
  return pyramid;
}

/** [min, max] of the finite values in start..end−1, NaN where there is none. */
export function finiteBounds(values: Float64Array, start: number, end: number): [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : [NaN, NaN];
}

/** The blob: min, max, last, then lowX and highX where x is stored, each an array. */
export function encodePyramid(pyramid: Pyramid): Buffer {
  const levels = [pyramid.min, pyramid.max, pyramid.last];
  if (pyramid.lowX && pyramid.highX) levels.push(pyramid.lowX, pyramid.highX);
  return Buffer.concat(levels.map(toBytes));
}

/** Reads the blob of a chunk of n points. */
export function decodePyramid(blob: Uint8Array, n: number): Pyramid {
  const buckets = Math.ceil(n / bucketPoints);
  const all = fromBytes(blob);
  const level = (index: number): Float64Array => all.subarray(index * buckets, (index + 1) * buckets);
  const hasX = all.length > 3 * buckets;
  return { min: level(0), max: level(1), last: level(2), lowX: hasX ? level(3) : null, highX: hasX ? level(4) : null };
}
