/** How values of parameters are written for a person: choices by their labels, numbers with their units. Exports keep the raw words. */
import type { RunKind } from '../api/contract.ts';
import { mattersAt } from '../parameters/relevance.ts';
import type { ParameterSpecification, ParameterValue, ParameterValues } from '../parameters/specification.ts';
import { absent, exact } from './format.ts';

/** Of a parameter that changes nothing beside the values of the others. */
export const idle = 'does not matter';

/** A value in the words of its parameter: the label of a choice, and the unit where there is a value. */
export function parameterText(
  parameter: ParameterSpecification | undefined,
  value: ParameterValue | undefined,
): string {
  const text = valueText(value);
  if (parameter?.type === 'choice') return parameter.choices.find((choice) => choice.value === value)?.label ?? text;
  return parameter?.unit === undefined || text === absent ? text : `${text}\u00a0${parameter.unit}`;
}

function valueText(value: ParameterValue | undefined): string {
  if (value === undefined || value === null || value === '') return absent;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === 'inf') return '∞';
  return typeof value === 'number' ? exact(value) : value;
}

/** One value of a run beside those of others: its text, `idle`, or null where the run has no such parameter. */
export function comparedText(
  parameters: readonly ParameterSpecification[],
  values: ParameterValues,
  key: string,
): string | null {
  if (!(key in values)) return null;
  const parameter = parameters.find((one) => one.key === key);
  if (parameter !== undefined && !mattersAt(parameters, parameter, values)) return idle;
  return parameterText(parameter, values[key]);
}

/** The seed of a run beside those of others. A kind that is not known may draw from it. */
export const seedText = (kind: Pick<RunKind, 'random'> | undefined, seed: number): string =>
  kind === undefined || kind.random === true ? String(seed) : idle;

/** Whether runs differ in a parameter: only those to which it matters are asked. */
export const differ = (texts: readonly (string | null)[]): boolean =>
  new Set(texts.filter((text) => text !== idle)).size > 1;
