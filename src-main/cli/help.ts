/** Help texts, generated: of a command from its flags, of a group of commands and of the program from the list. */
import type { Command, Flag } from './command.ts';
import type { Entry } from './commands.ts';
import { commonFlags } from './parse-flags.ts';

/** Breaks text at spaces (not at no-break ones) so that no line, indent included, exceeds `columns`. */
export function wrap(text: string, indent: number, columns: number): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && indent + line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`).replaceAll('\u00a0', ' ');
}

function rows(pairs: readonly (readonly [string, string])[], columns: number): string {
  const width = Math.min(30, Math.max(...pairs.map(([left]) => left.length)) + 4);
  const row = ([left, right]: readonly [string, string]): string => {
    const start = `  ${left}`;
    const gap = start.length < width ? ' '.repeat(width - start.length) : `\n${' '.repeat(width)}`;
    return start + gap + wrap(right, width, columns);
  };
  return pairs.map(row).join('\n');
}

function flagRow(flag: Flag): readonly [string, string] {
  const left = flag.placeholder === undefined ? `--${flag.name}` : `--${flag.name} ${flag.placeholder}`;
  const repeatable = flag.repeatable ? ' May be repeated.' : '';
  const fallback = flag.default === undefined ? '' : ` (default:\u00a0${flag.default})`;
  return [left, `${flag.help}${repeatable}${fallback}`];
}

/** `peel lpm solve --help`. */
export function commandHelp(command: Command, columns: number): string {
  const flags = [...command.flags, ...commonFlags];
  const groups = [...new Set(flags.map((flag) => flag.group ?? 'Flags'))];
  const usage = ['peel', command.path, command.positionals, '[flags]'].filter((part) => part !== undefined).join(' ');
  const parts = [
    `${wrap(command.summary, 0, columns)}`,
    `Usage: ${usage}`,
    ...groups.map((group) => {
      const members = flags.filter((flag) => (flag.group ?? 'Flags') === group);
      return `${group}\n${rows(members.map(flagRow), columns)}`;
    }),
    ...(command.notes ?? []).map((note) => wrap(note, 0, columns)),
  ];
  if (command.examples) parts.push(`Examples\n${command.examples.map((example) => `  ${example}`).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

/** `peel --help`, or `peel run --help` when `entries` are of one group. */
export function programHelp(entries: readonly Entry[], columns: number): string {
  const list = rows(
    entries.map((entry) => [entry.path, entry.summary] as const),
    columns,
  );
  return [
    'Peel: a research studio for the Layer-Peeled Model and neural collapse.',
    'Usage: peel COMMAND [flags]',
    `Commands\n${list}`,
    'Every command takes --json and --help. Exit codes: 0 done, 1 failed, 2 bad usage or input.',
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

/** The same for programs: `--help --json`. */
export function commandDocument(command: Command): unknown {
  const { path, summary, positionals = null, examples = [] } = command;
  return { command: `peel ${path}`, summary, positionals, flags: [...command.flags, ...commonFlags], examples };
}
