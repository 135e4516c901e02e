/**
 * The innermost loops of products in single precision as WebAssembly: a tile of 4 rows and 8 columns in eight vector registers,
 * with fused multiplication and addition where the processor has it (every x86 since 2013 and every 64-bit ARM: the same bits on
 * all of these). The left factor is found by a list of addresses, so that it may lie anywhere, such as in the pixels that a
 * filter meets. No blocking and no edges: single-products.ts does that.
 *
 * The right factor is packed: groups of eight columns, each b_l0 … b_l7 for l = 0, 1, …
 */
import { packKernel, type PackKernel } from './single-pack-kernel.ts';
import {
  advance,
  compiled,
  copyLocal,
  countDown,
  f32x4RelaxedMultiplyAdd,
  get,
  I32,
  i32Add,
  i32Const,
  i32Load,
  repeatWhile,
  set,
  V128,
  v128Load,
  v128Load32Splat,
  v128Store,
  type Code,
} from './wasm-assembler.ts';

export const TILE_ROWS = 4;
export const TILE_COLUMNS = 8;

/**
 * The products add to four rows of C, `stride` bytes apart, for `groups` times eight columns. All in bytes from the start of the
 * memory; counts at least 1.
 */
export interface SingleTileKernels {
  readonly pack: PackKernel;
  /**
   * Σ over pieces and l < depth of a_rl b_l. Row r of piece i begins `offset` behind the address that stands at
   * `list` + 16 i + 4 r.
   */
  readonly rows: (
    list: number,
    pieces: number,
    offset: number,
    depth: number,
    b: number,
    c: number,
    stride: number,
    groups: number,
  ) => void;
  /** Σ over l < depth of a_lr b_l. a_l0 … a_l3 begin `offset` behind the address that stands at `list` + 4 l. */
  readonly columns: (
    list: number,
    offset: number,
    depth: number,
    b: number,
    c: number,
    stride: number,
    groups: number,
  ) => void;
}

/** Places of the locals that both kernels have behind their parameters. */
const names = (parameters: number) => {
  const at = (place: number): number => parameters + place;
  return {
    NEXT: at(0),
    LEFT: at(1),
    LINE: at(2),
    own: (row: number): number => at(3 + row),
    LEFT_PIECES: at(7),
    sum: (row: number, half: number): number => at(8 + 2 * row + half),
    FIRST: at(16),
    SECOND: at(17),
    NUMBER: at(18),
  };
};
const LOCALS = [...new Array<number>(8).fill(I32), ...new Array<number>(11).fill(V128)];

const eachRow = (code: (row: number) => Code): Code => [0, 1, 2, 3].flatMap(code);
const eachHalf = (code: (half: number) => Code): Code => [0, 1].flatMap(code);

/** Adds to the sums the products of a number for each row, found at `address(row)` and beyond, with a row of B. */
function multiplyAdd(
  N: ReturnType<typeof names>,
  B: number,
  address: (row: number) => [pointer: number, offset: number],
): Code {
  return [
    ...[...get(B), ...v128Load(0), ...set(N.FIRST)],
    ...[...get(B), ...v128Load(16), ...set(N.SECOND)],
    ...eachRow((row) => {
      const [pointer, offset] = address(row);
      return [
        ...[...get(pointer), ...v128Load32Splat(offset), ...set(N.NUMBER)],
        ...eachHalf((half) => [
          ...[...get(N.NUMBER), ...get(half === 0 ? N.FIRST : N.SECOND), ...get(N.sum(row, half))],
          ...[...f32x4RelaxedMultiplyAdd, ...set(N.sum(row, half))],
        ]),
      ];
    }),
    ...advance(B, i32Const(4 * TILE_COLUMNS)),
  ];
}

/** For every group of columns: the sums from C, what `add` does to them, and back. */
function eachGroup(N: ReturnType<typeof names>, C: number, STRIDE: number, GROUPS: number, add: Code): Code {
  const eachPart = (code: (row: number, half: number) => Code): Code => [
    ...copyLocal(C, N.LINE),
    ...eachRow((row) => [...(row === 0 ? [] : advance(N.LINE, get(STRIDE))), ...eachHalf((half) => code(row, half))]),
  ];
  return repeatWhile([
    ...eachPart((row, half) => [...get(N.LINE), ...v128Load(16 * half), ...set(N.sum(row, half))]),
    ...add,
    ...eachPart((row, half) => [...get(N.LINE), ...get(N.sum(row, half)), ...v128Store(16 * half)]),
    ...advance(C, i32Const(4 * TILE_COLUMNS)),
    ...countDown(GROUPS),
  ]);
}

function rowsKernel(memory: WebAssembly.Memory): SingleTileKernels['rows'] {
  const [LIST, PIECES, OFFSET, DEPTH, B, C, STRIDE, GROUPS] = [0, 1, 2, 3, 4, 5, 6, 7];
  const N = names(8);
  const piece: Code = [
    ...eachRow((row) => [...get(N.NEXT), ...i32Load(4 * row), ...get(OFFSET), ...i32Add, ...set(N.own(row))]),
    ...advance(N.NEXT, i32Const(4 * TILE_ROWS)),
    ...copyLocal(DEPTH, N.LEFT),
    ...repeatWhile([
      ...multiplyAdd(N, B, (row) => [N.own(row), 0]),
      ...eachRow((row) => advance(N.own(row), i32Const(4))),
      ...countDown(N.LEFT),
    ]),
    ...countDown(N.LEFT_PIECES),
  ];
  const all: Code = [...copyLocal(LIST, N.NEXT), ...copyLocal(PIECES, N.LEFT_PIECES), ...repeatWhile(piece)];
  return compiled(memory, new Array<number>(8).fill(I32), LOCALS, eachGroup(N, C, STRIDE, GROUPS, all));
}

function columnsKernel(memory: WebAssembly.Memory): SingleTileKernels['columns'] {
  const [LIST, OFFSET, DEPTH, B, C, STRIDE, GROUPS] = [0, 1, 2, 3, 4, 5, 6];
  const N = names(7);
  const all: Code = [
    ...copyLocal(LIST, N.NEXT),
    ...copyLocal(DEPTH, N.LEFT),
    ...repeatWhile([
      ...[...get(N.NEXT), ...i32Load(0), ...get(OFFSET), ...i32Add, ...set(N.own(0))],
      ...multiplyAdd(N, B, (row) => [N.own(0), 4 * row]),
      ...advance(N.NEXT, i32Const(4)),
      ...countDown(N.LEFT),
    ]),
  ];
  return compiled(memory, new Array<number>(7).fill(I32), LOCALS, eachGroup(N, C, STRIDE, GROUPS, all));
}

export function singleTileKernels(memory: WebAssembly.Memory): SingleTileKernels {
  return { pack: packKernel(memory), rows: rowsKernel(memory), columns: columnsKernel(memory) };
}
