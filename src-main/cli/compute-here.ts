/**
 * Computes a run kind in this very process, for commands that store nothing: points are kept in memory, progress is drawn
 * on the terminal, Ctrl-C stops at the kind's next breath. Files that the kind would store beside its run are not kept.
 */
import { summaryOf } from '../../db/series-summary.ts';
import type { MetricSummary } from '../api/contract.ts';
import { JobCancelled, type JobContext } from '../jobs/kinds/kind.ts';
import { InvalidInput } from '../parameters/specification.ts';
import { Failed } from './errors.ts';
import type { Io } from './io.ts';
import { progressLine } from './progress.ts';

export interface Series {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Computed<T> {
  /** null where Ctrl-C came first. */
  readonly result: T | null;
  readonly points: ReadonlyMap<string, Series>;
  /** Names of the files that were not kept. */
  readonly artifacts: readonly string[];
}

/** @throws InvalidInput where the kind refuses what it finds in files; Failed with its own message else */
export async function computeHere<T>(
  compute: (context: JobContext) => Promise<T>,
  seed: number,
  io: Io,
): Promise<Computed<T>> {
  const points = new Map<string, { x: number[]; y: number[] }>();
  const artifacts: string[] = [];
  const bar = progressLine(io.interactive);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  const context: JobContext = {
    seed,
    points(metric, x, y) {
      const held = points.get(metric) ?? { x: [], y: [] };
      points.set(metric, held);
      for (let i = 0; i < x.length; i++) {
        held.x.push(x[i]!);
        held.y.push(y[i]!);
      }
    },
    log(level, text) {
      if (level === 'info' || io.json) return;
      bar.clear();
      io.note(`${level}: ${text}`);
    },
    progress: (fraction, message) => bar.show(`${Math.round(100 * fraction)} %  ${message}`),
    artifact: (name) => void artifacts.push(name),
    async breathe() {
      await new Promise((next) => setImmediate(next));
      if (stopped) throw new JobCancelled();
    },
  };
  process.once('SIGINT', stop);
  try {
    return { result: await compute(context), points, artifacts };
  } catch (error) {
    if (error instanceof JobCancelled) return { result: null, points, artifacts };
    if (error instanceof InvalidInput) throw error;
    throw new Failed('failed', error instanceof Error ? error.message : String(error));
  } finally {
    process.off('SIGINT', stop);
    bar.clear();
  }
}

/** What the points amount to, by metric. */
export function summaries(points: ReadonlyMap<string, Series>): Readonly<Record<string, MetricSummary>> {
  return Object.fromEntries(
    [...points].map(([metric, { x, y }]) => [metric, summaryOf({ x: Float64Array.from(x), y: Float64Array.from(y) })]),
  );
}
