/**
 * Products in single precision on the heap of the WebAssembly backend, of tensors where they lie: A·B and Aᵀ·B, A by the
 * addresses of its rows. Allocates what the products of numerics/single-products.ts need beside them, and frees it again.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  addColumns,
  addRows,
  COLUMNS_DEPTH,
  packRight,
  wholeColumns,
  wholeRows,
} from '../../../numerics/single-products.ts';
import { singleTileKernels, TILE_ROWS } from '../../../numerics/single-tile-kernels.ts';
import { numbersOf, onHeap } from './heap.ts';

/** B with `columns` columns: number (l, j) is number l · rowStep + j · columnStep of the tensor. */
export interface Right {
  readonly tensor: TensorInfo;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly columns: number;
}

/** Where the rows of A begin: bytes from the start of the heap, asked for when nothing more is allocated. */
type Addresses = () => Int32Array;

export interface Left {
  readonly rows: number;
  /** A row is `pieces` times `depth` numbers; piece i begins i · `step` bytes behind the first. */
  readonly pieces: number;
  readonly step: number;
  readonly depth: number;
  readonly addresses: Addresses;
}

/** A·B as a tensor of that shape, whose last axis is the columns of B. */
export function rowsTimes(backend: BackendWasm, left: Left, right: Right, shape: number[]): TensorInfo {
  const { rows, pieces, step, depth } = left;
  const [height, width] = [wholeRows(rows), wholeColumns(right.columns)];
  const list = backend.makeOutput([height * pieces], 'float32');
  const packed = backend.makeOutput([pieces * depth * width], 'float32');
  return inWholeTiles(backend, [1, rows, right.columns], shape, (c) => {
    const places = placesOf(backend, list);
    const found = left.addresses();
    for (let i = 0; i < height; i++) {
      const first = found[Math.min(i, rows - 1)]!;
      const at = (i - (i % TILE_ROWS)) * pieces + (i % TILE_ROWS);
      for (let piece = 0; piece < pieces; piece++) places[at + TILE_ROWS * piece] = first + piece * step;
    }
    const b = addressOf(backend, packed);
    packRight(kernelsOf(backend), { ...right, from: addressOf(backend, right.tensor), pieces, depth }, b);
    addRows(kernelsOf(backend), { list: places.byteOffset, height, pieces, depth, b, width, c });
    for (const { dataId } of [list, packed]) backend.disposeData(dataId);
  });
}

/**
 * Aᵀ·B for every piece of the rows of A, one behind the other. Up to three numbers behind the last row of A are read where
 * `depth` is no whole number of tiles.
 */
export function columnsTimes(backend: BackendWasm, left: Left, right: Right, shape: number[]): TensorInfo {
  const { rows, pieces, step, depth } = left;
  const [height, width] = [wholeRows(depth), wholeColumns(right.columns)];
  const list = backend.makeOutput([rows], 'float32');
  const packed = backend.makeOutput([COLUMNS_DEPTH * width], 'float32');
  return inWholeTiles(backend, [pieces, depth, right.columns], shape, (c) => {
    const [from, b] = [addressOf(backend, right.tensor), addressOf(backend, packed)];
    const places = placesOf(backend, list);
    places.set(left.addresses());
    for (let l = 0; l < rows; l += COLUMNS_DEPTH) {
      const deep = Math.min(COLUMNS_DEPTH, rows - l);
      packRight(kernelsOf(backend), { ...right, from: from + 4 * l * right.rowStep, pieces: 1, depth: deep }, b);
      for (let piece = 0; piece < pieces; piece++)
        addColumns(kernelsOf(backend), {
          list: places.byteOffset + 4 * l,
          offset: piece * step,
          depth: deep,
          height: depth,
          b,
          width,
          c: c + 4 * piece * height * width,
        });
    }
    for (const { dataId } of [list, packed]) backend.disposeData(dataId);
  });
}

/** A tensor of `parts` matrices, computed in place where they are whole tiles, and cut out of such where not. */
function inWholeTiles(
  backend: BackendWasm,
  [parts, rows, columns]: readonly [number, number, number],
  shape: number[],
  compute: (c: number) => void,
): TensorInfo {
  const [height, width] = [wholeRows(rows), wholeColumns(columns)];
  const out = backend.makeOutput(shape, 'float32');
  const whole = height === rows && width === columns;
  const tiles = whole ? out : backend.makeOutput([parts, height, width], 'float32');
  const from = numbersOf(backend, tiles);
  from.fill(0);
  compute(from.byteOffset);
  if (whole) return out;
  const to = numbersOf(backend, out);
  for (let part = 0; part < parts; part++)
    for (let i = 0; i < rows; i++) {
      const line = (part * height + i) * width;
      to.set(from.subarray(line, line + columns), (part * rows + i) * columns);
    }
  backend.disposeData(tiles.dataId);
  return out;
}

const addressOf = (backend: BackendWasm, tensor: TensorInfo): number => numbersOf(backend, tensor).byteOffset;

/** A tensor's place, for whole numbers. */
const placesOf = (backend: BackendWasm, tensor: TensorInfo): Int32Array => {
  const { buffer, byteOffset, length } = numbersOf(backend, tensor);
  return new Int32Array(buffer, byteOffset, length);
};

const kernelsOf = onHeap(singleTileKernels);
