/**
 * One chunk of a series in memory: up to 2,048 points in the order reported, and its row in the database.
 * Decides when x needs no storage: where x0 + i·dx gives every x_i exactly.
 */
import { fromBytes, toBytes } from './float64.ts';
import { buildPyramid, encodePyramid, finiteBounds } from './pyramid.ts';

/** The columns that hold the points. */
export interface ChunkPointsRow {
  readonly n: number;
  readonly x0: number;
  readonly dx: number | null;
  readonly x: Uint8Array | null;
  readonly y: Uint8Array;
}

export interface ChunkRow extends ChunkPointsRow {
  readonly nonFinite: number;
  readonly lowX: number;
  readonly highX: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
  readonly pyramid: Uint8Array;
}

export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The points of a row. */
export function decodeChunk(row: ChunkPointsRow): Points {
  const y = fromBytes(row.y, row.n);
  if (row.x) return { x: fromBytes(row.x, row.n), y };
  const x = new Float64Array(row.n);
  for (let i = 0; i < row.n; i++) x[i] = row.x0 + i * row.dx!;
  return { x, y };
}

/** The row of the points; x and y of equal length 1..2048, x finite. */
export function encodeChunk({ x, y }: Points): ChunkRow {
  const n = y.length;
  const dx = exactStep(x);
  const [min, max] = finiteBounds(y, 0, n);
  const [lowX, highX] = finiteBounds(x, 0, n);
  const storedX = dx === null ? x : null;
  return {
    n,
    nonFinite: countNonFinite(y),
    x0: x[0]!,
    dx,
    lowX,
    highX,
    min: numberOrNull(min),
    max: numberOrNull(max),
    last: numberOrNull(y[n - 1]!),
    pyramid: encodePyramid(buildPyramid(storedX, y)),
    y: toBytes(y),
    x: storedX && toBytes(storedX),
  };
}

/** How many values are NaN or infinite. */
export function countNonFinite(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (!Number.isFinite(value)) count++;
  return count;
}

/** dx with x_i = x0 + i·dx for all i in float64 arithmetic, else null. A single point has dx = 0. An x of −0 becomes 0. */
function exactStep(x: Float64Array): number | null {
  const x0 = x[0]!;
  const dx = x.length > 1 ? x[1]! - x0 : 0;
  for (let i = 0; i < x.length; i++) if (x0 + i * dx !== x[i]) return null;
  return dx;
}

/** SQLite stores NaN as NULL; saying so here keeps the types honest. */
function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
