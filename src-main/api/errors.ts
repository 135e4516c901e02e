/**
 * Turns whatever a route throws into an error response. Mistakes of the caller name the fields; failures of the disk say
 * what was kept; a program whose files were replaced asks for a restart. Anything else is a bug of ours: its message goes to
 * the log, not to the caller.
 */
import { HTTPException } from 'hono/http-exception';
import { StorageError, asStorageError, type StorageCode } from '../../db/storage-error.ts';
import { NotPausable } from '../jobs/pause.ts';
import { NotResumable } from '../jobs/resume.ts';
import { InvalidInput } from '../parameters/specification.ts';
import { failure, type FailureCode } from './failure.ts';

/** What a route throws for a state that does not allow the request (409), or a thing that is not there (404). */
export class Refusal extends Error {
  readonly status: 404 | 409;
  constructor(status: 404 | 409, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** A Refusal for a row that does not exist. */
export const notFound = (what: string, id: number | string): Refusal =>
  new Refusal(404, `there is no ${what} ${id}; it may have been deleted for good`);

const STORAGE: Readonly<Record<StorageCode, { readonly status: number; readonly code: FailureCode }>> = {
  'disk-full': { status: 507, code: 'disk-full' },
  busy: { status: 503, code: 'busy' },
  damaged: { status: 500, code: 'damaged' },
  newer: { status: 409, code: 'conflict' },
  foreign: { status: 409, code: 'conflict' },
  'read-only': { status: 403, code: 'read-only' },
  'not-found': { status: 404, code: 'not-found' },
  io: { status: 500, code: 'io' },
};

/** The response for an error. `report` is told of errors that are ours. */
export function errorResponse(error: unknown, report: (error: unknown) => void): Response {
  if (error instanceof InvalidInput)
    return failure(400, 'invalid-input', `the input cannot be used: ${error.message}`, error.issues);
  if (error instanceof Refusal)
    return failure(error.status, error.status === 404 ? 'not-found' : 'conflict', error.message);
  if (error instanceof NotResumable || error instanceof NotPausable) return failure(409, 'conflict', error.message);
  const stored = asStorageError(error);
  if (stored instanceof StorageError) {
    const { status, code } = STORAGE[stored.code];
    return failure(status, code, stored.message);
  }
  if (error instanceof HTTPException && error.status === 400) {
    return failure(400, 'invalid-input', 'the body is not JSON', [
      { field: 'body', value: null, message: 'must be a JSON document' },
    ]);
  }
  if (error instanceof HTTPException && error.status === 413) return tooLarge();
  if (isReplaced(error)) return failure(503, 'replaced', REPLACED);
  report(error);
  return failure(
    500,
    'internal',
    'the studio could not answer because of an error of its own; what was stored is kept; see its log',
  );
}

const REPLACED =
  'the files of Peel were replaced while this studio ran, by an update or a new build; restart the studio, then try again; what was stored is kept';

/** A part of the program that is loaded when it is first needed is not there any more under the name it had at the start. */
function isReplaced(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

/** Bodies are parameters and notes: one MiB is ample. */
export const BODY_LIMIT = 1024 * 1024;

export const tooLarge = (): Response => failure(413, 'too-large', 'the body is longer than 1 MiB; nothing was changed');
