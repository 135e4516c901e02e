/**
 * A WebAssembly module that imports one memory and exports one function: the few opcodes that a kernel of 128-bit
 * vectors needs, by their names in the specification. No text format, no validation: the engine refuses what is wrong.
 */

export type Code = readonly number[];

/** Value types. */
export const I32 = 0x7f;
export const V128 = 0x7b;

/** LEB128 as the format wants it, for whole numbers from 0 to 2³¹ − 1. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** The same with a sign bit: one more byte where bit 6 of the last would read as a minus. */
function signed(value: number): Code {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const name = (text: string): Code => sized([...text].map((letter) => letter.charCodeAt(0)));
const vector = (opcode: number, ...operands: readonly Code[]): Code => [0xfd, ...unsigned(opcode), ...operands.flat()];
/** Alignment as a power of two, and a constant offset in bytes. */
const at = (alignment: number, offset: number): Code => [alignment, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const i32LessThanUnsigned: Code = [0x49];
export const i32Add: Code = [0x6a];
export const i32Subtract: Code = [0x6b];
/** The first operand where the third is not 0, else the second. */
export const select: Code = [0x1b];
export const i32Store = (offset: number): Code => [0x36, ...at(2, offset)];
export const i32Load = (offset: number): Code => [0x28, ...at(2, offset)];
export const v128Load = (offset: number): Code => vector(0x00, at(3, offset));
export const v128Load32Splat = (offset: number): Code => vector(0x09, at(2, offset));
export const v128Load64Splat = (offset: number): Code => vector(0x0a, at(3, offset));
export const v128Store = (offset: number): Code => vector(0x0b, at(3, offset));
export const v128And: Code = vector(0x4e);
/** First operand and not the second. */
export const v128AndNot: Code = vector(0x4f);
export const f32x4GreaterThan: Code = vector(0x44);
export const f32x4Maximum: Code = vector(0xe9);
/** a·b + c, rounded once where the processor has such an instruction, twice elsewhere. */
export const f32x4RelaxedMultiplyAdd: Code = vector(0x105);
export const f64x2Add: Code = vector(0xf0);
export const f64x2Multiply: Code = vector(0xf2);

export const copyLocal = (from: number, to: number): Code => [...get(from), ...set(to)];
/** Adds to a local. */
export const advance = (local: number, by: Code): Code => [...get(local), ...by, ...i32Add, ...set(local)];
/** Takes from a local, and leaves what is left of it. */
export const countDown = (local: number, by = 1): Code => [
  ...get(local),
  ...i32Const(by),
  ...i32Subtract,
  ...tee(local),
];

/** Runs `body`, which leaves one i32, again until that is 0. */
export const repeatWhile = (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];

/**
 * @param parameters value types of the parameters; locals follow them in numbering
 * @param locals value types of the locals
 * @returns the function, compiled for that memory
 */
export function compiled<F>(memory: WebAssembly.Memory, parameters: Code, locals: Code, body: Code): F {
  const module = new WebAssembly.Module(moduleBytes(parameters, locals, body));
  return new WebAssembly.Instance(module, { host: { memory } }).exports['run'] as F;
}

/** Imports the memory `host.memory` and exports the function as `run`. */
function moduleBytes(parameters: Code, locals: Code, body: Code): Uint8Array<ArrayBuffer> {
  const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];
  const declared = locals.map((type) => [1, type]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...list(parameters.map((type) => [type])), 0]]),
    ...section(2, [[...name('host'), ...name('memory'), 0x02, 0x00, 0]]),
    ...section(3, [[0]]),
    ...section(7, [[...name('run'), 0x00, 0]]),
    ...section(10, [sized([...list(declared), ...body, 0x0b])]),
  ]);
}
