/** Tensors as named arrays and back, bit by bit: what checkpoints hold. No file format here. */
import type { Variable } from '@tensorflow/tfjs-core';
import { type FieldIssue, InvalidInput } from '../../parameters/specification.ts';
import type { Tf } from '../backends/backend.ts';
import type { NamedArray } from './types.ts';

export interface NamedVariable {
  readonly name: string;
  readonly variable: Variable;
}

/** Copies of the values, in order. */
export async function readState(variables: readonly NamedVariable[]): Promise<NamedArray[]> {
  return Promise.all(
    variables.map(async ({ name, variable }) => ({
      name,
      shape: [...variable.shape],
      values: Float32Array.from(await variable.data()),
    })),
  );
}

/** Sets every variable, or none. @throws InvalidInput naming what is missing, unknown or of another shape */
export function writeState(tf: Tf, variables: readonly NamedVariable[], state: readonly NamedArray[]): void {
  const given = new Map(state.map((array) => [array.name, array]));
  const issues: FieldIssue[] = [];
  for (const { name, variable } of variables) {
    const array = given.get(name);
    given.delete(name);
    const expected = variable.shape.join('×') || 'one number';
    if (array === undefined) issues.push({ field: name, value: null, message: `is missing (${expected} expected)` });
    else if (array.shape.join() !== variable.shape.join() || array.values.length !== variable.size)
      issues.push({
        field: name,
        value: array.shape.join('×'),
        message: `must be ${expected}, has ${array.values.length} values`,
      });
  }
  for (const name of given.keys())
    issues.push({ field: name, value: null, message: 'is not a tensor of this network' });
  if (issues.length > 0) throw new InvalidInput(issues);
  const byName = new Map(state.map((array) => [array.name, array]));
  tf.tidy(() => {
    for (const { name, variable } of variables)
      variable.assign(tf.tensor(Float32Array.from(byName.get(name)!.values), variable.shape));
  });
}
