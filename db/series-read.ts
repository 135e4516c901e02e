/**
 * Reads a series, or the part of it with x in [from, to], in at most maxPoints rows. Raw points where they fit;
 * otherwise buckets (bounds of x; min, max and last of y) built from the coarsest level that is fine enough: points,
 * 64-point buckets or whole chunks. Every point is in exactly one bucket, so no extreme is dropped at any zoom.
 *
 * Points stay in the order they were reported. Where x goes back, a bucket's x0..x1 bounds its points and buckets may
 * overlap. Chunks that straddle `from` or `to` are read point by point: two of them where x is monotone, possibly all
 * where it is not.
 */
import { countNonFinite, decodeChunk, type ChunkPointsRow, type Points } from './chunk.ts';
import type { Project } from './project.ts';
import { decodePyramid, bucketPoints } from './pyramid.ts';
import { bucketBuilder, type Buckets } from './series-buckets.ts';
import { storageError } from './storage-error.ts';

export interface SeriesRange {
  readonly from?: number;
  readonly to?: number;
  /** Most rows of the answer, at least 1; Infinity for all points. */
  readonly maxPoints: number;
}

interface Counted {
  /** Points in the range, all of them represented. */
  readonly total: number;
  /** NaN and infinite values among them. */
  readonly nonFinite: number;
}

export interface RawSeries extends Counted, Points {
  readonly layout: 'raw';
}

export interface BucketSeries extends Counted, Buckets {
  readonly layout: 'buckets';
}

export type SeriesData = RawSeries | BucketSeries;

/** Points per bucket up to which points themselves are read, and up to which the pyramid is. */
const rawBelow = 4 * bucketPoints;
const pyramidBelow = 8192;

type Level = 'points' | 'pyramid' | 'chunks';
interface Bounds {
  readonly seriesId: number;
  readonly from: number;
  readonly to: number;
}

/** @throws StorageError not-found where the run has no such metric */
export function readSeries(project: Project, runId: number, metric: string, range: SeriesRange): SeriesData {
  return project.read(() => {
    const bounds: Bounds = {
      seriesId: seriesIdOf(project, runId, metric),
      from: range.from ?? -Infinity,
      to: range.to ?? Infinity,
    };
    const inside = countInside(project, bounds);
    const partial = readPartial(project, bounds);
    let total = inside.total;
    let nonFinite = inside.nonFinite;
    for (const points of partial.values()) {
      total += points.y.length;
      nonFinite += countNonFinite(points.y);
    }
    if (total <= range.maxPoints)
      return { layout: 'raw', total, nonFinite, ...readRaw(project, bounds, partial, total) };
    const width = Math.ceil(total / Math.max(1, range.maxPoints));
    return { layout: 'buckets', total, nonFinite, ...readBuckets(project, bounds, partial, width, total) };
  });
}

/** All points chunk by chunk, for exports that must not hold a series in memory. @throws StorageError not-found */
export function* readChunks(project: Project, runId: number, metric: string): Generator<Points> {
  const next = project.prepare<[number, number], ChunkPointsRow>(
    'SELECT n, x0, dx, x, y FROM series_chunk WHERE series_id = ? AND number = ?',
  );
  const seriesId = seriesIdOf(project, runId, metric);
  for (let number = 0; ; number++) {
    const row = next.get(seriesId, number);
    if (!row) return;
    yield decodeChunk(row);
  }
}

function seriesIdOf(project: Project, runId: number, metric: string): number {
  const row = project
    .prepare<[number, string], { id: number }>(
      'SELECT s.id FROM series s JOIN metric m ON m.id = s.metric_id WHERE s.run_id = ? AND m.key = ?',
    )
    .get(runId, metric);
  if (!row) throw storageError('not-found', `run ${String(runId)} has no metric ${metric}`);
  return row.id;
}

const insideRange = 'series_id = @seriesId AND low_x >= @from AND high_x <= @to';

function countInside(project: Project, bounds: Bounds): Counted {
  return project
    .prepare<[Bounds], Counted>(
      `SELECT coalesce(sum(n), 0) AS total, coalesce(sum(non_finite), 0) AS nonFinite
       FROM series_chunk WHERE ${insideRange}`,
    )
    .get(bounds)!;
}

