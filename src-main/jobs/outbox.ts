/**
 * What a job has reported and the studio has not acknowledged. Points are gathered and sent in batches, at most every
 * 50 ms or 4,096 points; a job that runs ahead waits until the studio has caught up.
 */
import { checkArtifactName } from '../../db/artifact-name.ts';
import type { LogEntry } from '../../db/logs.ts';
import { checkPoints } from '../../db/series-append.ts';
import type { ArtifactMessage, BatchMessage } from './protocol.ts';

const MILLISECONDS = 50;
const POINTS = 4096;
/** Batches under way before `settled` makes the job wait. */
const WINDOW = 8;

export interface Outbox {
  points(metric: string, x: ArrayLike<number>, y: ArrayLike<number>): void;
  line(entry: LogEntry): void;
  artifact(artifact: ArtifactMessage): void;
  progress(fraction: number, message: string): void;
  acknowledged(batch: number): void;
  flush(): void;
  /** Resolves once no more than `open` batches are unacknowledged. */
  settled(open?: number): Promise<void>;
}

export function createOutbox(send: (batch: BatchMessage) => void): Outbox {
  let points = new Map<string, { x: number[]; y: number[] }>();
  let lines: LogEntry[] = [];
  let artifacts: ArtifactMessage[] = [];
  let progress: BatchMessage['progress'] = null;
  let count = 0;
  let sent = 0;
  let confirmed = 0;
  let lastFlush = performance.now();
  let waiting: { readonly open: number; readonly resolve: () => void }[] = [];

  const flush = (): void => {
    lastFlush = performance.now();
    if (points.size === 0 && lines.length === 0 && artifacts.length === 0 && progress === null) return;
    const packed = [...points].map(([metric, { x, y }]) => ({
      metric,
      x: Float64Array.from(x),
      y: Float64Array.from(y),
    }));
    send({ type: 'batch', batch: ++sent, points: packed, lines, artifacts, progress });
    points = new Map();
    lines = [];
    artifacts = [];
    progress = null;
    count = 0;
  };
  const flushIfDue = (): void => {
    if (count >= POINTS || performance.now() - lastFlush >= MILLISECONDS) flush();
  };

  return {
    points(metric, x, y) {
      // Here rather than in the studio: the job that reports them sees the error, and its other points are not affected.
      checkPoints(metric, x, y);
      const held = points.get(metric) ?? { x: [], y: [] };
      points.set(metric, held);
      for (let i = 0; i < x.length; i++) {
        held.x.push(x[i]!);
        held.y.push(y[i]!);
      }
      count += x.length;
      flushIfDue();
    },
    line(entry) {
      lines.push(entry);
      flushIfDue();
    },
    artifact(artifact) {
      checkArtifactName(artifact.name);
      artifacts.push(artifact);
      flush();
    },
    progress(fraction, message) {
      progress = { fraction: Math.min(1, Math.max(0, fraction)), message };
      flushIfDue();
    },
    acknowledged(batch) {
      confirmed = Math.max(confirmed, batch);
      waiting = waiting.filter(({ open, resolve }) => {
        if (sent - confirmed > open) return true;
        resolve();
        return false;
      });
    },
    flush,
    settled(open = WINDOW) {
      // A job may report and then compute for long without another report.
      flushIfDue();
      if (sent - confirmed <= open) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ open, resolve }));
    },
  };
}
