/** What in a part of a form is not as usual, in one line: `Width 256 · Epochs 100`. */
import type { ParameterSpecification } from '../api.ts';
import { usualValue, type FormValues } from './grid.ts';

export function changedText(parameters: readonly ParameterSpecification[], values: FormValues): string {
  const changed = parameters.flatMap((parameter) => {
    const value = values[parameter.key];
    if (value === undefined || value === usualValue(parameter)) return [];
    return [`${parameter.label} ${shown(parameter, value)}`];
  });
  return changed.length === 0 ? 'The usual values' : changed.join(' · ');
}

function shown(parameter: ParameterSpecification, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (parameter.type === 'choice') return parameter.choices.find((choice) => choice.value === value)?.label ?? value;
  return value === '' ? 'not set' : value;
}
