/**
 * Whether a run may start beside those that compute, and in words why not. Pure: what is used is what jobs declare, and
 * they are trusted. Does not choose the run; the queue takes the oldest, so that none is overtaken by smaller ones.
 */
import type { JobUse } from './kinds/kind.ts';
import type { Machine } from './machine.ts';

export interface Working {
  readonly id: number;
  readonly use: JobUse;
}

/**
 * @param working what computes on this machine now; where nothing does, every run may start
 * @param most runs at once by the user's wish; null: no limit but the machine's
 * @returns what the run waits for, as the end of a sentence; null: it may start
 */
export function reasonToWait(
  use: JobUse,
  working: readonly Working[],
  machine: Machine,
  most: number | null,
): string | null {
  if (working.length === 0) return null;
  if (most !== null && working.length >= most) {
    const what = working.length === 1 ? `run ${working[0]!.id}` : `one of the ${working.length} runs that compute`;
    return `waits for ${what}; Settings allow ${most} at once`;
  }
  const threads = ({ threads }: JobUse): number => Math.min(threads, machine.processors);
  const idle = machine.processors - working.reduce((sum, one) => sum + threads(one.use), 0);
  const wanted = threads(use);
  if (wanted > idle)
    return `waits for ${wanted} ${wanted === 1 ? 'processor' : 'processors'}, ${idle > 0 ? idle : 'none'} free`;
  // Jobs that have just started do not hold yet what they will: what was promised counts, and what is there.
  const promised = working.reduce((sum, one) => sum + one.use.memory, 0);
  const free = Math.max(0, Math.min(machine.free, machine.memory - promised));
  return use.memory > free ? `waits for ${memoryText(use.memory)} of memory, ${memoryText(free)} free` : null;
}

const memoryText = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
