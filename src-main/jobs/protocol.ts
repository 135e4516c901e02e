/**
 * What a job's process and the studio say to each other. Both directions are discriminated unions; numbers travel as
 * typed arrays (structured clone). A batch is acknowledged once it is on disk, never before.
 */
import type { LogEntry } from '../../db/logs.ts';
import type { SystemSoFar } from '../../db/system-series.ts';
import type { ParameterValues } from '../parameters/specification.ts';

/** The artifact that holds a run's state. */
export const CHECKPOINT = 'checkpoint.safetensors';

/** What an earlier job of the same run left. */
export interface ResumePoint {
  /** Path of the checkpoint's file. */
  readonly checkpoint: string;
  /** The last x that was stored, by metric. Points at or before it are the same again and are dropped. */
  readonly reported: Readonly<Record<string, number>>;
}

export type ToJob =
  | {
      readonly type: 'start';
      readonly kind: string;
      readonly values: ParameterValues;
      readonly seed: number;
      /** null: the run starts for the first time. */
      readonly resume: ResumePoint | null;
      /** Where the samples of the machine go on. */
      readonly system: SystemSoFar;
    }
  | { readonly type: 'acknowledged'; readonly batch: number }
  | { readonly type: 'cancel' };

export interface PointsMessage {
  readonly metric: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface ArtifactMessage {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface BatchMessage {
  readonly type: 'batch';
  readonly batch: number;
  readonly points: readonly PointsMessage[];
  readonly lines: readonly LogEntry[];
  readonly artifacts: readonly ArtifactMessage[];
  readonly progress: { readonly fraction: number; readonly message: string } | null;
}

export type JobOutcome =
  /** The result document as JSON text: what cannot be written as JSON fails in the job. */
  | { readonly status: 'done'; readonly json: string }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: string };

export type FromJob =
  | { readonly type: 'ready' }
  | BatchMessage
  /** Comes after the acknowledgement of the last batch. */
  | { readonly type: 'end'; readonly outcome: JobOutcome };
