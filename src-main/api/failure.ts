/** Error responses: one shape (contract.ts ApiError), stable codes, no stack trace ever. */
import type { ApiError, FieldIssue } from './contract.ts';

export type FailureCode =
  | 'invalid-input'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'forbidden'
  | 'too-large'
  | 'unsupported-media'
  | 'busy'
  | 'replaced'
  | 'disk-full'
  | 'damaged'
  | 'read-only'
  | 'io'
  | 'internal';

/** A JSON error response. */
export function failure(
  status: number,
  code: FailureCode,
  message: string,
  issues?: readonly FieldIssue[],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body: ApiError = { error: { code, message, ...(issues ? { issues } : {}) } };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}
