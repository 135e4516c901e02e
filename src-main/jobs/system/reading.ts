/** From two readings of the machine's counters to what happened between them. */

/** Counters as they stand at one time. */
export interface Reading {
  /** Seconds on a clock that never goes back. */
  readonly at: number;
  /** Processor seconds of the process since it began, all its threads together. */
  readonly own: number;
  /** Bytes of the process that are in memory. */
  readonly resident: number;
  /** Of all processors together since the machine began, in whatever unit they are counted. Both 0 where the system does not say. */
  readonly busy: number;
  readonly idle: number;
  /** Bytes of the machine's memory that are in use: what the system does not call available. */
  readonly used: number;
}

const MEGABYTE = 1e6;

/**
 * Values by series: processors in per cent (100: one processor all the time; of the machine, all of them), memory in MB of
 * 10⁶ bytes at the end. Left out where the counters have not moved, for there is nothing to divide by.
 */
export function readingValues(before: Reading, after: Reading): Readonly<Record<string, number>> {
  const seconds = after.at - before.at;
  const busy = after.busy - before.busy;
  const whole = busy + after.idle - before.idle;
  return {
    ...(seconds > 0 && { 'system/cpu': (100 * (after.own - before.own)) / seconds }),
    'system/memory': after.resident / MEGABYTE,
    // Linux counts idle time in ways that can go back a little.
    ...(whole > 0 && { 'system/machine-cpu': Math.min(100, Math.max(0, (100 * busy) / whole)) }),
    'system/machine-memory': after.used / MEGABYTE,
  };
}
