/** What this machine has for jobs at this moment. Reserves nothing and knows no job. */
import { availableParallelism, freemem, totalmem } from 'node:os';

export interface Machine {
  /** Processors that jobs may use: one is left to the studio where there are two or more. */
  readonly processors: number;
  /** Bytes that all programs may use together: the machine's, or those of the container. */
  readonly memory: number;
  /** Bytes that nobody uses now, caches counted as unused. */
  readonly free: number;
}

export function thisMachine(): Machine {
  // 0, or more than there is: no limit.
  const limit = process.constrainedMemory() || Infinity;
  const memory = Math.min(totalmem(), limit);
  return {
    processors: Math.max(1, availableParallelism() - 1),
    memory,
    // On Linux and Windows freemem() is what programs could still get. On macOS it leaves out the caches, and is a few
    // hundred megabytes on any machine that has been used for a while.
    free: process.platform === 'darwin' ? memory : Math.min(freemem(), memory),
  };
}
