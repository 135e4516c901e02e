/** Seconds that a training has spent on each kind of work, over all jobs that took part in it. */

export interface Clocks {
  readonly training: number;
  readonly evaluating: number;
  readonly measuring: number;
}

export interface RunningClocks {
  /** As of now. */
  readonly spent: Clocks;
  /** Does some work and counts the time that it takes, whether it succeeds or not. */
  timed<T>(clock: keyof Clocks, work: () => Promise<T>): Promise<T>;
}

/** @param before what earlier jobs have spent */
export function startClocks(before: Clocks = { training: 0, evaluating: 0, measuring: 0 }): RunningClocks {
  const spent = { ...before };
  return {
    spent,
    async timed(clock, work) {
      const started = performance.now();
      try {
        return await work();
      } finally {
        spent[clock] += (performance.now() - started) / 1000;
      }
    },
  };
}
