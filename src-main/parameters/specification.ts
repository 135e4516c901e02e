/**
 * The language in which a run kind declares its parameters. From one such list come the form, the validation, the
 * command-line flags, `--help` and the hover cards; nothing about a parameter is said twice.
 */

interface Common {
  /** Name in JSON, in the database and in error messages. */
  readonly key: string;
  /** Long command-line flag without dashes. */
  readonly flag: string;
  readonly label: string;
  /** KaTeX source of the symbol, where the field has one. */
  readonly symbol?: string;
  /** One sentence: the definition shown in help texts and hover cards. */
  readonly help: string;
  /** Paper and equation. */
  readonly source?: string;
  readonly unit?: string;
  /** It decides what is recorded, not what is computed: it sets no run apart from others. */
  readonly recording?: boolean;
  /** Parameters of one group stand together in the form. */
  readonly group?: string;
  /** Where it matters, if not everywhere: where one of these conditions holds. */
  readonly when?: readonly Condition[];
}

/**
 * What holds where each parameter named has one of the values listed, or is given at all. It names parameters that are
 * declared above; where one of them does not matter itself, the condition does not hold.
 */
export type Condition = Readonly<Record<string, readonly ParameterValue[] | 'given'>>;

export interface NumberParameter extends Common {
  readonly type: 'number' | 'integer';
  /** null: the parameter is optional and absent by default. */
  readonly default: number | null;
  readonly min?: number;
  readonly exclusiveMin?: number;
  readonly max?: number;
  /** Accepts `inf`, `infinity` and `∞`. */
  readonly allowInfinity?: boolean;
  /** The form's slider runs over the logarithm. */
  readonly logarithmic?: boolean;
}

/** `1000x5,10x5`: SAMPLESxCLASSES groups; a bare number is one class. */
export interface CountsParameter extends Common {
  readonly type: 'counts';
  readonly default: string;
}

/** `1,1`: comma-separated non-negative numbers, one per group; empty for all ones. */
export interface NumbersParameter extends Common {
  readonly type: 'numbers';
  readonly default: string;
  readonly min?: number;
}

/** `1:10000:41`: FROM:TO:COUNT, spaced evenly in the logarithm. */
export interface LogRangeParameter extends Common {
  readonly type: 'log-range';
  readonly default: string;
}

export interface ChoiceParameter extends Common {
  readonly type: 'choice';
  readonly default: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

export interface BooleanParameter extends Common {
  readonly type: 'boolean';
  readonly default: boolean;
}

/** Free text of one line, trimmed. */
export interface TextParameter extends Common {
  readonly type: 'text';
  readonly default: string;
  /** It names a file or folder on this machine: a run keeps the whole path, whatever folder it was asked for from. */
  readonly path?: true;
}

export type ParameterSpecification =
  | NumberParameter
  | CountsParameter
  | NumbersParameter
  | LogRangeParameter
  | ChoiceParameter
  | BooleanParameter
  | TextParameter;

/** A parameter value as stored in JSON. Infinity is stored as the string "inf". */
export type ParameterValue = number | string | boolean | null;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** What is wrong with one field: its name, the value as given, and a sentence. */
export interface FieldIssue {
  readonly field: string;
  readonly value: unknown;
  readonly message: string;
}

/** A longer value is cut where it stands in a sentence. */
const LONGEST_SHOWN = 200;

/** `ratio -1: must be at least 1`, one line: the field, its value unless the message quotes it, and what is wrong. */
export function issueSentence({ field, value, message }: FieldIssue, name: (field: string) => string): string {
  const text = typeof value === 'object' ? JSON.stringify(value ?? '') : String(value ?? '');
  const quoted = ['', '""'].includes(text) || message.includes('got ') || message.includes(`"${text}"`);
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
  const shown = cut.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
  return `${name(field)}${quoted ? '' : ` ${shown}`}: ${message}`;
}

/** Thrown (or returned as HTTP 400, exit code 2) for input that cannot be used. Names every field and value at fault. */
export class InvalidInput extends Error {
  readonly issues: readonly FieldIssue[];
  constructor(issues: readonly FieldIssue[]) {
    super(issues.map((issue) => issueSentence(issue, (field) => field)).join('; '));
    this.name = 'InvalidInput';
    this.issues = issues;
  }
}
