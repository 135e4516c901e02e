/**
 * Large float64 products A Bᵀ with a B that stays while many A pass by, such as all samples against the classifiers. B is
 * packed once; blocks of both go through a small WebAssembly memory that stays in the second-level cache.
 *
 * For computations in jobs and commands. The page's policy lets it compile no WebAssembly; it, and products too small to be
 * worth packing, use matrix-product.ts.
 */
import { TILE, tileKernel, type TileKernel } from './tile-kernel.ts';

/** Rows of A and of B and columns of both in a block: half a megabyte of A, a quarter of B and of their product. */
const ROWS_A = 256;
const ROWS_B = 128;
const COLUMNS = 256;

export interface PackedRows {
  /** n rows of k numbers. */
  readonly rows: number;
  readonly columns: number;
  /** Blocks of ROWS_B rows (the last filled up with zeros to whole tiles), in each blocks of COLUMNS columns. */
  readonly blocks: Float64Array;
}

/** B, n×k row-major. */
export function packRows(b: Float64Array, n: number, k: number): PackedRows {
  const blocks = new Float64Array(wholeTiles(n) * k);
  for (let j = 0; j < n; j += ROWS_B)
    for (let l = 0; l < k; l += COLUMNS) {
      const rows = Math.min(ROWS_B, n - j);
      packBlock(b, j, rows, k, l, Math.min(COLUMNS, k - l), blocks, j * k + wholeTiles(rows) * l);
    }
  return { rows: n, columns: k, blocks };
}

/** C = A Bᵀ, m×n row-major, for A m×k row-major. */
export function timesRows(
  a: Float64Array | Float32Array,
  { rows: n, columns: k, blocks }: PackedRows,
  m: number,
): Float64Array {
  const out = new Float64Array(m * n);
  if (k === 0) return out;
  const { numbers, kernel } = (workspace ??= makeWorkspace());
  for (let i = 0; i < m; i += ROWS_A) {
    const tall = Math.min(ROWS_A, m - i);
    for (let j = 0; j < n; j += ROWS_B) {
      const wide = Math.min(ROWS_B, n - j);
      const groups = wholeTiles(wide) / TILE;
      numbers.fill(0, AT_TILES, AT_TILES + wholeTiles(tall) * wholeTiles(wide));
      for (let l = 0; l < k; l += COLUMNS) {
        const deep = Math.min(COLUMNS, k - l);
        packBlock(a, i, tall, k, l, deep, numbers, AT_A);
        const from = j * k + wholeTiles(wide) * l;
        numbers.set(blocks.subarray(from, from + wholeTiles(wide) * deep), AT_B);
        for (let r = 0; r < tall; r += TILE)
          kernel(8 * (AT_A + r * deep), 8 * AT_B, 8 * (AT_TILES + r * TILE * groups), deep, groups);
      }
      unpackTiles(numbers, tall, wide, out, i * n + j, n);
    }
  }
  return out;
}

const wholeTiles = (count: number): number => TILE * Math.ceil(count / TILE);

/** Places in the memory, in numbers. */
const AT_A = 0;
const AT_B = AT_A + ROWS_A * COLUMNS;
const AT_TILES = AT_B + ROWS_B * COLUMNS;
const PAGE = 65_536;

let workspace: { readonly numbers: Float64Array; readonly kernel: TileKernel } | null = null;

/** Made at the first product: no start-up waits for it. */
function makeWorkspace(): NonNullable<typeof workspace> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * (AT_TILES + ROWS_A * ROWS_B)) / PAGE) });
  return { numbers: new Float64Array(memory.buffer), kernel: tileKernel(memory) };
}

/** Rows first … first + rows − 1 and columns left … left + deep − 1 of a matrix of k columns, four rows side by side. */
function packBlock(
  from: Float64Array | Float32Array,
  first: number,
  rows: number,
  k: number,
  left: number,
  deep: number,
  to: Float64Array,
  start: number,
): void {
  let at = start;
  for (let r = 0; r < rows; r += TILE) {
    const row = (first + r) * k + left;
    if (r + TILE <= rows)
      for (let l = row; l < row + deep; l++) {
        to[at] = from[l]!;
        to[at + 1] = from[l + k]!;
        to[at + 2] = from[l + 2 * k]!;
        to[at + 3] = from[l + 3 * k]!;
        at += TILE;
      }
    else
      for (let l = row; l < row + deep; l++)
        for (let s = 0; s < TILE; s++) to[at++] = r + s < rows ? from[l + s * k]! : 0;
  }
}

function unpackTiles(
  numbers: Float64Array,
  tall: number,
  wide: number,
  out: Float64Array,
  start: number,
  n: number,
): void {
  const groups = wholeTiles(wide) / TILE;
  for (let i = 0; i < tall; i++) {
    const line = AT_TILES + (i - (i % TILE)) * TILE * groups + (i % TILE) * TILE;
    for (let j = 0; j < wide; j++) out[start + i * n + j] = numbers[line + (j - (j % TILE)) * TILE + (j % TILE)]!;
  }
}
