/**
 * Merges consecutive pieces of a series (points, 64-point buckets, chunks) into buckets of at least a given number of
 * points. Pure: knows nothing of the database.
 */
import type { Points } from './chunk.ts';

/** One entry per bucket. min and max are over finite y, NaN where a bucket has none; last is the last y as reported. */
export interface Buckets {
  /** Smallest and largest x of the bucket's points. */
  readonly x0: Float64Array;
  readonly x1: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
}

export interface BucketBuilder {
  /** Adds a piece of n points, given by its bounds. */
  readonly add: (n: number, lowX: number, highX: number, min: number, max: number, last: number) => void;
  /** Adds points one by one. */
  readonly points: (points: Points) => void;
  readonly finish: () => Buckets;
}

/** @param width points that close a bucket @param total points that will come: at most ceil(total/width) buckets */
export function bucketBuilder(width: number, total: number): BucketBuilder {
  const capacity = Math.ceil(total / width);
  const columns = Array.from({ length: 5 }, () => new Float64Array(capacity));
  const [x0, x1, min, max, last] = columns as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  let row = 0;
  let held = 0;
  const add: BucketBuilder['add'] = (n, lowX, highX, low, high, value) => {
    if (held === 0) {
      x0[row] = lowX;
      x1[row] = highX;
      min[row] = low;
      max[row] = high;
    } else {
      if (lowX < x0[row]!) x0[row] = lowX;
      if (highX > x1[row]!) x1[row] = highX;
      // Written so that a NaN on the left is replaced and one on the right is passed over.
      if (low < min[row]! || Number.isNaN(min[row])) min[row] = low;
      if (high > max[row]! || Number.isNaN(max[row])) max[row] = high;
    }
    last[row] = value;
    held += n;
    if (held >= width) {
      row++;
      held = 0;
    }
  };
  const points: BucketBuilder['points'] = ({ x, y }) => {
    for (let i = 0; i < y.length; i++) {
      const value = y[i]!;
      const finite = Number.isFinite(value) ? value : NaN;
      add(1, x[i]!, x[i]!, finite, finite, value);
    }
  };
  const finish = (): Buckets => {
    const rows = held > 0 ? row + 1 : row;
    return {
      x0: x0.slice(0, rows),
      x1: x1.slice(0, rows),
      min: min.slice(0, rows),
      max: max.slice(0, rows),
      last: last.slice(0, rows),
    };
  };
  return { add, points, finish };
}
