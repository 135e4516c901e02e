/**
 * Writes the safetensors format (safetensors.ts): eight bytes of length, a JSON header padded with spaces so that the elements
 * start at a multiple of eight, then the elements, little-endian and row-major. Names and metadata are the caller's.
 */
import { elementBytes, elementCount, TensorError, type ElementType } from './tensor.ts';

export interface NamedTensor {
  readonly name: string;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array;
}

function typeOf(values: NamedTensor['values']): { readonly word: string; readonly type: ElementType } {
  if (values instanceof Float64Array) return { word: 'F64', type: 'f64' };
  return values instanceof Float32Array ? { word: 'F32', type: 'f32' } : { word: 'I32', type: 'i32' };
}

/**
 * The bytes of a file; wide elements come first, so that all are aligned. Equal input gives equal bytes.
 * @throws TensorError where a shape does not fit its values or a name occurs twice
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  const wideFirst = [...tensors].sort(
    (a, b) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT || (a.name < b.name ? -1 : 1),
  );
  let end = 0;
  for (const { name, shape, values } of wideFirst) {
    if (elementCount(shape) !== values.length)
      throw new TensorError(`${name}: shape (${shape.join(', ')}) does not hold ${values.length} elements`);
    if (name === '__metadata__' || Object.hasOwn(header, name)) throw new TensorError(`the name ${name} is taken`);
    const { word, type } = typeOf(values);
    const from = end;
    end += values.length * elementBytes[type];
    header[name] = { dtype: word, shape, data_offsets: [from, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { values } of wideFirst) {
    // Typed arrays hold the machine's byte order; every platform that Node and Electron run on is little-endian.
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}
