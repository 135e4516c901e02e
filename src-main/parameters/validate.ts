/**
 * Checks raw input (JSON, form fields, flags) against a parameter specification and fills in defaults. Reports every
 * fault at once; refuses unknown names, and values that would be passed over because their parameter does not matter
 * beside the others. What else depends on two parameters together is the kind's own matter.
 */
import { parseCounts, parseLogRange, parseNumbers } from './counts.ts';
import { conditionText, decidersOf, mattersAt, valueText } from './relevance.ts';
import {
  InvalidInput,
  type FieldIssue,
  type NumberParameter,
  type NumbersParameter,
  type ParameterSpecification,
  type ParameterValue,
  type ParameterValues,
} from './specification.ts';

/** Infinity cannot be written in JSON: it is stored as this word. */
export const INFINITY_WORD = 'inf';

/** What a form calls a parameter. */
const labelOf = ({ label }: ParameterSpecification): string => label;

/**
 * @param input values by parameter key; text is accepted for numbers, as forms and flags give it.
 * @param name what messages call another parameter than the one at fault: its label unless the reader types flags.
 * @throws InvalidInput with one issue per fault.
 */
export function validateParameters(
  specifications: readonly ParameterSpecification[],
  input: Readonly<Record<string, unknown>>,
  name: (parameter: ParameterSpecification) => string = labelOf,
): ParameterValues {
  const issues: FieldIssue[] = [];
  const values: Record<string, ParameterValue> = {};
  const known = new Set(specifications.map((specification) => specification.key));
  for (const key of Object.keys(input)) {
    if (!known.has(key)) {
      const message = `is not a parameter; known are ${[...known].join(', ')}`;
      issues.push({ field: key, value: input[key], message });
    }
  }
  for (const specification of specifications) {
    const raw = input[specification.key];
    const checked = raw === undefined ? { value: specification.default } : check(specification, raw);
    if ('message' in checked) issues.push({ field: specification.key, value: raw, message: checked.message });
    else values[specification.key] = checked.value;
  }
  for (const specification of specifications) {
    // The usual value changes nothing: a complete set of values, such as one that was stored, is as good as a short one.
    const value = values[specification.key];
    if (value === undefined || value === specification.default) continue;
    const deciders = decidersOf(specifications, specification);
    if (deciders.some((key) => values[key] === undefined) || mattersAt(specifications, specification, values)) continue;
    const named = (key: string): string => name(specifications.find((one) => one.key === key)!);
    const here = deciders.map((key) => `${named(key)} is ${valueText(values[key]!)}`).join(', ');
    const message = `matters only where ${conditionText(specification.when ?? [], named)}; here ${here}`;
    issues.push({ field: specification.key, value: input[specification.key], message });
  }
  if (issues.length > 0) throw new InvalidInput(issues);
  return values;
}

type Checked = { readonly value: ParameterValue } | { readonly message: string };

function check(specification: ParameterSpecification, raw: unknown): Checked {
  switch (specification.type) {
    case 'number':
    case 'integer':
      return checkNumber(specification, raw);
    case 'boolean':
      if (raw === true || isWord(raw, 'yes', 'true')) return { value: true };
      if (raw === false || isWord(raw, 'no', 'false')) return { value: false };
      return { message: `must be true or false (yes or no), got ${show(raw)}` };
    case 'choice': {
      const words = specification.choices.map((choice) => choice.value);
      if (typeof raw === 'string' && words.includes(raw)) return { value: raw };
      return { message: `must be one of ${words.join(', ')}, got ${show(raw)}` };
    }
    case 'counts':
      return checkText(raw, parseCounts);
    case 'log-range':
      return checkText(raw, parseLogRange);
    case 'numbers':
      return checkNumbers(specification, raw);
    case 'text':
      return checkLine(raw);
  }
}

function isWord(raw: unknown, ...words: readonly string[]): boolean {
  return typeof raw === 'string' && words.includes(raw.trim().toLowerCase());
}

/** Keeps the text, once it parses. */
function checkText(
  raw: unknown,
  parse: (text: string) => { readonly value: unknown } | { readonly message: string },
): Checked {
  if (typeof raw !== 'string') return { message: `must be text, got ${show(raw)}` };
  const parsed = parse(raw);
  return 'message' in parsed ? parsed : { value: raw.trim() };
}

/** A text field is one line of a form. */
const LONGEST_TEXT = 2000;

function checkLine(raw: unknown): Checked {
  if (typeof raw !== 'string') return { message: `must be text, got ${show(raw)}` };
  if (raw.length > LONGEST_TEXT) return { message: `must have at most ${LONGEST_TEXT} characters, got ${raw.length}` };
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(raw.trim())) return { message: 'must be one line without control characters' };
  return { value: raw.trim() };
}

function checkNumbers(specification: NumbersParameter, raw: unknown): Checked {
  if (typeof raw !== 'string') return { message: `must be text such as 1,2, got ${show(raw)}` };
  const parsed = parseNumbers(raw);
  if ('message' in parsed) return parsed;
  const { min } = specification;
  const low = min === undefined ? undefined : parsed.value.find((value) => value < min);
  return low === undefined ? { value: raw.trim() } : { message: `every entry must be at least ${min}, got ${low}` };
}

function checkNumber(specification: NumberParameter, raw: unknown): Checked {
  if (raw === null || (typeof raw === 'string' && raw.trim() === '')) {
    return specification.default === null ? { value: null } : { message: 'is required' };
  }
  const value = toNumber(raw);
  if (value === undefined || Number.isNaN(value)) return { message: `must be a number, got ${show(raw)}` };
  if (!Number.isFinite(value)) {
    if (specification.allowInfinity && value > 0) return { value: INFINITY_WORD };
    return { message: `must be finite, got ${show(raw)}` };
  }
  if (specification.type === 'integer' && !Number.isSafeInteger(value))
    return { message: `must be a whole number, got ${show(raw)}` };
  const { min, max, exclusiveMin } = specification;
  if (min !== undefined && value < min) return { message: `must be at least ${min}, got ${show(raw)}` };
  if (exclusiveMin !== undefined && value <= exclusiveMin)
    return { message: `must be above ${exclusiveMin}, got ${show(raw)}` };
  if (max !== undefined && value > max) return { message: `must be at most ${max}, got ${show(raw)}` };
  return { value };
}

function toNumber(raw: unknown): number | undefined {
  if (typeof raw === 'number') return raw;
  if (typeof raw !== 'string') return undefined;
  const text = raw.trim().toLowerCase();
  if (['inf', '+inf', 'infinity', '∞'].includes(text)) return Infinity;
  if (['-inf', '-infinity', '-∞'].includes(text)) return -Infinity;
  return Number(text);
}

function show(raw: unknown): string {
  return typeof raw === 'string' ? `"${raw}"` : (JSON.stringify(raw) ?? String(raw));
}
