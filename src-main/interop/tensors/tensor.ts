/**
 * Numbers in a file that are read where they lie: shape and type from the header, elements range by range, so that a file
 * of many gigabytes costs a buffer. Little- and big-endian; refuses column-major order, which no range of rows can serve.
 */
import { readSync } from 'node:fs';

export type ElementType = 'f64' | 'f32' | 'f16' | 'bf16' | 'i64' | 'i32' | 'i16' | 'i8' | 'u8' | 'u16' | 'u32' | 'bool';

export const elementBytes: Readonly<Record<ElementType, number>> = {
  f64: 8,
  f32: 4,
  f16: 2,
  bf16: 2,
  i64: 8,
  i32: 4,
  i16: 2,
  i8: 1,
  u8: 1,
  u16: 2,
  u32: 4,
  bool: 1,
};

/** A file whose numbers cannot be read; the message says what was found, where. */
export class TensorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TensorError';
  }
}

export interface Tensor {
  readonly shape: readonly number[];
  readonly type: ElementType;
  /** Elements `from` … `from + count − 1` in row-major order as floating point: float32 where that is exact, else float64. */
  read(from: number, count: number): Float64Array | Float32Array;
}

/** Bytes `from` … `from + length − 1` of whatever holds the elements. */
export type ReadBytes = (from: number, length: number) => Uint8Array<ArrayBuffer>;

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function tensor(shape: readonly number[], type: ElementType, bigEndian: boolean, bytes: ReadBytes): Tensor {
  const width = elementBytes[type];
  return {
    shape,
    type,
    read(from, count) {
      const raw = bytes(from * width, count * width);
      if (bigEndian && width > 1) for (let at = 0; at < raw.length; at += width) raw.subarray(at, at + width).reverse();
      return numbers(type, raw.buffer);
    },
  };
}

function numbers(type: ElementType, buffer: ArrayBuffer): Float64Array | Float32Array {
  switch (type) {
    case 'f64':
      return new Float64Array(buffer);
    case 'f32':
      return new Float32Array(buffer);
    case 'f16':
      return Float32Array.from(new Float16Array(buffer));
    case 'bf16':
      // The upper half of a float32.
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer);
    case 'i64':
      return Float64Array.from(new BigInt64Array(buffer), Number);
    case 'i32':
      return Float64Array.from(new Int32Array(buffer));
    case 'u32':
      return Float64Array.from(new Uint32Array(buffer));
    case 'i16':
      return Float32Array.from(new Int16Array(buffer));
    case 'u16':
      return Float32Array.from(new Uint16Array(buffer));
    case 'i8':
      return Float32Array.from(new Int8Array(buffer));
    case 'u8':
    case 'bool':
      return Float32Array.from(new Uint8Array(buffer));
  }
}

/** Reads from a fresh buffer, so that typed arrays over it are aligned. @throws TensorError where the file ends too early */
export function fileBytes(descriptor: number, start: number): ReadBytes {
  return (from, length) => {
    const buffer = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const read = readSync(descriptor, buffer, filled, Math.min(length - filled, 2 ** 30), start + from + filled);
      if (read === 0) throw new TensorError(`the file ends at byte ${start + from + filled}; more were announced`);
      filled += read;
    }
    return buffer;
  };
}

/** The same over bytes in memory. */
export function memoryBytes(bytes: Uint8Array): ReadBytes {
  return (from, length) => {
    if (from + length > bytes.length)
      throw new TensorError(`the data end after ${bytes.length} bytes; ${from + length} were announced`);
    // A copy of its own: slice() of Node's Buffer shares memory with whatever else is in the pool.
    return new Uint8Array(bytes.subarray(from, from + length));
  };
}
