/** The header of NumPy's .npy format as a tensor over whatever holds the bytes. Reads no element itself. */
import { npyHeader, NpyError } from '../npy.ts';
import {
  elementBytes,
  elementCount,
  tensor,
  TensorError,
  type ElementType,
  type ReadBytes,
  type Tensor,
} from './tensor.ts';

const types: Readonly<Record<string, ElementType>> = {
  f8: 'f64',
  f4: 'f32',
  f2: 'f16',
  i8: 'i64',
  i4: 'i32',
  i2: 'i16',
  i1: 'i8',
  u4: 'u32',
  u2: 'u16',
  u1: 'u8',
  b1: 'bool',
};

/** More than any header that NumPy writes. */
const LONGEST_HEADER = 65_536;
/** A larger array in column-major order is refused. */
const MOST_HELD = 2 ** 30;

/** @param size bytes in all. @throws TensorError */
export function npyTensor(bytes: ReadBytes, size: number): Tensor {
  let header;
  try {
    header = npyHeader(bytes(0, Math.min(size, LONGEST_HEADER)));
  } catch (error) {
    if (error instanceof NpyError) throw new TensorError(error.message);
    throw error;
  }
  const { shape, start } = header;
  const type = types[header.type];
  if (type === undefined) throw new TensorError(`.npy arrays of type ${header.order}${header.type} are not read`);
  const needed = start + elementCount(shape) * elementBytes[type];
  if (needed > size) throw new TensorError(`shape (${shape.join(', ')}) needs ${needed} bytes; the array has ${size}`);
  const inPlace = tensor(shape, type, header.order === '>', (from, length) => bytes(start + from, length));
  return header.fortran && shape.length > 1 ? rowMajor(inPlace, needed) : inPlace;
}

/** No range of rows is a range of bytes in column-major order: such an array is held whole. */
function rowMajor({ shape, type, read }: Tensor, size: number): Tensor {
  if (size > MOST_HELD || shape.length > 2)
    throw new TensorError(
      `the array of shape (${shape.join(', ')}) is in column-major order; save numpy.ascontiguousarray(…) of it to have it read in place`,
    );
  const [m, n] = shape as [number, number];
  let held: Float64Array | Float32Array | null = null;
  return {
    shape,
    type,
    read(from, count) {
      if (held === null) {
        const columns = read(0, m * n);
        held = columns.map((_, at) => columns[(at % n) * m + Math.floor(at / n)]!);
      }
      return held.slice(from, from + count);
    },
  };
}
