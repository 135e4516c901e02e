/**
 * What every request to the API passes first, whichever host it came through: writes speak JSON and bodies are short.
 * A page of another site cannot send JSON without asking first, and is never allowed to; who may speak at all is the
 * host's business (host/gate.ts, scheme.ts).
 */
import type { MiddlewareHandler } from 'hono';
import { BODY_LIMIT, tooLarge } from './errors.ts';
import { failure } from './failure.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses bodies of any type but JSON (415). A write without a body needs no type. */
export const jsonOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const hasBody = Number(c.req.header('content-length') ?? 0) > 0 || c.req.header('transfer-encoding') !== undefined;
  if (!READS.has(c.req.method) && type !== 'application/json' && (hasBody || type !== undefined)) {
    return failure(415, 'unsupported-media', 'a write needs a JSON body; send it with content-type: application/json');
  }
  return next();
};

/** Reads the body once, up to 1 MiB, for the validators to parse; a longer one is refused (413), however it is sent. */
export const shortBodies: MiddlewareHandler = async (c, next) => {
  const stream = READS.has(c.req.method) ? null : c.req.raw.body;
  if (stream === null) return next();
  const bytes = await readUpTo(stream, BODY_LIMIT);
  if (bytes === null) return tooLarge();
  c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers: c.req.raw.headers, body: bytes });
  return next();
};

/** The stream's bytes, or null if there are more than `limit`. */
async function readUpTo(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    // A sender that is cut off at once never reads the answer: what is a little too long is read and dropped.
    if (length > 8 * limit) return null;
  }
  return length > limit ? null : new Uint8Array(Buffer.concat(chunks));
}
