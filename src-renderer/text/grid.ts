/**
 * A form that may stand for several runs: a comma-separated list in a number field means one run per value, as do lists
 * separated by semicolons in a field of numbers; several mean every combination. Splits text only; whether a value is any good is the server's to say.
 */
import type { ParameterSpecification } from '../api.ts';

export type FormValues = Readonly<Record<string, string | boolean>>;

/** More combinations than this are refused: nobody types them on purpose. */
export const MOST_RUNS = 500;

/** The values that a field stands for; one for every kind of field but numbers. */
export function fieldValues(parameter: ParameterSpecification, value: string | boolean): readonly (string | boolean)[] {
  if (parameter.type === 'numbers' && typeof value === 'string' && value.includes(';'))
    return value.split(';').map((part) => part.trim());
  if (
    (parameter.type !== 'number' && parameter.type !== 'integer') ||
    typeof value === 'boolean' ||
    !value.includes(',')
  ) {
    return [value];
  }
  return value.split(',').map((part) => part.trim());
}

export interface GridRun {
  readonly parameters: FormValues;
  /** `eh=5, ka=3`: what sets this run apart from the others; empty for a single run. */
  readonly suffix: string;
}

export const gridSize = (parameters: readonly ParameterSpecification[], values: FormValues): number =>
  parameters.reduce((product, one) => product * fieldValues(one, values[one.key] ?? '').length, 1);

export function expandGrid(parameters: readonly ParameterSpecification[], values: FormValues): readonly GridRun[] {
  let runs: readonly GridRun[] = [{ parameters: {}, suffix: '' }];
  for (const parameter of parameters) {
    const choices = fieldValues(parameter, values[parameter.key] ?? '');
    runs = runs.flatMap((run) =>
      choices.map((choice) => ({
        parameters: { ...run.parameters, [parameter.key]: choice },
        suffix:
          choices.length === 1
            ? run.suffix
            : [run.suffix, `${parameter.key}=${choice === '' ? 'not set' : String(choice)}`].filter(Boolean).join(', '),
      })),
    );
  }
  return runs;
}
