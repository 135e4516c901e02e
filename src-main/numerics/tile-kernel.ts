/**
 * The innermost loop of a large float64 product as WebAssembly: a 4×4 tile of A Bᵀ in eight vector registers. Multiplies and
 * adds are rounded one by one, in the order of the columns, so that every processor gives the same bits.
 *
 * Operands are packed: four rows side by side, a_0l a_1l a_2l a_3l for l = 0, 1, …; a tile is 16 numbers, row by row.
 */
import {
  advance,
  compiled,
  countDown,
  f64x2Add,
  f64x2Multiply,
  get,
  I32,
  i32Const,
  repeatWhile,
  set,
  V128,
  v128Load,
  v128Load64Splat,
  v128Store,
  type Code,
} from './wasm-assembler.ts';

/** Rows and columns of a tile. */
export const TILE = 4;

/**
 * Adds to `groups` tiles, one behind the other, the products of the four rows at `a` with the groups of four rows at `b`;
 * all three in bytes from the start of the memory, `columns` and `groups` at least 1.
 */
export type TileKernel = (a: number, b: number, tiles: number, columns: number, groups: number) => void;

const [A, B, TILES, COLUMNS, GROUPS, LEFT, ROW] = [0, 1, 2, 3, 4, 5, 6];
/** Two numbers of row r of the tile each. */
const sum = (row: number, half: number): number => 7 + 2 * row + half;
const [FIRST, SECOND, OWN] = [15, 16, 17];
const rows = [0, 1, 2, 3];
const halves = [0, 1];
const eachPart = (code: (row: number, half: number) => Code): Code =>
  rows.flatMap((row) => halves.flatMap((half) => code(row, half)));

const column: Code = [
  ...[...get(B), ...v128Load(0), ...set(FIRST)],
  ...[...get(B), ...v128Load(16), ...set(SECOND)],
  ...rows.flatMap((row) => [
    ...[...get(ROW), ...v128Load64Splat(8 * row), ...set(OWN)],
    ...halves.flatMap((half) => [
      ...[...get(sum(row, half)), ...get(OWN), ...get(half === 0 ? FIRST : SECOND)],
      ...[...f64x2Multiply, ...f64x2Add, ...set(sum(row, half))],
    ]),
  ]),
  ...advance(ROW, i32Const(8 * TILE)),
  ...advance(B, i32Const(8 * TILE)),
  ...countDown(LEFT),
];

const group: Code = [
  ...eachPart((row, half) => [...get(TILES), ...v128Load(32 * row + 16 * half), ...set(sum(row, half))]),
  ...[...get(A), ...set(ROW), ...get(COLUMNS), ...set(LEFT)],
  ...repeatWhile(column),
  ...eachPart((row, half) => [...get(TILES), ...get(sum(row, half)), ...v128Store(32 * row + 16 * half)]),
  ...advance(TILES, i32Const(8 * TILE * TILE)),
  ...countDown(GROUPS),
];

export function tileKernel(memory: WebAssembly.Memory): TileKernel {
  const locals = [I32, I32, ...new Array<number>(11).fill(V128)];
  return compiled(memory, [I32, I32, I32, I32, I32], locals, repeatWhile(group));
}
