/** Parameters that name files, as whole paths: a run is resumed, repeated and read from other folders than it was asked for from. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ParameterSpecification } from '../parameters/specification.ts';

/** Raw input with relative paths, and those that begin with ~/, made whole. Judges no value. */
export function withWholePaths(
  parameters: readonly ParameterSpecification[],
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const whole = (key: string, value: unknown): unknown => {
    const named = parameters.some((one) => one.key === key && one.type === 'text' && one.path === true);
    if (!named || typeof value !== 'string' || value.trim() === '') return value;
    return resolve(value.trim().replace(/^~(?=\/|\\|$)/, homedir()));
  };
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, whole(key, value)]));
}
