/**
 * The named arrays of a file or folder: .npz, .safetensors, a folder of .npy files, or one .npy file and its siblings. Large
 * stored arrays stay on disk. Says by name what cannot be read; guesses no format from contents.
 */
import { closeSync, fstatSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { inflateSync } from 'fflate';
import { npyTensor } from './npy-tensor.ts';
import { openNamed, type Openers } from './openers.ts';
import { safetensorsOpeners } from './safetensors.ts';
import { fileBytes, memoryBytes, TensorError, type Tensor } from './tensor.ts';
import { zipEntries, type ZipEntry } from './zip-directory.ts';

export interface OpenTensors {
  readonly names: readonly string[];
  /** @throws TensorError where there is no array of this name, or none that can be read */
  open(name: string): Tensor;
  close(): void;
}

/** Deflated arrays have to be held in memory whole. */
const MOST_INFLATED = 2 ** 31;

/** @throws TensorError, or the file system's own error */
export function openTensors(path: string): OpenTensors {
  const descriptors: number[] = [];
  const open = (file: string): { readonly descriptor: number; readonly size: number } => {
    const descriptor = openSync(file, 'r');
    descriptors.push(descriptor);
    return { descriptor, size: fstatSync(descriptor).size };
  };
  const close = (): void => descriptors.splice(0).forEach((descriptor) => closeSync(descriptor));
  try {
    const openers = openersOf(path, open);
    return { names: [...openers.keys()], open: (name) => openNamed(openers, name), close };
  } catch (error) {
    close();
    throw error;
  }
}

type Open = (file: string) => { readonly descriptor: number; readonly size: number };

function openersOf(path: string, open: Open): Openers {
  if (statSync(path).isDirectory()) return folder(path, open);
  switch (extname(path).toLowerCase()) {
    case '.npy':
      return folder(dirname(path), open);
    case '.npz': {
      const { descriptor, size } = open(path);
      return archive(descriptor, size);
    }
    case '.safetensors': {
      const { descriptor, size } = open(path);
      return safetensorsOpeners(fileBytes(descriptor, 0), size);
    }
    default:
      throw new TensorError(`${basename(path)} is no .npz, .npy or .safetensors file`);
  }
}

function folder(path: string, open: Open): Openers {
  const files = readdirSync(path).filter((file) => file.toLowerCase().endsWith('.npy'));
  return new Map(
    files.map((file) => [
      file.slice(0, -4),
      () => {
        const { descriptor, size } = open(join(path, file));
        return npyTensor(fileBytes(descriptor, 0), size);
      },
    ]),
  );
}

function archive(descriptor: number, size: number): Openers {
  const entries = zipEntries(fileBytes(descriptor, 0), size).filter((entry) => entry.name.endsWith('.npy'));
  return new Map(entries.map((entry) => [entry.name.slice(0, -4), () => arrayOf(entry, descriptor)]));
}

function arrayOf(entry: ZipEntry, descriptor: number): Tensor {
  if (entry.method === 0) return npyTensor(fileBytes(descriptor, entry.start), entry.size);
  if (entry.method !== 8) throw new TensorError(`is compressed by method ${entry.method}; only deflate is read`);
  if (entry.size > MOST_INFLATED)
    throw new TensorError(
      `would take ${entry.size} bytes unpacked; save it with numpy.savez, uncompressed, to have it read in place`,
    );
  const packed = fileBytes(descriptor, entry.start)(0, entry.compressedSize);
  return npyTensor(memoryBytes(inflated(packed, entry.size)), entry.size);
}

function inflated(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateSync(packed, { out: new Uint8Array(size) });
  } catch (error) {
    throw new TensorError(`is damaged: its compressed data cannot be unpacked (${(error as Error).message})`);
  }
}
