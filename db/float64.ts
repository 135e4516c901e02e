/**
 * Float64 arrays to and from little-endian bytes. The byte order is fixed in the file, whatever the machine.
 */

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes of the values; on little-endian machines a view of the same memory. */
export function toBytes(values: Float64Array): Buffer {
  const view = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return littleEndian ? view : Buffer.from(view).swap64();
}

/** The first `count` values of the bytes, copied (blobs are not aligned). */
export function fromBytes(bytes: Uint8Array, count: number = bytes.byteLength / 8): Float64Array {
  const values = new Float64Array(count);
  const copy = Buffer.from(values.buffer);
  copy.set(bytes.subarray(0, count * 8));
  if (!littleEndian) copy.swap64();
  return values;
}
