/** Flags from a parameter specification, and back: what was typed, by parameter key, for values-given.ts to judge. */
import { conditionText } from '../parameters/relevance.ts';
import type { ChoiceParameter, ParameterSpecification } from '../parameters/specification.ts';
import type { Flag, Given } from './command.ts';

/** More words than this stand in the help text: a line has to fit the terminal. */
const LONGEST_CHOICES = 40;

function choiceWords({ choices }: ChoiceParameter): readonly string[] {
  return choices.map((choice) => choice.value);
}

/** What a long list of choices leaves out of the placeholder. */
function listedChoices(specification: ParameterSpecification): string {
  if (specification.type !== 'choice' || placeholder(specification) !== 'WORD') return '';
  return ` One of ${choiceWords(specification).join(', ')}.`;
}

/** Where the flag matters, if not everywhere. */
function whereItMatters(specifications: readonly ParameterSpecification[], { when }: ParameterSpecification): string {
  if (when === undefined) return '';
  return ` Only where ${conditionText(when, (key) => flagName(specifications.find((one) => one.key === key)!))}.`;
}

function placeholder(specification: ParameterSpecification): string {
  switch (specification.type) {
    case 'number':
      return 'NUMBER';
    case 'integer':
      return 'INTEGER';
    case 'counts':
      return 'COUNTS';
    case 'numbers':
      return 'NUMBERS';
    case 'log-range':
      return 'FROM:TO:COUNT';
    case 'text':
      return 'TEXT';
    case 'choice': {
      const words = choiceWords(specification).join('|');
      return words.length <= LONGEST_CHOICES ? words : 'WORD';
    }
    case 'boolean':
      return 'yes|no';
  }
}

function defaultText(specification: ParameterSpecification): string | undefined {
  if (specification.type === 'boolean') return specification.default ? 'yes' : 'no';
  if (specification.default === null || specification.default === '') return undefined;
  return String(specification.default);
}

/** One flag per parameter, in the order of the specification. */
export function flagsOf(specifications: readonly ParameterSpecification[]): readonly Flag[] {
  return specifications.map((specification) => {
    const unit = specification.unit === undefined ? '' : ` Unit: ${specification.unit}.`;
    const fallback = defaultText(specification);
    return {
      name: specification.flag,
      parameter: specification.key,
      placeholder: placeholder(specification),
      help: specification.help + unit + listedChoices(specification) + whereItMatters(specifications, specification),
      group: specification.group ?? 'Parameters',
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  });
}

/** The parameters that were typed, as text by their keys. Absent ones are left to their defaults. */
export function parametersGiven(
  specifications: readonly ParameterSpecification[],
  given: Given,
): Readonly<Record<string, string>> {
  const typed = specifications.map(({ key, flag }) => [key, given.values.get(flag)?.at(-1)] as const);
  return Object.fromEntries(typed.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** What messages to somebody who types flags call a parameter. */
export const flagName = ({ flag }: ParameterSpecification): string => `--${flag}`;
