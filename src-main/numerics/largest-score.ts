/**
 * For each of many rows a, the j with the largest score a·b_j + c_j, as sums in float64 in the order of the columns have it:
 * products in single precision leave a shortlist, by a bound on their rounding, and only that is computed in float64.
 *
 * Letters: u = 2⁻²⁴. A sum of k products of rounded factors, in any order, fused or not, is off by at most
 * γ Σ|a_l b_l| ≤ γ‖a‖‖b‖ with γ = (k + 4) u / (1 − (k + 4) u) (Higham 2002, section 3.1), and by what underflow takes: less
 * than 2⁻¹⁴⁴ for each product, where factors are scaled by powers of two to at most 2.
 */
import { packRows, timesRows, type PackedRows } from './packed-rows.ts';
import { addRows, packRight, wholeColumns } from './single-products.ts';
import { singleTileKernels, TILE_ROWS } from './single-tile-kernels.ts';

type Rows = Float64Array | Float32Array;

/** Rows b_j, n×k row-major, n ≥ 1, and numbers c_j. */
export interface Scores {
  readonly b: Float64Array;
  readonly c: Float64Array;
  readonly n: number;
  readonly k: number;
}

export interface Largest {
  /** By row the lowest j with the largest score, and that score: 0 and −∞ where there is none. */
  readonly index: Int32Array;
  readonly score: Float64Array;
}

export interface Scorer {
  /** a·b_j + c_j of row i. */
  score(a: Rows, i: number, j: number): number;
  /** @param a m×k row-major, finite. @param without by row a j that does not count; null: all do. */
  largest(a: Rows, m: number, without: Int32Array | null): Largest;
}

/** A row with a longer shortlist than this is multiplied with every b_j in float64. */
const LONG = 16;
/** Rows of A at a time, and about how many scores. */
const ROWS = 256;
const SCORES = 2 ** 18;
const PAGE = 65_536;

export function scorer({ b, c, n, k }: Scores): Scorer {
  const width = wholeColumns(n);
  const height = TILE_ROWS * Math.ceil(Math.min(ROWS, SCORES / width) / TILE_ROWS);
  const single = workspace(b, n, k, width, height);
  const gamma = ((k + 4) * 2 ** -24) / (1 - (k + 4) * 2 ** -24);
  const longest = Array.from({ length: n }, (_, j) => norm(b, j * k, k)).reduce((x, y) => Math.max(x, y), 0);
  const largestOffset = c.reduce((x, y) => Math.max(x, Math.abs(y)), 0);
  let packed: PackedRows | null = null;

  const score = (a: Rows, i: number, j: number): number => {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[j * k + l]!;
    return sum + c[j]!;
  };

  /** Most that a score in single precision is off. The 1.001 is for what float64 rounds, 2⁻²⁹ as much. */
  const bound = (a: Rows, i: number, scale: number): number =>
    1.001 * gamma * norm(a, i * k, k) * longest + k * 2 ** -144 * scale + 4 * Number.EPSILON * largestOffset;

  function chunk(a: Rows, from: number, rows: number, without: Int32Array | null, found: Largest): number[] {
    const long: number[] = [];
    const { values, scale } = single(a, from, rows);
    for (let row = 0; row < rows; row++) {
      const i = from + row;
      const line = row * width;
      const skipped = without?.[i] ?? -1;
      const slack = 2 * bound(a, i, scale);
      let floor = -Infinity;
      const met: number[] = [];
      // Written so that what is not a number stays on the list.
      for (let j = 0; j < n; j++) {
        const about = values[line + j]! * scale + c[j]!;
        if (about < floor || j === skipped) continue;
        met.push(j);
        floor = Math.max(floor, about - slack);
      }
      const list = met.filter((j) => !(values[line + j]! * scale + c[j]! < floor));
      if (list.length > LONG) long.push(i);
      else for (const j of list) take(found, i, j, score(a, i, j));
    }
    return long;
  }

  /** Rows that single precision leaves open, such as where many b_j are all but the same. */
  function inFull(a: Rows, rows: readonly number[], without: Int32Array | null, found: Largest): void {
    const gathered = new Float64Array(rows.length * k);
    rows.forEach((i, at) => gathered.set(a.subarray(i * k, (i + 1) * k), at * k));
    const products = timesRows(gathered, (packed ??= packRows(b, n, k)), rows.length);
    rows.forEach((i, at) => {
      for (let j = 0; j < n; j++) if (j !== without?.[i]) take(found, i, j, products[at * n + j]! + c[j]!);
    });
  }

  return {
    score,
    largest(a, m, without) {
      const found = { index: new Int32Array(m), score: new Float64Array(m).fill(-Infinity) };
      for (let from = 0; from < m; from += height) {
        const long = chunk(a, from, Math.min(height, m - from), without, found);
        if (long.length > 0) inFull(a, long, without, found);
      }
      return found;
    },
  };
}

function take({ index, score }: Largest, i: number, j: number, value: number): void {
  if (!(value > score[i]!)) return;
  index[i] = j;
  score[i] = value;
}

/** A memory that holds B in single precision; products with some rows of A, and what to multiply them by. */
function workspace(b: Float64Array, n: number, k: number, width: number, height: number) {
  const rowsAt = 4 * k * width;
  const productsAt = rowsAt + 4 * height * k;
  const listAt = productsAt + 4 * height * width;
  // B lies where the rest will be until it is packed.
  const memory = new WebAssembly.Memory({
    initial: Math.ceil(Math.max(listAt + 4 * height, rowsAt + 4 * k * n) / PAGE),
  });
  const { buffer } = memory;
  const kernels = singleTileKernels(memory);
  const scaleB = powerBelow(b, 0, n * k);
  scaled(b, 0, n * k, 1 / scaleB, new Float32Array(buffer, rowsAt, n * k));
  packRight(kernels, { from: rowsAt, rowStep: 1, columnStep: k, columns: n, pieces: 1, depth: k }, 0);
  new Int32Array(buffer, listAt, height).forEach((_, i, list) => (list[i] = rowsAt + 4 * i * k));
  const left = new Float32Array(buffer, rowsAt, height * k);
  const values = new Float32Array(buffer, productsAt, height * width);
  return (a: Rows, from: number, rows: number) => {
    const scaleA = powerBelow(a, from * k, (from + rows) * k);
    scaled(a, from * k, rows * k, 1 / scaleA, left);
    values.fill(0);
    addRows(kernels, { list: listAt, height, pieces: 1, depth: k, b: 0, width, c: productsAt });
    return { values, scale: scaleA * scaleB };
  };
}

function scaled(values: Rows, from: number, count: number, by: number, to: Float32Array): void {
  for (let at = 0; at < count; at++) to[at] = values[from + at]! * by;
}

/** A power of two by which numbers are at most 2; not so small that its inverse would overflow. */
function powerBelow(values: Rows, from: number, to: number): number {
  let most = 0;
  for (let at = from; at < to; at++) most = Math.max(most, Math.abs(values[at]!));
  return most > 2 ** -1000 && most < Infinity ? 2 ** Math.floor(Math.log2(most)) : 2 ** -1000;
}

function norm(values: Rows, at: number, k: number): number {
  let sum = 0;
  for (let l = at; l < at + k; l++) sum += values[l]! * values[l]!;
  return Math.sqrt(sum);
}