/** The chosen points of the chunks that straddle an end of the range, by chunk number. */
function readPartial(project: Project, bounds: Bounds): Map<number, Points> {
  const { from, to } = bounds;
  const rows = project
    .prepare<[Bounds], ChunkPointsRow & { number: number }>(
      `SELECT number, n, x0, dx, x, y FROM series_chunk
       WHERE series_id = @seriesId AND low_x <= @to AND high_x >= @from AND NOT (${insideRange})`,
    )
    .iterate(bounds);
  const partial = new Map<number, Points>();
  for (const row of rows) {
    const { x, y } = decodeChunk(row);
    const within = (_: number, i: number): boolean => x[i]! >= from && x[i]! <= to;
    partial.set(row.number, { x: x.filter(within), y: y.filter(within) });
  }
  return partial;
}

/** Walks the chunks inside the range and the parts of others in the order of the series. */
function inOrder<Row extends { readonly number: number }>(
  rows: Iterable<Row>,
  partial: ReadonlyMap<number, Points>,
  whole: (row: Row) => void,
  part: (points: Points) => void,
): void {
  const numbers = [...partial.keys()].sort((a, b) => a - b);
  let next = 0;
  const partsBefore = (number: number): void => {
    while (next < numbers.length && numbers[next]! < number) part(partial.get(numbers[next++]!)!);
  };
  for (const row of rows) {
    partsBefore(row.number);
    whole(row);
  }
  partsBefore(Infinity);
}

type PointsRow = ChunkPointsRow & { readonly number: number };

function pointRows(project: Project, bounds: Bounds): Iterable<PointsRow> {
  const sql = `SELECT number, n, x0, dx, x, y FROM series_chunk WHERE ${insideRange} ORDER BY number`;
  return project.prepare<[Bounds], PointsRow>(sql).iterate(bounds);
}

function readRaw(project: Project, bounds: Bounds, partial: ReadonlyMap<number, Points>, total: number): Points {
  const all = { x: new Float64Array(total), y: new Float64Array(total) };
  let at = 0;
  const copy = ({ x, y }: Points): void => {
    all.x.set(x, at);
    all.y.set(y, at);
    at += y.length;
  };
  inOrder(
    pointRows(project, bounds),
    partial,
    (row) => {
      copy(decodeChunk(row));
    },
    copy,
  );
  return all;
}

function readBuckets(
  project: Project,
  bounds: Bounds,
  partial: ReadonlyMap<number, Points>,
  width: number,
  total: number,
): Buckets {
  const builder = bucketBuilder(width, total);
  const level: Level = width < rawBelow ? 'points' : width < pyramidBelow ? 'pyramid' : 'chunks';
  switch (level) {
    case 'points':
      inOrder(
        pointRows(project, bounds),
        partial,
        (row) => {
          builder.points(decodeChunk(row));
        },
        builder.points,
      );
      break;
    case 'pyramid':
      inOrder(
        pyramidRows(project, bounds),
        partial,
        (row) => {
          addPyramid(builder, row);
        },
        builder.points,
      );
      break;
    case 'chunks':
      inOrder(
        chunkRows(project, bounds),
        partial,
        (row) => {
          builder.add(row.n, row.lowX, row.highX, row.min ?? NaN, row.max ?? NaN, row.last ?? NaN);
        },
        builder.points,
      );
  }
  return builder.finish();
}

interface PyramidRow {
  readonly number: number;
  readonly n: number;
  readonly x0: number;
  readonly dx: number | null;
  readonly pyramid: Uint8Array;
}

function pyramidRows(project: Project, bounds: Bounds): Iterable<PyramidRow> {
  const sql = `SELECT number, n, x0, dx, pyramid FROM series_chunk WHERE ${insideRange} ORDER BY number`;
  return project.prepare<[Bounds], PyramidRow>(sql).iterate(bounds);
}

function addPyramid(builder: ReturnType<typeof bucketBuilder>, row: PyramidRow): void {
  const { min, max, last, lowX, highX } = decodePyramid(row.pyramid, row.n);
  for (let b = 0; b < min.length; b++) {
    const start = b * bucketPoints;
    const n = Math.min(bucketPoints, row.n - start);
    const a = lowX ? lowX[b]! : row.x0 + start * row.dx!;
    const z = highX ? highX[b]! : row.x0 + (start + n - 1) * row.dx!;
    builder.add(n, Math.min(a, z), Math.max(a, z), min[b]!, max[b]!, last[b]!);
  }
}

interface ChunkLevelRow {
  readonly number: number;
  readonly n: number;
  readonly lowX: number;
  readonly highX: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
}

function chunkRows(project: Project, bounds: Bounds): Iterable<ChunkLevelRow> {
  const sql = `SELECT number, n, low_x AS lowX, high_x AS highX, min, max, last
    FROM series_chunk WHERE ${insideRange} ORDER BY number`;
  return project.prepare<[Bounds], ChunkLevelRow>(sql).iterate(bounds);
}
