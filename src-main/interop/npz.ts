/**
 * NumPy's .npz archive: a zip of .npy arrays, as numpy.savez writes and numpy.load reads.
 * Entries are stored uncompressed (float64 hardly compresses) with a fixed date, so equal arrays give equal files.
 */
import { unzipSync, zipSync } from 'fflate';
import { NpyError, readNpy, writeNpy, type NpyArray } from './npy.ts';

/** Zip without its 64-bit extension addresses 4 GiB. */
const limit = 2 ** 32 - 1;

/**
 * @returns the archive's bytes.
 * @throws NpyError when the arrays exceed what a plain zip can address.
 */
export function writeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const total = Object.values(arrays).reduce((sum, array) => sum + array.data.byteLength + 512, 0);
  if (total > limit) throw new NpyError(`the arrays take ${total} bytes; an .npz file holds at most ${limit}`);
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: new Date(1980, 0, 1) });
}

/**
 * Reads every array of an archive, compressed or not.
 * @throws NpyError for bytes that are no zip, or naming the entry that is not an array.
 */
export function readNpz(bytes: Uint8Array): Readonly<Record<string, NpyArray>> {
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, { filter: (file) => file.name.endsWith('.npy') });
  } catch (error) {
    throw new NpyError(`not an .npz archive: ${(error as Error).message}`);
  }
  const arrays = Object.entries(files).map(([name, content]) => {
    try {
      return [name.slice(0, -'.npy'.length), readNpy(content)] as const;
    } catch (error) {
      throw new NpyError(`${name}: ${(error as Error).message}`);
    }
  });
  return Object.fromEntries(arrays);
}
