/**
 * How a command fails: which exit code, and what is written to stderr (text, or one JSON document with --json).
 * Exit codes: 1 the work failed, 2 the command line or its input cannot be used.
 */
import type { ApiError } from '../api/contract.ts';
import { InvalidInput, issueSentence } from '../parameters/specification.ts';

/** The command line itself cannot be understood. */
export class BadUsage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadUsage';
  }
}

/** The work was understood and could not be done. `code` is one of the stable words of the API. */
export class Failed extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Failed';
    this.code = code;
  }
}

/** What the caller of a failed command sees. */
export interface Failure {
  readonly exitCode: 1 | 2;
  readonly document: ApiError;
  /** Lines of text for a person. */
  readonly lines: readonly string[];
}

/** Describes any thrown value. `flagOf` turns a parameter's key into the flag that the person typed. */
export function describeFailure(error: unknown, flagOf: (field: string) => string = (field) => field): Failure {
  if (error instanceof InvalidInput) {
    const lines = error.issues.map((issue) => issueSentence(issue, flagOf));
    const document = { error: { code: 'invalid-input', message: lines.join('; '), issues: error.issues } };
    return { exitCode: 2, document, lines };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof BadUsage) {
    return { exitCode: 2, document: { error: { code: 'bad-usage', message } }, lines: [message] };
  }
  const code = error instanceof Failed ? error.code : 'internal';
  const trace = code === 'internal' && process.env.PEEL_DEBUG && error instanceof Error ? [error.stack ?? ''] : [];
  return { exitCode: 1, document: { error: { code, message } }, lines: [message, ...trace] };
}
