/**
 * Files that people give a project to be measured, under inputs/<upload>/. A file is written under another name piece by
 * piece, and has its own only when it is whole and on disk. Knows nothing of what is in it.
 */
import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './create.ts';
import type { Project } from './project.ts';
import { asStorageError, storageError } from './storage-error.ts';

const PARTIAL = '.partial-';
/** What no run names is kept so long: its run may not be queued yet. */
const GRACE_MS = 3_600_000;

export interface InputPiece {
  /** Folder and file name; both checked by the caller to be plain names. */
  readonly upload: string;
  readonly name: string;
  /** Bytes of the whole file, and where in it this piece begins. */
  readonly size: number;
  readonly at: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A piece that does not continue what is there, or is longer than announced; what was there is kept. */
export class InputMismatch extends Error {}

/** What is being written now, in this process. */
const busy = new Set<string>();

const inputsFolder = (project: Project): string => join(project.folder, 'inputs');

/** The folder of an upload. */
export const uploadFolder = (project: Project, upload: string): string => join(inputsFolder(project), upload);

/**
 * Writes one piece. @returns bytes that are there now and, once the file is whole, its path
 * @throws InputMismatch; StorageError disk-full and others, or what the stream throws: the part of the file is removed then
 */
export async function writeInput(
  project: Project,
  { upload, name, size, at, bytes }: InputPiece,
): Promise<{ readonly received: number; readonly path: string | null }> {
  const folder = uploadFolder(project, upload);
  const partial = join(folder, PARTIAL + name);
  const path = join(folder, name);
  if (busy.has(path)) throw new InputMismatch(`another piece of ${name} is being written`);
  busy.add(path);
  try {
    await begin(folder, partial, path, { name, size, at });
    const received = await append(partial, at, size, bytes);
    if (received < size) return { received, path: null };
    renameSync(partial, path);
    syncFolder(folder);
    return { received, path };
  } catch (error) {
    if (!(error instanceof InputMismatch)) discard(folder, partial);
    throw asStorageError(error);
  } finally {
    busy.delete(path);
  }
}

async function begin(
  folder: string,
  partial: string,
  path: string,
  { name, size, at }: Pick<InputPiece, 'name' | 'size' | 'at'>,
): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })) throw new InputMismatch(`${name} is there already`);
  const there = lstatSync(partial, { throwIfNoEntry: false })?.size ?? 0;
  if (at !== 0) {
    if (there !== at) throw new InputMismatch(`${there} bytes of ${name} are there; a piece cannot begin at ${at}`);
    return;
  }
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  if (size > bavail * bsize)
    throw storageError('disk-full', `${name} has ${size} bytes; only ${bavail * bsize} are free on the project's disk`);
}

async function append(partial: string, at: number, size: number, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(partial, at === 0 ? 'w' : 'r+');
  let end = at;
  try {
    for await (const chunk of bytes) {
      if (end + chunk.length > size) throw new RangeError(`more bytes came than the ${size} announced`);
      for (let done = 0; done < chunk.length;) {
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done, end + done);
        done += bytesWritten;
      }
      end += chunk.length;
    }
    if (end === size) await file.sync();
  } finally {
    await file.close();
  }
  return end;
}

function discard(folder: string, partial: string): void {
  try {
    rmSync(partial, { force: true });
    rmdirSync(folder);
  } catch {
    // Not empty: files that came whole before stay until no run names them.
  }
}

/** Removes an upload that no run names. @returns false if one does: nothing is removed then */
export function removeInput(project: Project, upload: string): boolean {
  if (isNamed(project, upload)) return false;
  rmSync(uploadFolder(project, upload), { recursive: true, force: true });
  return true;
}

/** Removes uploads that no run names (any more) and that nobody has written to for an hour. @throws StorageError */
export function sweepInputs(project: Project): void {
  const folder = inputsFolder(project);
  try {
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    for (const upload of readdirSync(folder)) {
      const path = join(folder, upload);
      const files = lstatSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
      const written = Math.max(...[path, ...files].map((each) => lstatSync(each).mtimeMs));
      if (Date.now() - written > GRACE_MS && !isNamed(project, upload)) rmSync(path, { recursive: true, force: true });
    }
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Whether a parameter of any run holds the upload's name, which is unique; paths of a project that was moved count too. */
function isNamed(project: Project, upload: string): boolean {
  const named = project.prepare<[string], number>('SELECT 1 FROM run_parameter WHERE instr(text, ?) > 0 LIMIT 1');
  return named.pluck().get(upload) !== undefined;
}
