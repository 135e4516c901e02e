/**
 * Where the entries of a zip file lie (PKWARE APPNOTE 6.3.10, with its 64-bit extension), so that stored entries can be read
 * in place. Inflates nothing; refuses encrypted and split archives.
 */
import { TensorError, type ReadBytes } from './tensor.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  /** First byte of the entry's data. */
  readonly start: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const MOST = 0xffffffff;
/** The end record and the longest comment behind it. */
const TAIL = 22 + 65_535;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** @param size bytes of the whole file. @throws TensorError for anything that is not a complete zip */
export function zipEntries(bytes: ReadBytes, size: number): readonly ZipEntry[] {
  const { offset, length, count } = directoryPlace(bytes, size);
  const view = viewOf(bytes(offset, length));
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > length || view.getUint32(at, true) !== CENTRAL)
      throw new TensorError(`the zip's directory is damaged at entry ${entries.length + 1} of ${count}`);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    if (view.getUint16(at + 8, true) & 1) throw new TensorError(`${name} is encrypted`);
    const sizes = wideSizes(view, at, at + 46 + nameLength, extraLength);
    const local = viewOf(bytes(sizes.offset, 30));
    const start = sizes.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    entries.push({ name, method: view.getUint16(at + 10, true), start, ...sizes });
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

function directoryPlace(bytes: ReadBytes, size: number): { offset: number; length: number; count: number } {
  const first = Math.max(0, size - TAIL);
  const tail = viewOf(bytes(first, size - first));
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const count = tail.getUint16(at + 10, true);
    const length = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    if (count < 0xffff && length < MOST && offset < MOST) return { offset, length, count };
    if (at < 20 || tail.getUint32(at - 20, true) !== LOCATOR_64) break;
    const record = viewOf(bytes(long(tail, at - 12), 56));
    if (record.getUint32(0, true) !== END_64) break;
    return { count: long(record, 32), length: long(record, 40), offset: long(record, 48) };
  }
  throw new TensorError('not a zip archive, or one that is cut short: its directory is missing');
}

/** Sizes and place of an entry; those that do not fit 32 bits stand in the extra field 1, in this order. */
function wideSizes(view: DataView, at: number, extra: number, extraLength: number) {
  let [compressedSize, size, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true)) as [
    number,
    number,
    number,
  ];
  for (let field = extra; field + 4 <= extra + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    const take = (): number => long(view, (next += 8) - 8);
    if (size === MOST) size = take();
    if (compressedSize === MOST) compressedSize = take();
    if (offset === MOST) offset = take();
  }
  return { compressedSize, size, offset };
}
