/**
 * What a report is made of. Whoever holds the runs (API, command line) supplies a ReportSource; the writers beside this
 * file turn it into HTML, CSV, JSON or SVG. Nothing here knows a database, and no writer computes science.
 */
import type { RunDetail, RunKind } from '../api/contract.ts';

/** Consecutive points of one series, raw. */
export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface ReportSource {
  readonly title: string;
  /** What its author says before the runs: plain text, blank lines part paragraphs. */
  readonly note?: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Version of Peel that writes the report. */
  readonly version: string;
  /** Name of the project the runs are from; null for a run that is stored nowhere. */
  readonly project: string | null;
  /** In the order in which they are to stand. */
  readonly runs: readonly RunDetail[];
  /** The kinds known to the program; a run of a kind not listed is shown without labels. */
  readonly kinds: readonly RunKind[];
  /** Every point of a series in order of x, in pieces, so that no writer holds a long series whole. */
  points(run: number, metric: string): Iterable<Points>;
}

/** A writer's entry in index.ts. */
export interface ReportFormat {
  readonly id: string;
  readonly label: string;
  readonly mediaType: string;
  readonly extension: string;
  /** The file, in pieces of text. */
  write(source: ReportSource): AsyncIterable<string>;
}

export function kindOf(source: ReportSource, run: RunDetail): RunKind | undefined {
  return source.kinds.find((kind) => kind.id === run.kind);
}

/** The kinds that occur among the runs, in the program's order. */
export function usedKinds(source: ReportSource): readonly RunKind[] {
  return source.kinds.filter((kind) => source.runs.some((run) => run.kind === kind.id));
}
