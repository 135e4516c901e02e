/**
 * A series of any length as at most `buckets` drawable points: the last value of each bucket, with the bucket's minimum
 * and maximum as envelope, so that no extreme disappears. Short series pass unchanged.
 */
import type { Points } from './report.ts';

export interface DrawableSeries {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Present when points were put together. */
  readonly envelope?: { readonly low: readonly number[]; readonly high: readonly number[] };
  /** Points that stand behind the drawing. */
  readonly total: number;
}

/** @param n how many points to expect, from the series' summary. */
export function reduceSeries(chunks: Iterable<Points>, n: number, buckets = 800): DrawableSeries {
  const per = n <= 2 * buckets ? 1 : Math.ceil(n / buckets);
  const x: number[] = [];
  const y: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  let total = 0;
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.x.length; i++, total++) {
      const value = chunk.y[i]!;
      const slot = Math.floor(total / per);
      if (slot === x.length) {
        x.push(chunk.x[i]!);
        y.push(value);
        low.push(value);
        high.push(value);
        continue;
      }
      x[slot] = chunk.x[i]!;
      // A value that is not finite is neither hidden by its bucket's last value nor allowed into the extremes.
      if (Number.isFinite(y[slot]!)) y[slot] = value;
      if (Number.isFinite(value)) {
        low[slot] = Number.isFinite(low[slot]!) ? Math.min(low[slot]!, value) : value;
        high[slot] = Number.isFinite(high[slot]!) ? Math.max(high[slot]!, value) : value;
      }
    }
  }
  return per === 1 ? { x, y, total } : { x, y, envelope: { low, high }, total };
}
