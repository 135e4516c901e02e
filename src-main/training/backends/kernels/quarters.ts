/**
 * The gradient of max pooling over a row of 2×2 windows side by side, as WebAssembly on the backend's own heap: four channels
 * at a time, without branches. Of a window a b over c d,
 *
 *   right = b > a,   lowerRight = d > c,   below = max(c, d) > max(a, b),
 *
 * say where its first largest number is. Channels must be a multiple of four. What the windows leave out is not written.
 */
import {
  advance,
  compiled,
  countDown,
  f32x4GreaterThan,
  f32x4Maximum,
  get,
  I32,
  i32Add,
  i32Const,
  repeatWhile,
  set,
  V128,
  v128And,
  v128AndNot,
  v128Load,
  v128Store,
  type Code,
} from '../../../numerics/wasm-assembler.ts';

/**
 * In bytes from the start of the memory: the first row of x and of dx that the windows stand on, and dy; the length of a row of
 * x, and of its channels. The number of windows is at least 1.
 */
export type Quarters = (x: number, dx: number, dy: number, row: number, channels: number, windows: number) => void;

const [X, DX, DY, ROW, CHANNELS, WINDOWS, LEFT] = [0, 1, 2, 3, 4, 5, 6];
const [A, B, C, D, BELOW, VALUE] = [7, 8, 9, 10, 11, 12];

/** The address of a number of the window: below the upper left by a row, beside it by its channels. */
const address = (pointer: number, lower: boolean, right: boolean): Code => [
  ...get(pointer),
  ...(lower ? [...get(ROW), ...i32Add] : []),
  ...(right ? [...get(CHANNELS), ...i32Add] : []),
];
const load = (to: number, lower: boolean, right: boolean): Code => [
  ...address(X, lower, right),
  ...v128Load(0),
  ...set(to),
];
const greater = (a: Code, b: Code): Code => [...a, ...b, ...f32x4GreaterThan];
const maximum = (a: number, b: number): Code => [...get(a), ...get(b), ...f32x4Maximum];
/** What is passed to the upper or lower half goes to the right or the left number of it, whose comparison is in `right`. */
const pass = (lower: boolean, right: number): Code =>
  [false, true].flatMap((toRight) => [
    ...address(DX, lower, toRight),
    ...[...get(VALUE), ...get(BELOW), ...(lower ? v128And : v128AndNot)],
    ...[...get(right), ...(toRight ? v128And : v128AndNot)],
    ...v128Store(0),
  ]);

const fourChannels: Code = [
  ...[...load(A, false, false), ...load(B, false, true), ...load(C, true, false), ...load(D, true, true)],
  ...[...greater(maximum(C, D), maximum(A, B)), ...set(BELOW)],
  ...[...get(DY), ...v128Load(0), ...set(VALUE)],
  ...[...greater(get(B), get(A)), ...set(B), ...greater(get(D), get(C)), ...set(D)],
  ...[...pass(false, B), ...pass(true, D)],
  ...[X, DX, DY].flatMap((pointer) => advance(pointer, i32Const(16))),
  ...countDown(LEFT, 16),
];

const window: Code = [
  ...[...get(CHANNELS), ...set(LEFT)],
  ...repeatWhile(fourChannels),
  ...[X, DX].flatMap((pointer) => advance(pointer, get(CHANNELS))),
  ...countDown(WINDOWS),
];

export function quartersKernel(memory: WebAssembly.Memory): Quarters {
  const locals = [I32, ...new Array<number>(6).fill(V128)];
  return compiled(memory, new Array<number>(6).fill(I32), locals, repeatWhile(window));
}
