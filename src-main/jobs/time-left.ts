/** Estimates the time a job still needs from its fraction done; smoothed, and null until there is something to go by. */

/** Below this much running time a rate says nothing. */
const FIRST_MILLISECONDS = 500;
const SMOOTHING = 0.3;

/**
 * @param resumed the first fraction that is reported was done by an earlier job
 * @returns a function from (fraction done, milliseconds elapsed) to milliseconds left.
 */
export function createTimeLeft(resumed = false): (fraction: number, elapsed: number) => number | null {
  let total: number | null = null;
  let before = resumed ? null : 0;
  return (fraction, elapsed) => {
    before ??= fraction;
    if (fraction <= before || elapsed < FIRST_MILLISECONDS) return null;
    const projected = (elapsed * (1 - before)) / (fraction - before);
    total = total === null ? projected : total + SMOOTHING * (projected - total);
    return Math.max(0, total - elapsed);
  };
}
