/**
 * What a long solve says of itself while it runs, and how it hears that it should stop: every iteration is reported, and
 * inside long ones the last report is repeated every 50 ms. No one is told twice to stop, nor asked again after it.
 */
import type { SolveOptions } from '../types.ts';

/** Milliseconds of work after which a solve asks whether to go on. */
const INTERVAL = 50;

export interface Pulse {
  /** A new iteration; false: stop. */
  readonly report: (iteration: number, relativeGap: number) => boolean;
  /** To be called often, costs nothing; false: stop. */
  readonly alive: () => boolean;
}

export function createPulse(onProgress: SolveOptions['onProgress']): Pulse {
  let going = true;
  let next = 0;
  let latest = { iteration: 0, relativeGap: Infinity };
  const ask = (): boolean => {
    if (going && onProgress?.(latest) === false) going = false;
    next = performance.now() + INTERVAL;
    return going;
  };
  return {
    report: (iteration, relativeGap) => {
      latest = { iteration, relativeGap };
      return ask();
    },
    alive: () => (going && onProgress !== undefined && performance.now() >= next ? ask() : going),
  };
}
