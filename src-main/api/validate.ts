/**
 * Zod at the door: bodies and queries either match their schema exactly or are refused with every field at fault named.
 * Unknown fields are refused too, so that a misspelt option is never silently ignored.
 */
import { validator } from 'hono/validator';
import type * as z from 'zod';
import { InvalidInput, type FieldIssue } from '../parameters/specification.ts';

/** Middleware that validates the JSON body. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) =>
  validator('json', (value: z.input<Schema>) => parse(schema, value));

/** Middleware that validates the query; values arrive as text, repeated ones as lists. */
export const queryOf = <Schema extends z.ZodType>(schema: Schema) =>
  validator('query', (value) => parse(schema, value));

/** Middleware that validates `:id` in the path. */
export const idParameter = validator('param', (value): { id: number } => ({ id: positiveId('id', value['id']) }));

/** A row number in an address: digits only, so that `1e3` or ` 7` name nothing. */
export function positiveId(field: string, text: string | undefined): number {
  const id = /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : NaN;
  if (Number.isNaN(id)) throw new InvalidInput([{ field, value: text ?? null, message: 'must be a positive integer' }]);
  return id;
}

/** The value as the schema reads it, or InvalidInput with all issues. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(result.error.issues.flatMap((issue) => fieldIssues(issue, value)));
}

function fieldIssues(issue: z.core.$ZodIssue, input: unknown): FieldIssue[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      value: shown(valueAt(input, [...issue.path, key])),
      message: 'is not a known field; remove it or correct its name',
    }));
  }
  return [
    { field: path.join('.') || 'body', value: shown(valueAt(input, issue.path)), message: sentence(issue.message) },
  ];
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Values are echoed to the reader, but not at length. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 200 ? `${value.slice(0, 200)}…` : value;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return value ?? null;
}

/** Zod begins with a capital ("Invalid input: expected string"); our messages are plain lower-case sentences. */
const sentence = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);
