/** What a command of the command line is. One command per file; commands.ts lists them. */
import type { Io } from './io.ts';

/** One `--name` of a command. Names carry no dashes here. */
export interface Flag {
  readonly name: string;
  /** What stands for the value in help texts; absent: the flag is a switch and takes no value. */
  readonly placeholder?: string;
  readonly help: string;
  /** The default as help shows it. */
  readonly default?: string;
  readonly repeatable?: boolean;
  /** Heading under which help lists it. */
  readonly group?: string;
  /** Field of the run, such as the key of a parameter, that the flag sets: messages about it name the flag. */
  readonly parameter?: string;
}

/** What was typed, checked against the flags and nothing more. */
export interface Given {
  readonly positionals: readonly string[];
  /** Values by flag name; a switch that is on holds []. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** A command's part of the line; `1` and `2` are exit codes as in errors.ts. */
export interface Command {
  /** Words after `peel`. */
  readonly path: string;
  readonly summary: string;
  /** Positional arguments as usage shows them, such as `ID…`. */
  readonly positionals?: string;
  /** Least and most positional arguments; none unless given. */
  readonly arity?: readonly [number, number];
  readonly flags: readonly Flag[];
  /** Paragraphs below the flags in help. */
  readonly notes?: readonly string[];
  readonly examples?: readonly string[];
  run(given: Given, io: Io): Promise<number>;
}

/** The last value given for a flag. */
export function valueOf(given: Given, flag: string): string | undefined {
  return given.values.get(flag)?.at(-1);
}

/** Whether a flag was given at all. */
export function has(given: Given, flag: string): boolean {
  return given.values.has(flag);
}
