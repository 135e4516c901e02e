/** The imbalance ratio at which a function of log R falls to zero, searched from R = 1 upwards. Finds one crossing, proves none. */
import { findRoot } from '../../numerics/roots.ts';

/** Ratios beyond e^27 ≈ 5e11 count as never: the minority's share is then lost in the rounding of the majority's. */
const LARGEST_LOG_RATIO = 27;

/** @param excess of log R, positive before the crossing; tolerance as findRoot has it. @returns R ≥ 1; null for never */
export function crossingRatio(excess: (logRatio: number) => number, tolerance: number): number | null {
  let low = 0;
  let high = 1;
  while (excess(high) > 0) {
    low = high;
    high *= 2;
    if (high > LARGEST_LOG_RATIO) return null;
  }
  return Math.exp(findRoot(excess, low, high, { tolerance }));
}
