/**
 * The first 100 bytes of peel.db, read without SQLite so that a file we refuse is not touched in any way.
 * Knows only what the header says; whether the pages behind it are sound is inspect.ts's question.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** "Peel" in ASCII: marks our databases for us and for `file`. */
export const applicationId = 0x5065656c;

export interface Header {
  readonly applicationId: number;
  readonly userVersion: number;
  /** Bytes the file should at least have; null where the header does not vouch for its own page count. */
  readonly expectedBytes: number | null;
  readonly bytes: number;
}

const magic = 'SQLite format 3\0';

/** The header, or null where the file does not begin as a SQLite database. @throws the file system's error */
export function readHeader(path: string): Header | null {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(100);
    if (readSync(file, head, 0, 100, 0) < 100 || head.toString('latin1', 0, 16) !== magic) return null;
    const pageSize = head.readUInt16BE(16) === 1 ? 65536 : head.readUInt16BE(16);
    // The page count is valid only when the change counter was written together with it.
    const vouched = head.readUInt32BE(24) === head.readUInt32BE(92);
    return {
      applicationId: head.readUInt32BE(68),
      userVersion: head.readUInt32BE(60),
      expectedBytes: vouched ? pageSize * head.readUInt32BE(28) : null,
      bytes: fstatSync(file).size,
    };
  } finally {
    closeSync(file);
  }
}
