/**
 * The safetensors format: eight bytes of length, a JSON header, then the elements, little-endian and row-major
 * (https://github.com/huggingface/safetensors, README "Format"). Reads; writes nothing.
 */
import { openNamed, type Openers } from './openers.ts';
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
  F64: 'f64',
  F32: 'f32',
  F16: 'f16',
  BF16: 'bf16',
  I64: 'i64',
  I32: 'i32',
  I16: 'i16',
  I8: 'i8',
  U8: 'u8',
  U16: 'u16',
  U32: 'u32',
  BOOL: 'bool',
};

/** The format's own limit. */
const LONGEST_HEADER = 100_000_000;

/** @param size bytes of the whole file. @returns how each tensor is opened, by name. @throws TensorError, as openers do */
export function safetensorsOpeners(bytes: ReadBytes, size: number): Openers {
  const { header, length } = readHeader(bytes, size);
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return new Map(entries.map(([name, entry]) => [name, () => read(entry, 8 + length, size, bytes)]));
}

/** Every tensor of a file. @throws TensorError naming the tensor at fault */
export function safetensors(bytes: ReadBytes, size: number): ReadonlyMap<string, Tensor> {
  const openers = safetensorsOpeners(bytes, size);
  return new Map([...openers.keys()].map((name) => [name, openNamed(openers, name)]));
}

/** The words that stand beside the tensors; empty where there are none. @throws TensorError */
export function safetensorsMetadata(bytes: ReadBytes, size: number): Readonly<Record<string, string>> {
  const metadata = readHeader(bytes, size).header['__metadata__'] ?? {};
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
}

function readHeader(bytes: ReadBytes, size: number) {
  if (size < 8) throw new TensorError(`not a safetensors file: it has ${size} bytes`);
  const first = bytes(0, 8);
  const length = Number(new DataView(first.buffer).getBigUint64(0, true));
  if (length > LONGEST_HEADER || 8 + length > size)
    throw new TensorError(`not a safetensors file: its header would take ${length} bytes of ${size}`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(8, length)));
  } catch {
    throw new TensorError('not a safetensors file: its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new TensorError('the safetensors header is not an object');
  return { header: header as Readonly<Record<string, unknown>>, length };
}

function read(entry: unknown, data: number, size: number, bytes: ReadBytes): Tensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const whole = (values: unknown): values is number[] =>
    Array.isArray(values) && values.every((value) => Number.isSafeInteger(value) && Number(value) >= 0);
  if (typeof dtype !== 'string' || !whole(shape) || !whole(offsets) || offsets.length !== 2)
    throw new TensorError('its header entry is not understood');
  const type = types[dtype];
  if (type === undefined) throw new TensorError(`elements of type ${dtype} are not read`);
  const [from, to] = offsets as [number, number];
  if (to - from !== elementCount(shape) * elementBytes[type] || data + to > size)
    throw new TensorError(`shape (${shape.join(', ')}) of ${dtype} does not fit bytes ${from} to ${to}`);
  return tensor(shape, type, false, (at, count) => bytes(data + from + at, count));
}
