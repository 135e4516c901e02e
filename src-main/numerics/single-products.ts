/**
 * Large products in single precision, C += A B, in one WebAssembly memory: the right factor packed in blocks that stay in the
 * second-level cache, the rows of the left one found by a list of addresses. Callers lay out the memory; nothing is allocated.
 *
 * A row of A may come in pieces of equal length (the pixels that a filter meets); a matrix has one piece.
 */
import { TILE_COLUMNS, TILE_ROWS, type RowsKernel } from './single-tile-kernels.ts';

/** Columns of A and of B in a block: a quarter of a megabyte of B. */
const DEPTH = 256;
const WIDTH = 256;

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
  readonly values: Float32Array | Float64Array;
  /** Number in row l and column j: values[l · rowStep + j · columnStep]. */
  readonly rowStep: number;
  readonly columnStep: number;
  readonly columns: number;
  readonly pieces: number;
  readonly depth: number;
}

/** Packs B, each number times `scale`, from place `at` of `to` on: pieces · depth · wholeColumns(columns) numbers. */
export function packRight(factor: RightFactor, to: Float32Array, at: number, scale = 1): void {
  const { values, rowStep, columnStep, columns, pieces, depth } = factor;
  for (const block of blocks(pieces, depth))
    for (let j = 0; j < columns; j += TILE_COLUMNS) {
      const wide = Math.min(TILE_COLUMNS, columns - j);
      for (let piece = block.first; piece < block.first + block.pieces; piece++) {
        const row = piece * depth + block.from;
        for (let l = row; l < row + block.depth; l++, at += TILE_COLUMNS) {
          const from = l * rowStep + j * columnStep;
          for (let s = 0; s < wide; s++) to[at + s] = values[from + s * columnStep]! * scale;
          for (let s = wide; s < TILE_COLUMNS; s++) to[at + s] = 0;
        }
      }
    }
}

export interface SingleProduct {
  /** Address of the list of row addresses: for every four rows of C, every piece, the four rows. */
  readonly rows: number;
  /** Rows of C and of the list, whole tiles. */
  readonly height: number;
  readonly pieces: number;
  readonly depth: number;
  /** Address of the packed right factor. */
  readonly b: number;
  /** Columns of the right factor, whole tiles. */
  readonly width: number;
  /** Address of C, row-major, `width` numbers a row; added to. */
  readonly c: number;
}

export function multiplyInto(kernel: RowsKernel, { rows, height, pieces, depth, b, width, c }: SingleProduct): void {
  let packed = b;
  for (const block of blocks(pieces, depth)) {
    const deep = block.pieces * block.depth;
    for (let j = 0; j < width; j += WIDTH) {
      const wide = Math.min(WIDTH, width - j);
      for (let i = 0; i < height; i += TILE_ROWS)
        kernel(
          rows + 4 * (i * pieces + TILE_ROWS * block.first),
          block.pieces,
          4 * block.from,
          block.depth,
          packed,
          c + 4 * (i * width + j),
          4 * width,
          wide / TILE_COLUMNS,
        );
      packed += 4 * deep * wide;
    }
  }
}
