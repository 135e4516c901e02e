/**
 * What a run kind is: its parameters, metrics and charts, and the function that computes it in a job's own process.
 * A new kind is one file beside this one and one line in index.ts; forms, flags, help and columns follow from it.
 */
import type { RunKind, LogLine } from '../../api/contract.ts';
import type { ParameterValues } from '../../parameters/specification.ts';

/** What a job may do while it computes. Everything it reports is on disk before the studio acknowledges it. */
export interface JobContext {
  readonly seed: number;
  /** Appends points of one metric; x is the sweep variable, step or epoch. */
  points(metric: string, x: ArrayLike<number>, y: ArrayLike<number>): void;
  log(level: LogLine['level'], text: string): void;
  /** fraction 0..1; the studio derives the time left. */
  progress(fraction: number, message: string): void;
  /** Stores a file beside the run. */
  artifact(name: string, mediaType: string, bytes: Uint8Array): void;
  /** Lets messages in; throws JobCancelled when the user asked to stop. Await it at least every 50 ms of work. */
  breathe(): Promise<void>;
  /** Absent where nothing is kept (`peel compute`). */
  readonly checkpoints?: Checkpoints;
}

/** How a long run survives the end of its process. */
export interface Checkpoints {
  /** The last checkpoint that an earlier job of this run kept; null: start at the beginning. */
  last(): Uint8Array | null;
  /** Replaces the run's checkpoint, once everything reported before is on disk. */
  keep(bytes: Uint8Array): Promise<void>;
}

/** Thrown by breathe(); ends the job as `cancelled`, keeping what it reported. */
export class JobCancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'JobCancelled';
  }
}

/** What a job takes of the machine while it computes; the queue starts no more jobs than the machine bears. */
export interface JobUse {
  /** Processors kept busy; Infinity: all that there are. */
  readonly threads: number;
  /** Bytes held at most, as far as they are known beforehand. */
  readonly memory: number;
}

/** Of a kind that declares nothing: one thread, and a process with little data. */
export const MODEST_USE: JobUse = { threads: 1, memory: 2e8 };

export interface ExecutableKind extends RunKind {
  /** Refuses values that do not go together before a run is stored. @throws InvalidInput naming the parameters */
  check?(values: ParameterValues): void;
  /** What such a job takes; MODEST_USE unless given. Quick, for the studio asks: loads no backend and reads no data. */
  use?(values: ParameterValues): JobUse;
  /**
   * Computes the run. The values have been validated against `parameters`.
   * @returns the result document (JSON); a throw marks the run `failed` with its message.
   */
  execute(values: ParameterValues, context: JobContext): Promise<unknown>;
}
