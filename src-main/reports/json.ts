/** Everything about the runs as one JSON document, every point included; written in pieces. */
import type { JsonNumber, RunDetail } from '../api/contract.ts';
import { usedKinds, type Points, type ReportSource } from './report.ts';

/** A number as the contract has it: non-finite values as words. */
export function jsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function listed(values: ArrayLike<number>): string {
  return Array.from(values, (value) => JSON.stringify(jsonNumber(value))).join(',');
}

/** `[…]` of one coordinate over all chunks. */
function* list(chunks: Iterable<Points>, coordinate: 'x' | 'y'): Generator<string> {
  let first = true;
  yield '[';
  for (const chunk of chunks) {
    const text = listed(chunk[coordinate]);
    if (text === '') continue;
    yield first ? text : `,${text}`;
    first = false;
  }
  yield ']';
}

function* runDocument(source: ReportSource, run: RunDetail): Generator<string> {
  const open = JSON.stringify(run).slice(0, -1);
  yield `${open},"series":{`;
  let first = true;
  for (const metric of Object.keys(run.metrics)) {
    yield `${first ? '' : ','}${JSON.stringify(metric)}:{"x":`;
    yield* list(source.points(run.id, metric), 'x');
    yield ',"y":';
    yield* list(source.points(run.id, metric), 'y');
    yield '}';
    first = false;
  }
  yield '}}';
}

/** `{peel, title, note?, project, createdAt, kinds, runs: [{…, series: {metric: {x, y}}}]}`. */
export async function* jsonReport(source: ReportSource): AsyncGenerator<string> {
  const { title, note, project, createdAt } = source;
  const kinds = usedKinds(source);
  const head = JSON.stringify({ peel: source.version, title, note, project, createdAt, kinds });
  yield `${head.slice(0, -1)},"runs":[`;
  for (const [index, run] of source.runs.entries()) {
    if (index > 0) yield ',';
    yield* runDocument(source, run);
  }
  yield ']}\n';
}
