/** Estimates the time a job still needs from its fraction done; smoothed, and null until there is something to go by. */

/** Below this much running time a rate says nothing. */
const FIRST_MILLISECONDS = 500;
const SMOOTHING = 0.3;

/** @returns a function from (fraction done, milliseconds elapsed) to milliseconds left. */
export function createTimeLeft(): (fraction: number, elapsed: number) => number | null {
  let total: number | null = null;
  return (fraction, elapsed) => {
    if (fraction <= 0 || elapsed < FIRST_MILLISECONDS) return null;
    const projected = elapsed / fraction;
    total = total === null ? projected : total + SMOOTHING * (projected - total);
    return Math.max(0, total - elapsed);
  };
}
