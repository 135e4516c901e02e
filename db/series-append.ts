/**
 * Appends points to one metric of one run: the tail chunk is completed, further chunks follow, and the summary row
 * changes in the same transaction. Points keep the order in which they came; x may go back (a resumed run repeats
 * steps) and both passes are kept. Refuses an x that is not finite; y may be anything.
 */
import { InvalidInput } from '../src-main/parameters/specification.ts';
import { countNonFinite, decodeChunk, encodeChunk, type ChunkPointsRow, type ChunkRow, type Points } from './chunk.ts';
import type { Project } from './project.ts';
import { chunkPoints } from './pyramid.ts';
import { extendSummary, findSummary, saveSummary } from './series-summary.ts';

/**
 * Appends x[i], y[i] for all i. @throws InvalidInput for a bad metric name, unequal lengths or an x that is not finite;
 * StorageError where the write fails. Nothing is stored then.
 */
export function appendPoints(
  project: Project,
  runId: number,
  metric: string,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): void {
  const points = checkPoints(metric, x, y);
  if (points.y.length === 0) return;
  project.write(() => {
    const metricId = internMetric(project, metric);
    const before = findSummary(project, runId, metricId);
    const seriesId = saveSummary(project, runId, metricId, extendSummary(before, points, countNonFinite(points.y)));
    appendChunks(project, seriesId, before?.n ?? 0, points);
  });
}

/** The points as float64. @throws InvalidInput as appendPoints does; for whoever takes points before they are stored */
export function checkPoints(metric: string, x: ArrayLike<number>, y: ArrayLike<number>): Points {
  const refuse = (field: string, value: unknown, message: string): never => {
    throw new InvalidInput([{ field, value, message }]);
  };
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (!/^[^\u0000-\u001f\u007f]{1,200}$/u.test(metric)) {
    refuse('metric', metric, 'a metric name has 1 to 200 characters, none of them a control character');
  }
  if (x.length !== y.length) {
    refuse('x', x.length, `metric ${metric} has ${String(x.length)} values of x but ${String(y.length)} of y`);
  }
  const points = { x: asFloat64(x), y: asFloat64(y) };
  const bad = points.x.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) refuse('x', points.x[bad], `x of metric ${metric} is ${String(points.x[bad])}; it must be finite`);
  return points;
}

function asFloat64(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

function internMetric(project: Project, key: string): number {
  const find = project.prepare<[string], { id: number }>('SELECT id FROM metric WHERE key = ?');
  const known = find.get(key);
  if (known) return known.id;
  return Number(project.prepare<[string], never>('INSERT INTO metric(key) VALUES (?)').run(key).lastInsertRowid);
}

function appendChunks(project: Project, seriesId: number, stored: number, points: Points): void {
  const total = stored + points.y.length;
  for (let at = stored; at < total;) {
    const number = Math.floor(at / chunkPoints);
    const end = Math.min(total, (number + 1) * chunkPoints);
    const fresh = {
      x: points.x.slice(at - stored, end - stored),
      y: points.y.slice(at - stored, end - stored),
    };
    const tail = at % chunkPoints > 0 ? readTail(project, seriesId, number) : null;
    writeChunk(project, seriesId, number, encodeChunk(tail ? concatenate(tail, fresh) : fresh));
    at = end;
  }
}

function readTail(project: Project, seriesId: number, number: number): Points {
  const row = project
    .prepare<[number, number], ChunkPointsRow>(
      'SELECT n, x0, dx, x, y FROM series_chunk WHERE series_id = ? AND number = ?',
    )
    .get(seriesId, number);
  if (!row) throw new Error(`chunk ${String(number)} of series ${String(seriesId)} is missing`);
  return decodeChunk(row);
}

function concatenate(a: Points, b: Points): Points {
  const join = (first: Float64Array, second: Float64Array): Float64Array => {
    const whole = new Float64Array(first.length + second.length);
    whole.set(first);
    whole.set(second, first.length);
    return whole;
  };
  return { x: join(a.x, b.x), y: join(a.y, b.y) };
}

function writeChunk(project: Project, seriesId: number, number: number, row: ChunkRow): void {
  project
    .prepare<[ChunkRow & { seriesId: number; number: number }], never>(
      `INSERT INTO series_chunk(series_id, number, n, non_finite, x0, dx, low_x, high_x, min, max, last, pyramid, y, x)
       VALUES (@seriesId, @number, @n, @nonFinite, @x0, @dx, @lowX, @highX, @min, @max, @last, @pyramid, @y, @x)
       ON CONFLICT(series_id, number) DO UPDATE SET n = excluded.n, non_finite = excluded.non_finite, dx = excluded.dx,
         low_x = excluded.low_x, high_x = excluded.high_x, min = excluded.min, max = excluded.max, last = excluded.last,
         pyramid = excluded.pyramid, y = excluded.y, x = excluded.x`,
    )
    .run({ ...row, seriesId, number });
}
