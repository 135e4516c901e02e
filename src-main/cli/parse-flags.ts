/**
 * Splits a command's words into flags and positionals and refuses what the command does not know.
 * Knows nothing of what values mean: parameters are validated by their specification.
 * Takes `--flag value`, `--flag=value` and `--` (positionals from here on). A value may start with one dash (-1).
 */
import type { Command, Flag, Given } from './command.ts';
import { BadUsage } from './errors.ts';
import { nearest } from './nearest.ts';

/** Flags that every command takes. */
export const commonFlags: readonly Flag[] = [
  { name: 'json', help: 'Print one JSON document on stdout, and errors as one on stderr.', group: 'General' },
  { name: 'help', help: 'Show this help.', group: 'General' },
];

function unknown(word: string, command: Command): BadUsage {
  const names = [...command.flags, ...commonFlags].map((flag) => flag.name);
  const guess = nearest(word.replace(/^-+/, ''), names);
  const hint = guess === null ? '' : `; did you mean --${guess}?`;
  return new BadUsage(`unknown flag ${word} of peel ${command.path}${hint}`);
}

function checkPositionals(positionals: readonly string[], command: Command): void {
  const [least, most] = command.arity ?? [0, 0];
  if (positionals.length < least) throw new BadUsage(`peel ${command.path} needs ${command.positionals}`);
  if (positionals.length > most) {
    throw new BadUsage(`peel ${command.path} does not take the argument ${JSON.stringify(positionals[most])}`);
  }
}

/** @throws BadUsage naming the word at fault. */
export function parseFlags(words: readonly string[], command: Command): Given {
  const flags = new Map([...command.flags, ...commonFlags].map((flag) => [flag.name, flag]));
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') {
      positionals.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word);
      continue;
    }
    const [, name, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const flag = name === undefined ? undefined : flags.get(name);
    if (flag === undefined) throw unknown(word.split('=')[0]!, command);
    const taken = values.get(flag.name);
    if (taken !== undefined && !flag.repeatable) throw new BadUsage(`--${flag.name} is given twice`);
    if (flag.placeholder === undefined) {
      if (inline !== undefined) throw new BadUsage(`--${flag.name} is a switch and takes no value (given: ${inline})`);
      values.set(flag.name, []);
      continue;
    }
    const value = inline ?? words[++at];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      throw new BadUsage(`--${flag.name} needs a value: --${flag.name} ${flag.placeholder}`);
    }
    values.set(flag.name, [...(taken ?? []), value]);
  }
  if (!values.has('help')) checkPositionals(positionals, command);
  return { positionals, values };
}
