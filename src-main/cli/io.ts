/**
 * Where a command writes. Results go to stdout: one JSON document, or text. Everything else goes to stderr.
 * A reader that stops reading (`| head`) is no error.
 */
export interface Io {
  readonly json: boolean;
  /** stderr is a terminal: progress lines may be drawn and redrawn. */
  readonly interactive: boolean;
  /** Width for wrapped text. */
  readonly columns: number;
  /** Writes the command's one result. The text is built only when it is wanted. */
  result(document: unknown, text: () => string): Promise<void>;
  /** Writes a piece of a result that is no JSON document of ours (an exported file on stdout). */
  raw(piece: string | Uint8Array): Promise<void>;
  /** A line for the person at the terminal; on stderr. */
  note(line: string): void;
}

/** Waits until the stream has taken the piece, so that memory stays flat behind a slow reader. */
function write(stream: NodeJS.WriteStream, piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** The Io of this process. */
export function processIo(json: boolean): Io {
  // Nobody reads any more: what was written was all that was wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`peel: stdout: ${error.message}\n`);
    process.exit(1);
  });
  process.stderr.on('error', () => undefined);
  return {
    json,
    interactive: process.stderr.isTTY === true,
    columns: Math.min(100, Math.max(60, process.stdout.columns ?? 80)),
    async result(document, text) {
      const piece = json ? JSON.stringify(document) : text();
      await write(process.stdout, piece.endsWith('\n') ? piece : `${piece}\n`);
    },
    raw: (piece) => write(process.stdout, piece),
    note(line) {
      process.stderr.write(`${line}\n`);
    },
  };
}
