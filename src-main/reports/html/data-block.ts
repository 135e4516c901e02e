/**
 * The data of the report for programs: the same JSON as the JSON export, in a hidden element `#peel-data`.
 * Series together longer than the limit are left out and say so; the CSV and JSON exports hold every point.
 */
import { jsonNumber } from '../json.ts';
import type { ReportSource } from '../report.ts';
import { jsonForHtml } from './escape.ts';

/** Points beyond which a page would be slow to open. */
export const mostPoints = 200_000;

export interface DataBlock {
  readonly html: string;
  readonly points: number;
  /** The series are in the block. */
  readonly complete: boolean;
}

export function dataBlock(source: ReportSource): DataBlock {
  const points = source.runs.flatMap((run) => Object.values(run.metrics)).reduce((sum, summary) => sum + summary.n, 0);
  const complete = points <= mostPoints;
  const series = (run: number, metric: string): unknown => {
    const chunks = [...source.points(run, metric)];
    return {
      x: chunks.flatMap((chunk) => Array.from(chunk.x, jsonNumber)),
      y: chunks.flatMap((chunk) => Array.from(chunk.y, jsonNumber)),
    };
  };
  const runs = source.runs.map((run) => {
    if (!complete) return run;
    return {
      ...run,
      series: Object.fromEntries(Object.keys(run.metrics).map((metric) => [metric, series(run.id, metric)])),
    };
  });
  const document = {
    peel: source.version,
    title: source.title,
    ...(source.note !== undefined && { note: source.note }),
    project: source.project,
    createdAt: source.createdAt,
    complete,
    runs,
  };
  return { html: `<pre id="peel-data" hidden>${jsonForHtml(document)}</pre>`, points, complete };
}
