/**
 * One array in NumPy's .npy format (numpy/lib/format.py, versions 1.0, 2.0 and 3.0): writer and reader.
 * Reads and writes plain numbers only. Refuses pickled objects, structured types and anything it would have to guess.
 */

export type NpyData = Float64Array | Float32Array | Int32Array | BigInt64Array | Uint8Array;

export interface NpyArray {
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  /** Elements in C (row-major) order. */
  readonly data: NpyData;
}

/** Bytes of a file that is not a readable .npy array; the message says what was found. */
export class NpyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NpyError';
  }
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const elementBytes: Readonly<Record<string, number>> = { f8: 8, f4: 4, i4: 4, i8: 8, u1: 1, b1: 1 };

function descriptor(data: NpyData): string {
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Int32Array) return '<i4';
  if (data instanceof BigInt64Array) return '<i8';
  return '|u1';
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * The bytes of a version 1.0 .npy file, its header padded so that the data start at a multiple of 64.
 * @throws NpyError when the shape does not fit the data.
 */
export function writeNpy(array: NpyArray): Uint8Array<ArrayBuffer> {
  if (size(array.shape) !== array.data.length) {
    throw new NpyError(`shape (${array.shape.join(', ')}) does not hold ${array.data.length} elements`);
  }
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(', ')})`;
  const dictionary = `{'descr': '${descriptor(array.data)}', 'fortran_order': False, 'shape': ${shape}, }`;
  const unpadded = magic.length + 4 + dictionary.length + 1;
  const header = dictionary + ' '.repeat((64 - (unpadded % 64)) % 64) + '\n';
  const start = magic.length + 4 + header.length;
  const bytes = new Uint8Array(start + array.data.byteLength);
  bytes.set([...magic, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), magic.length + 4);
  // Typed arrays hold the machine's byte order; every platform that Node and Electron run on is little-endian.
  bytes.set(new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength), start);
  return bytes;
}

export interface Header {
  readonly order: string;
  readonly type: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

/** What an array is, from its first bytes. @throws NpyError */
export function npyHeader(bytes: Uint8Array): Header {
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) {
    throw new NpyError('not a .npy array: the file does not start with \\x93NUMPY');
  }
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw new NpyError(`.npy format version ${version} is not known; 1 to 3 are`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (version > 1 && bytes.length < 12) throw new NpyError('the .npy header is cut short');
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = (version === 1 ? 10 : 12) + length;
  if (start > bytes.length) throw new NpyError('the .npy header is cut short');
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start - length, start));
  const type = /'descr':\s*'([<>|=])([a-zA-Z]\d+)'/.exec(text);
  const fortran = /'fortran_order':\s*(True|False)/.exec(text);
  const shape = /'shape':\s*\(([\d\s,L]*)\)/.exec(text);
  if (!type || !fortran || !shape) throw new NpyError(`.npy header not understood: ${text.trim()}`);
  const lengths = shape[1]!
    .split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '');
  return { order: type[1]!, type: type[2]!, fortran: fortran[1] === 'True', shape: lengths.map(Number), start };
}

/** Copies `count` elements into a fresh aligned buffer, swapping bytes of big-endian files. */
function aligned(bytes: Uint8Array, header: Header, count: number): ArrayBuffer {
  const width = elementBytes[header.type]!;
  const copy = bytes.slice(header.start, header.start + count * width);
  if (header.order === '>') for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse();
  return copy.buffer;
}

function typed(type: string, buffer: ArrayBuffer): NpyData {
  if (type === 'f8') return new Float64Array(buffer);
  if (type === 'f4') return new Float32Array(buffer);
  if (type === 'i4') return new Int32Array(buffer);
  if (type === 'i8') return new BigInt64Array(buffer);
  return new Uint8Array(buffer);
}

/** Column-major elements in row-major order. */
function toRowMajor(data: NpyData, shape: readonly number[]): NpyData {
  const result = data.slice();
  const strides = shape.map((_, axis) => size(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  for (let at = 0; at < data.length; at++) {
    const from = index.reduce((sum, position, axis) => sum + position * strides[axis]!, 0);
    result[at] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  return result;
}

/**
 * Reads one array; booleans come back as Uint8Array.
 * @throws NpyError for bytes that are not a complete array of a type listed in NpyData.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const header = npyHeader(bytes);
  const width = elementBytes[header.type];
  if (width === undefined) throw new NpyError(`.npy arrays of type ${header.order}${header.type} are not read`);
  const count = size(header.shape);
  if (header.start + count * width > bytes.length) {
    throw new NpyError(
      `shape (${header.shape.join(', ')}) needs ${count * width} bytes; ${bytes.length - header.start} follow the header`,
    );
  }
  const data = typed(header.type, aligned(bytes, header, count));
  const transposed = header.fortran && header.shape.length > 1;
  return { shape: header.shape, data: transposed ? toRowMajor(data, header.shape) : data };
}
