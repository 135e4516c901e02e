/** From the words of the command line to an exit code: finds the command, helps, reports failures. Computes nothing. */
import { programPaths } from '../host/paths.ts';
import type { Command } from './command.ts';
import { commands, type Entry } from './commands.ts';
import { BadUsage, describeFailure } from './errors.ts';
import { commandDocument, commandHelp, programHelp } from './help.ts';
import { processIo, type Io } from './io.ts';
import { nearest } from './nearest.ts';
import { parseFlags } from './parse-flags.ts';

const general = ['--json', '--help'];

/** `peel help lpm solve` and flags before the command read as if they stood behind it. */
function reorder(words: readonly string[]): readonly string[] {
  if (words[0] === 'help') return [...words.slice(1), '--help'];
  const first = words.findIndex((word) => !general.includes(word));
  return first <= 0 ? words : [...words.slice(first), ...words.slice(0, first)];
}

function startsWith(words: readonly string[], path: string): boolean {
  return path.split(' ').every((part, index) => words[index] === part);
}

function unknownCommand(words: readonly string[]): BadUsage {
  const group = commands.filter((entry) => entry.path.startsWith(`${words[0]} `));
  if (group.length > 0) {
    const names = group.map((entry) => entry.path.split(' ')[1]!);
    const wanted = words[1] === undefined || words[1].startsWith('-') ? null : words[1];
    const guess = wanted === null ? null : nearest(wanted, names);
    if (wanted === null) return new BadUsage(`peel ${words[0]} needs one of: ${names.join(', ')}`);
    const hint = guess === null ? `; there are ${names.join(', ')}` : `; did you mean peel ${words[0]} ${guess}?`;
    return new BadUsage(`unknown command peel ${words[0]} ${wanted}${hint}`);
  }
  const firsts = [...new Set(commands.map((entry) => entry.path.split(' ')[0]!))];
  if (words[0]!.startsWith('-')) return new BadUsage(`unknown flag ${words[0]} of peel; flags stand after the command`);
  const guess = nearest(words[0]!, firsts);
  const hint = guess === null ? `; there are ${firsts.join(', ')}` : `; did you mean peel ${guess}?`;
  return new BadUsage(`unknown command peel ${words[0]}${hint}`);
}

async function showVersion(io: Io): Promise<number> {
  const { version } = programPaths();
  await io.result({ peel: version, node: process.versions.node }, () => `peel ${version}`);
  return 0;
}

async function showList(entries: readonly Entry[], io: Io): Promise<number> {
  const list = entries.map(({ path, summary }) => ({ command: `peel ${path}`, summary }));
  await io.result({ commands: list }, () => programHelp(entries, io.columns));
  return 0;
}

/** A failed command's words on stderr: one JSON document, or lines that say where help is. */
function report(error: unknown, command: Command | null, io: Io): number {
  const flagOf = (field: string): string => {
    const flag = command?.flags.find((candidate) => candidate.parameter === field);
    return flag === undefined ? field : `--${flag.name}`;
  };
  const failure = describeFailure(error, flagOf);
  const name = command === null ? 'peel' : `peel ${command.path}`;
  if (io.json) io.note(JSON.stringify(failure.document));
  else {
    for (const line of failure.lines) io.note(`${name}: ${line}`);
    if (failure.exitCode === 2) io.note(`See ${name} --help.`);
  }
  return failure.exitCode;
}

/** Runs one command line. */
export async function main(typed: readonly string[]): Promise<number> {
  const words = reorder(typed);
  const end = words.indexOf('--');
  const flags = end < 0 ? words : words.slice(0, end);
  const io = processIo(flags.includes('--json'));
  let command: Command | null = null;
  try {
    if (words[0] === '--version') return await showVersion(io);
    if (words.length === 0 || general.includes(words[0]!)) return await showList(commands, io);
    const entry = commands.find((candidate) => startsWith(words, candidate.path));
    const group = commands.filter((candidate) => candidate.path.startsWith(`${words[0]} `));
    if (entry === undefined && group.length > 0 && words[1] === '--help') return await showList(group, io);
    if (entry === undefined) throw unknownCommand(words);
    const rest = words.slice(entry.path.split(' ').length);
    command = await entry.load(rest);
    const given = parseFlags(rest, command);
    if (given.values.has('help')) {
      const shown = command;
      await io.result(commandDocument(shown), () => commandHelp(shown, io.columns));
      return 0;
    }
    return await command.run(given, io);
  } catch (error) {
    return report(error, command, io);
  }
}
