/**
 * The one error class of the storage layer, and the translation of SQLite's and the file system's codes into it.
 * Errors that are none of these (a bug, a broken constraint) are passed on as they are: nothing is hidden.
 */

/**
 * newer: written by a newer Peel. damaged: the file is not intact. foreign: not a Peel project. disk-full, busy (another
 * process holds the lock too long), read-only (no permission to write), not-found, io (the disk failed to read or write).
 */
export type StorageCode = 'newer' | 'damaged' | 'foreign' | 'disk-full' | 'busy' | 'read-only' | 'not-found' | 'io';

/** The message says what happened, what was kept and what to do. */
export class StorageError extends Error {
  readonly code: StorageCode;
  constructor(code: StorageCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

const advice: Readonly<Record<StorageCode, string>> = {
  newer: 'update Peel to open it; nothing was changed',
  damaged:
    'nothing was changed; restore peel.db from a backup, or copy it and run `sqlite3 peel.db .recover` on the copy',
  foreign: 'nothing was changed; choose another folder',
  'disk-full': 'everything acknowledged before is kept; free some space and try again',
  busy: 'nothing was changed; close the other program that uses the project, or try again',
  'read-only': 'nothing was changed; give yourself write permission on the folder and its files, or copy it elsewhere',
  'not-found': 'it may have been deleted for good',
  io: 'everything acknowledged before is kept; check the disk and its connection, then open the project again',
};

/** A StorageError with the advice that goes with its code. @param what the fact, as a lower-case clause */
export function storageError(code: StorageCode, what: string, cause?: unknown): StorageError {
  return new StorageError(code, `${what}; ${advice[code]}`, cause === undefined ? undefined : { cause });
}

const facts: readonly (readonly [prefix: string, code: StorageCode, fact: string])[] = [
  ['SQLITE_FULL', 'disk-full', 'the disk with the project is full'],
  ['ENOSPC', 'disk-full', 'the disk with the project is full'],
  ['EDQUOT', 'disk-full', 'the disk quota for the project is used up'],
  ['SQLITE_BUSY', 'busy', 'another program kept the project locked for more than 10 seconds'],
  ['SQLITE_CORRUPT', 'damaged', 'the project database is damaged'],
  ['SQLITE_NOTADB', 'damaged', 'peel.db is not a readable database'],
  ['SQLITE_READONLY', 'read-only', 'the project cannot be written'],
  ['SQLITE_PERM', 'read-only', 'the project cannot be written'],
  ['SQLITE_CANTOPEN', 'read-only', 'the project database cannot be opened'],
  ['EACCES', 'read-only', 'the project cannot be read or written'],
  ['EPERM', 'read-only', 'the project cannot be read or written'],
  ['EROFS', 'read-only', 'the project is on a disk that cannot be written'],
  // A full disk can also show while SQLite grows the file its processes share.
  ['SQLITE_IOERR_SHMSIZE', 'disk-full', 'the disk with the project is full'],
  ['SQLITE_IOERR', 'io', 'the disk with the project could not be read or written'],
  ['EIO', 'io', 'the disk with the project could not be read or written'],
];

/** The StorageError that an error of SQLite or the file system stands for, else the error itself. */
export function asStorageError(error: unknown): unknown {
  if (error instanceof StorageError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const known = facts.find(([prefix]) => code.startsWith(prefix));
  return known ? storageError(known[1], `${known[2]} (${code})`, error) : error;
}
