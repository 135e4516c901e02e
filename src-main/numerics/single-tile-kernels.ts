/**
 * The innermost loops of products in single precision as WebAssembly: a tile of 4 rows and 8 columns in eight vector registers,
 * with fused multiplication and addition where the processor has it (every x86 since 2013 and every 64-bit ARM: the same bits on
 * all of these). Rows of the left factor are found by a list of addresses, so that they may lie anywhere, such as in the
 * pixels that a filter meets. No blocking and no edges: single-products.ts does that.
 *
 * The right factor is packed: groups of eight columns, each b_l0 … b_l7 for l = 0, 1, …
 */
import {
  f32x4RelaxedMultiplyAdd,
  get,
  I32,
  i32Add,
  i32Const,
  i32Load,
  i32Subtract,
  moduleBytes,
  repeatWhile,
  set,
  tee,
  V128,
  v128Load,
  v128Load32Splat,
  v128Store,
  type Code,
} from './wasm-assembler.ts';

export const TILE_ROWS = 4;
export const TILE_COLUMNS = 8;

/**
 * Adds to 4 rows of C, from `c` on and `stride` bytes apart, Σ over pieces and l < depth of a_rl b_l. Row r of piece i begins
 * `offset` behind the address that stands at `rows` + 16 i + 4 r. All in bytes from the start of the memory; counts at least 1.
 */
export type RowsKernel = (
  rows: number,
  pieces: number,
  offset: number,
  depth: number,
  b: number,
  c: number,
  stride: number,
  groups: number,
) => void;

const [ROWS, PIECES, OFFSET, DEPTH, B, C, STRIDE, GROUPS] = [0, 1, 2, 3, 4, 5, 6, 7];
const [PIECE, LEFT_PIECES, LEFT, LINE] = [8, 9, 10, 11];
const own = (row: number): number => 12 + row;
const sum = (row: number, half: number): number => 16 + 2 * row + half;
const [FIRST, SECOND, NUMBER] = [24, 25, 26];
const rows = [0, 1, 2, 3];
const halves = [0, 1];

const advance = (pointer: number, bytes: number): Code => [
  ...get(pointer),
  ...i32Const(bytes),
  ...i32Add,
  ...set(pointer),
];
const countDown = (counter: number): Code => [...get(counter), ...i32Const(1), ...i32Subtract, ...tee(counter)];

/** Something for every vector of the tile, with LINE at its row. */
const eachPart = (code: (row: number, half: number) => Code): Code => [
  ...[...get(C), ...set(LINE)],
  ...rows.flatMap((row) => [
    ...(row === 0 ? [] : [...get(LINE), ...get(STRIDE), ...i32Add, ...set(LINE)]),
    ...halves.flatMap((half) => code(row, half)),
  ]),
];

const column: Code = [
  ...[...get(B), ...v128Load(0), ...set(FIRST)],
  ...[...get(B), ...v128Load(16), ...set(SECOND)],
  ...rows.flatMap((row) => [
    ...[...get(own(row)), ...v128Load32Splat(0), ...set(NUMBER)],
    ...halves.flatMap((half) => [
      ...[...get(NUMBER), ...get(half === 0 ? FIRST : SECOND), ...get(sum(row, half))],
      ...[...f32x4RelaxedMultiplyAdd, ...set(sum(row, half))],
    ]),
  ]),
  ...rows.flatMap((row) => advance(own(row), 4)),
  ...advance(B, 4 * TILE_COLUMNS),
  ...countDown(LEFT),
];

const piece: Code = [
  ...rows.flatMap((row) => [...get(PIECE), ...i32Load(4 * row), ...get(OFFSET), ...i32Add, ...set(own(row))]),
  ...advance(PIECE, 4 * TILE_ROWS),
  ...[...get(DEPTH), ...set(LEFT)],
  ...repeatWhile(column),
  ...countDown(LEFT_PIECES),
];

const group: Code = [
  ...eachPart((row, half) => [...get(LINE), ...v128Load(16 * half), ...set(sum(row, half))]),
  ...[...get(ROWS), ...set(PIECE), ...get(PIECES), ...set(LEFT_PIECES)],
  ...repeatWhile(piece),
  ...eachPart((row, half) => [...get(LINE), ...get(sum(row, half)), ...v128Store(16 * half)]),
  ...advance(C, 4 * TILE_COLUMNS),
  ...countDown(GROUPS),
];

export function rowsKernel(memory: WebAssembly.Memory): RowsKernel {
  const locals = [...new Array<number>(8).fill(I32), ...new Array<number>(11).fill(V128)];
  const bytes = moduleBytes(new Array<number>(8).fill(I32), locals, repeatWhile(group));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory } });
  return exports['run'] as RowsKernel;
}
