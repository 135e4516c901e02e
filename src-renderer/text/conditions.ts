/**
 * Column conditions of the runs table: what the builder edits and the text the API takes (`p:eh>=5`). All must hold;
 * the API has no "or", so neither has the builder.
 */
import type { RunKind } from '../api.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface Condition {
  /** A column that can be filtered: status, kind, experiment, tag, `p:KEY`, `m:KEY`. */
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

export const operators: readonly { readonly value: Operator; readonly label: string }[] = [
  { value: '=', label: 'is' },
  { value: '!=', label: 'is not' },
  { value: '<', label: '<' },
  { value: '<=', label: '≤' },
  { value: '>', label: '>' },
  { value: '>=', label: '≥' },
];

/** Words have no order: only equality is on offer for them. A run has many tags: it carries one, or is not listed. */
export const operatorsFor = (column: string): typeof operators =>
  column === 'tag' ? operators.slice(0, 1) : ordered(column) ? operators : operators.slice(0, 2);

const ordered = (column: string): boolean =>
  column.startsWith('p:') || column.startsWith('m:') || column === 'seed' || column === 'duration';

export const conditionText = (condition: Condition): string =>
  `${condition.column}${condition.operator}${condition.value.trim()}`;

/** The values of a column `p:KEY` that is a choice in some kind, by the labels that the table shows; null for other columns. */
export function choicesOf(
  column: string,
  kinds: readonly RunKind[],
): readonly { readonly value: string; readonly label: string }[] | null {
  const all = kinds.flatMap(({ parameters }) =>
    parameters.flatMap((one) => (column === `p:${one.key}` && one.type === 'choice' ? one.choices : [])),
  );
  const choices = [...new Map(all.map((choice) => [choice.value, choice])).values()];
  const twice = (label: string): boolean =>
    choices.filter((choice) => choice.label.toLowerCase() === label.toLowerCase()).length > 1;
  // Kinds may have different words for what they label alike.
  const named = choices.map(({ value, label }) => ({ value, label: twice(label) ? `${label} (${value})` : label }));
  return named.length === 0 ? null : named;
}

/** @returns null where the text is no condition. */
export function parseCondition(text: string): Condition | null {
  const match = /^([a-zA-Z]+|[pm]:[^<>=!]+)(<=|>=|!=|=|<|>)(.+)$/.exec(text.trim());
  if (match === null) return null;
  return { column: match[1]!, operator: match[2] as Operator, value: match[3]!.trim() };
}

/** A condition without a value is being written and does not filter yet. */
export const isComplete = (condition: Condition): boolean => condition.column !== '' && condition.value.trim() !== '';
