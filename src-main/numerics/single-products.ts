/**
 * Large products in single precision, C += A B or C += Aᵀ B, in one WebAssembly memory: the right factor packed in blocks that
 * stay in the second-level cache, the left one found by a list of addresses of its rows. Callers lay out the memory; nothing is
 * allocated here.
 *
 * A row of A may come in pieces of equal length (the pixels that a filter meets); a matrix has one piece. Rows of C are counted
 * in whole tiles, and so are its columns, which are those of the packed factor.
 */
import { TILE_COLUMNS, TILE_ROWS, type SingleTileKernels } from './single-tile-kernels.ts';

/** Rows of B and columns of B and rows of C in a block: a quarter of a megabyte of B and of C. */
const DEPTH = 256;
const WIDTH = 256;
const HEIGHT = 256;

/** Whole tiles of rows and of columns. */
export const wholeRows = (rows: number): number => TILE_ROWS * Math.ceil(rows / TILE_ROWS);
export const wholeColumns = (columns: number): number => TILE_COLUMNS * Math.ceil(columns / TILE_COLUMNS);

/** Pieces first … first + pieces − 1 of the rows, and columns from … from + depth − 1 of each. */
interface Block {
  readonly first: number;
  readonly pieces: number;
  readonly from: number;
  readonly depth: number;
}

/** The order in which a right factor with `pieces` times `depth` rows is packed and used. */
function blocks(pieces: number, depth: number): Block[] {
  const found: Block[] = [];
  const together = Math.max(1, Math.floor(DEPTH / depth));
  for (let first = 0; first < pieces; first += together)
    for (let from = 0; from < depth; from += DEPTH)
      found.push({
        first,
        pieces: Math.min(together, pieces - first),
        from,
        depth: Math.min(DEPTH, depth - from),
      });
  return found;
}

export interface RightFactor {
  /** Address of the first number. */
  readonly from: number;
  /** Number (l, j) lies l · rowStep + j · columnStep numbers behind it. */
  readonly rowStep: number;
  readonly columnStep: number;
  readonly columns: number;
  readonly pieces: number;
  readonly depth: number;
}

/** Rows that are packed for all columns before the next: what is read stays in the first-level cache where it lies row by row. */
const TOGETHER = 16;

/** Packs B from the address `to` on: pieces · depth · wholeColumns(columns) numbers. */
export function packRight({ pack }: SingleTileKernels, factor: RightFactor, to: number): void {
  const { from, rowStep, columnStep, columns, pieces, depth } = factor;
  let at = to;
  for (const block of blocks(pieces, depth)) {
    const deep = block.pieces * block.depth;
    // A block of several pieces has them whole: its rows follow one another.
    const first = block.first * depth + block.from;
    for (let l = 0; l < deep; l += TOGETHER)
      for (let j = 0; j < columns; j += TILE_COLUMNS)
        pack(
          from + 4 * ((first + l) * rowStep + j * columnStep),
          4 * rowStep,
          4 * columnStep,
          4 * columnStep * (Math.min(TILE_COLUMNS, columns - j) - 1),
          at + 4 * (j * deep + l * TILE_COLUMNS),
          Math.min(TOGETHER, deep - l),
        );
    at += 4 * deep * wholeColumns(columns);
  }
}

export interface RowsProduct {
  /** Address of the list of row addresses: for every four rows of C, every piece, the four rows. */
  readonly list: number;
  /** Rows of C and of the list. */
  readonly height: number;
  readonly pieces: number;
  readonly depth: number;
  /** Addresses of the packed right factor, and of C, row-major with `width` numbers in a row. */
  readonly b: number;
  readonly width: number;
  readonly c: number;
}

/** C += A B. */
export function addRows({ rows }: SingleTileKernels, product: RowsProduct): void {
  const { list, height, pieces, depth, b, width, c } = product;
  for (let top = 0; top < height; top += HEIGHT) {
    const bottom = Math.min(height, top + HEIGHT);
    let packed = b;
    for (const { first, pieces: some, from, depth: deep } of blocks(pieces, depth))
      for (let j = 0; j < width; j += WIDTH) {
        const wide = Math.min(WIDTH, width - j);
        for (let i = top; i < bottom; i += TILE_ROWS) {
          const rowsAt = list + 4 * (i * pieces + TILE_ROWS * first);
          rows(rowsAt, some, 4 * from, deep, packed, c + 4 * (i * width + j), 4 * width, wide / TILE_COLUMNS);
        }
        packed += 4 * some * deep * wide;
      }
  }
}

export interface ColumnsProduct {
  /** Address of the list of addresses of the rows of A, which begin `offset` bytes behind them. */
  readonly list: number;
  readonly offset: number;
  /** Rows of A and of B: at most COLUMNS_DEPTH. */
  readonly depth: number;
  /** Columns of A, rows of C. What lies behind the last row of A is read, and multiplied, up to a whole tile. */
  readonly height: number;
  readonly b: number;
  readonly width: number;
  readonly c: number;
}

/** Rows of both that are used at a time: a tile reads a little of each, and they must not drive one another out of the caches. */
export const COLUMNS_DEPTH = 128;

/** C += Aᵀ B. */
export function addColumns({ columns }: SingleTileKernels, product: ColumnsProduct): void {
  const { list, offset, depth, height, b, width, c } = product;
  for (let j = 0; j < width; j += WIDTH) {
    const wide = Math.min(WIDTH, width - j);
    for (let i = 0; i < height; i += TILE_ROWS)
      columns(list, offset + 4 * i, depth, b + 4 * depth * j, c + 4 * (i * width + j), 4 * width, wide / TILE_COLUMNS);
  }
}
