/**
 * How a command fails: which exit code, and what is written to stderr (text, or one JSON document with --json).
 * Exit codes: 1 the work failed, 2 the command line or its input cannot be used.
 */
import type { ApiError, FieldIssue } from '../api/contract.ts';
import { InvalidInput } from '../parameters/specification.ts';

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

/** "--eh -1: must be above 0": the flag, its value unless the sentence quotes it, and what is wrong. */
function sentence(issue: FieldIssue, flagOf: (field: string) => string): string {
  const text = typeof issue.value === 'string' ? issue.value : JSON.stringify(issue.value ?? '');
  const quoted = text === '' || text === '""' || issue.message.includes('got ') || issue.message.includes(`"${text}"`);
  const value = quoted ? '' : ` ${text.length > 80 ? `${text.slice(0, 79)}…` : text}`;
  return `${flagOf(issue.field)}${value}: ${issue.message}`;
}

/** Describes any thrown value. `flagOf` turns a parameter's key into the flag that the person typed. */
export function describeFailure(error: unknown, flagOf: (field: string) => string = (field) => field): Failure {
  if (error instanceof InvalidInput) {
    const lines = error.issues.map((issue) => sentence(issue, flagOf));
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
