/**
 * A form that may stand for several runs: a comma-separated list in a number field means one run per value, as do lists
 * separated by semicolons in a field of numbers; several mean every combination. Fields that do not matter beside the others
 * stand for nothing, whatever they hold. Splits text only; whether a value is any good is the server's to say.
 */
import { INFINITY_WORD } from '../../src-main/parameters/validate.ts';
import { matters } from '../../src-main/parameters/relevance.ts';
import type { ParameterSpecification, ParameterValue } from '../api.ts';

export type FormValues = Readonly<Record<string, string | boolean>>;

/** More combinations than this are refused: nobody types them on purpose. */
export const MOST_RUNS = 500;

/** What a field holds before anybody typed. */
export const usualValue = (parameter: ParameterSpecification): string | boolean =>
  parameter.type === 'boolean' ? parameter.default : String(parameter.default ?? '');

/** What a field holds; as usual, where nothing is said of it. */
const held = (parameter: ParameterSpecification, values: FormValues): string | boolean =>
  values[parameter.key] ?? usualValue(parameter);

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
  /** Of the fields that matter in this run. */
  readonly parameters: FormValues;
  /** `eh=5, ka=3`: what sets this run apart from the others; empty for a single run. */
  readonly suffix: string;
}

/** A single value of a field as conditions name it. */
function valueOf({ type }: ParameterSpecification, value: string | boolean): ParameterValue {
  if (typeof value === 'boolean' || (type !== 'number' && type !== 'integer')) return value;
  if (value.trim() === '') return null;
  return value.trim() === INFINITY_WORD ? INFINITY_WORD : Number(value);
}

/** The fields that matter for some value of the others: those to show. */
export function fieldsThatMatter(
  parameters: readonly ParameterSpecification[],
  values: FormValues,
): readonly ParameterSpecification[] {
  const candidates = (one: ParameterSpecification): readonly ParameterValue[] =>
    fieldValues(one, held(one, values)).map((value) => valueOf(one, value));
  return parameters.filter((one) => matters(parameters, one, candidates));
}

/** How many runs the form stands for. Exact, as what may be a list depends on no list: `test/parameters/relevance.test.ts`. */
export const gridSize = (parameters: readonly ParameterSpecification[], values: FormValues): number =>
  fieldsThatMatter(parameters, values).reduce((size, one) => size * fieldValues(one, held(one, values)).length, 1);

export function expandGrid(parameters: readonly ParameterSpecification[], values: FormValues): readonly GridRun[] {
  let runs: readonly GridRun[] = [{ parameters: {}, suffix: '' }];
  for (const parameter of fieldsThatMatter(parameters, values)) {
    const choices = fieldValues(parameter, held(parameter, values));
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
  // What matters for some value of a list need not matter for each.
  return runs.map(({ parameters: own, suffix }) => {
    const kept = fieldsThatMatter(parameters, own).filter(({ key }) => Object.hasOwn(own, key));
    return { parameters: Object.fromEntries(kept.map(({ key }) => [key, own[key]!])), suffix };
  });
}
