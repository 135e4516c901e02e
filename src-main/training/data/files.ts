/** Bytes of data files, unzipped where the name or the first bytes say gzip, and their fingerprint for the record. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { refusal } from './refusal.ts';

export interface DataFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the file as it is on disk. */
  readonly sha256: string;
}

/** @throws InvalidInput naming the path */
export function readDataFile(path: string): DataFile {
  let raw: Buffer;
  try {
    raw = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  const sha256 = createHash('sha256').update(raw).digest('hex');
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) return { path, name: basename(path), bytes: raw, sha256 };
  try {
    return { path, name: basename(path), bytes: gunzipSync(raw), sha256 };
  } catch (error) {
    throw refusal('path', path, `is gzip, but damaged or cut short: ${(error as Error).message}`);
  }
}

/** Names in a folder, sorted. @throws InvalidInput naming the path */
export function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    throw unreadable(path, error);
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function unreadable(path: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'no such file or folder' : code === 'ENOTDIR' ? 'is no folder' : message;
  return refusal('path', path, why);
}

/** `data_batch_1.bin (sha256 1a2b3c4d…)`, for the run's record. */
export function originOf(files: readonly DataFile[]): string {
  return files.map(({ name, sha256 }) => `${name} (sha256 ${sha256})`).join(', ');
}
