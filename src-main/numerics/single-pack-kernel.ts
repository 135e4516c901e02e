/**
 * Packing eight columns of a matrix in single precision side by side, as WebAssembly: any strides, so that a transposed matrix
 * is packed as it lies.
 */
import {
  advance,
  compiled,
  countDown,
  get,
  I32,
  i32Add,
  i32Const,
  i32LessThanUnsigned,
  i32Load,
  i32Store,
  repeatWhile,
  select,
  set,
  tee,
  type Code,
} from './wasm-assembler.ts';

/**
 * Row l and column s of eight from `from` + l · row + min(s · column, last) to `to` + 32 l + 4 s, for l < rows. In bytes from the
 * start of the memory; at least one row. Columns behind the last are copies of it.
 */
export type PackKernel = (from: number, row: number, column: number, last: number, to: number, rows: number) => void;

const [FROM, ROW, COLUMN, LAST, TO, ROWS] = [0, 1, 2, 3, 4, 5];
const AWAY = 6;
const own = (s: number): number => 7 + s;
const columns = [0, 1, 2, 3, 4, 5, 6, 7];

const begin: Code = [
  ...[...i32Const(0), ...set(AWAY)],
  ...columns.flatMap((s) => [
    ...[...get(FROM), ...get(AWAY), ...i32Add, ...set(own(s))],
    ...[...get(AWAY), ...get(COLUMN), ...i32Add, ...tee(AWAY), ...get(LAST)],
    ...[...get(AWAY), ...get(LAST), ...i32LessThanUnsigned, ...select, ...set(AWAY)],
  ]),
];

const row: Code = [
  ...columns.flatMap((s) => [
    ...[...get(TO), ...get(own(s)), ...i32Load(0), ...i32Store(4 * s)],
    ...advance(own(s), get(ROW)),
  ]),
  ...advance(TO, i32Const(32)),
  ...countDown(ROWS),
];

export const packKernel = (memory: WebAssembly.Memory): PackKernel =>
  compiled(memory, new Array<number>(6).fill(I32), new Array<number>(9).fill(I32), [...begin, ...repeatWhile(row)]);
