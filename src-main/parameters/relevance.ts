/**
 * Which parameters matter beside the values of the others, from the conditions that they declare: what a form shows, what a
 * run lists, what new input may name. Judges values as they are; whether they are any good is validate.ts's to say.
 */
import type { Condition, ParameterSpecification, ParameterValue, ParameterValues } from './specification.ts';

/** Whether a parameter matters where each parameter may have any of several values, as in a form that stands for several runs. */
export function matters(
  parameters: readonly ParameterSpecification[],
  { when }: ParameterSpecification,
  candidates: (decider: ParameterSpecification) => readonly ParameterValue[],
): boolean {
  const holds = ([key, allowed]: [string, Condition[string]]): boolean => {
    const decider = parameters.find((one) => one.key === key);
    if (decider === undefined || !matters(parameters, decider, candidates)) return false;
    return candidates(decider).some((value) => (allowed === 'given' ? value !== null : allowed.includes(value)));
  };
  return when === undefined || when.some((condition) => Object.entries(condition).every(holds));
}

/** Whether a parameter matters at these values. One that is missing has its usual value. */
export function mattersAt(
  parameters: readonly ParameterSpecification[],
  parameter: ParameterSpecification,
  values: ParameterValues,
): boolean {
  return matters(parameters, parameter, (decider) => {
    const value = values[decider.key];
    return [value === undefined ? decider.default : value];
  });
}

/** The values whose parameters matter, in their order; those of parameters that are not declared are kept. */
export function valuesThatMatter(
  parameters: readonly ParameterSpecification[],
  values: ParameterValues,
): ParameterValues {
  const idle = parameters.filter((parameter) => !mattersAt(parameters, parameter, values)).map(({ key }) => key);
  return Object.fromEntries(Object.entries(values).filter(([key]) => !idle.includes(key)));
}

/** Keys of the parameters on which it depends whether this one matters, their own deciders included. */
export function decidersOf(
  parameters: readonly ParameterSpecification[],
  { when = [] }: ParameterSpecification,
): readonly string[] {
  const named = when.flatMap((condition) => Object.keys(condition));
  const above = parameters.filter(({ key }) => named.includes(key)).flatMap((one) => decidersOf(parameters, one));
  return [...new Set([...above, ...named])];
}

/** `network is mlp or cnn and rank is given, or headRank is given`. @param name how a parameter is called, by its key */
export function conditionText(conditions: readonly Condition[], name: (key: string) => string): string {
  return conditions
    .map((condition) =>
      Object.entries(condition)
        .map(([key, allowed]) => `${name(key)} is ${allowed === 'given' ? 'given' : listed(allowed)}`)
        .join(' and '),
    )
    .join(', or ');
}

/** A value in a sentence. */
export function valueText(value: ParameterValue): string {
  if (value === null) return 'not given';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function listed(values: readonly ParameterValue[]): string {
  const words = values.map(valueText);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
