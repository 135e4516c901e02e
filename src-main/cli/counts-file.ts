/** `--counts-file`: one class per line. Returns the same notation as `--counts`, equal counts joined into groups. */
import { readFileSync } from 'node:fs';
import { formatCounts, groupEqualCounts } from '../parameters/counts.ts';
import { InvalidInput, type ParameterSpecification } from '../parameters/specification.ts';
import { valueOf, type Flag, type Given } from './command.ts';
import { BadUsage } from './errors.ts';

const countsFileFlag: Flag = {
  name: 'counts-file',
  placeholder: 'FILE',
  help: 'Read the counts from FILE (- for standard input): one class per line; blank lines and # comments are skipped. Equal counts form one group, in order of first appearance.',
  group: 'Classes',
};

/** The flag, for parameters among which there is --counts. */
export function countsFileFlags(specifications: readonly ParameterSpecification[]): readonly Flag[] {
  return specifications.some(({ type, flag }) => type === 'counts' && flag === 'counts') ? [countsFileFlag] : [];
}

/** Faults that are listed before the message says how many more there are. */
const mostListed = 5;

function fault(file: string, message: string): InvalidInput {
  return new InvalidInput([{ field: '--counts-file', value: file, message }]);
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : message;
    throw fault(file, `cannot be read: ${why}`);
  }
}

/**
 * @param file a path, or `-` for standard input. Blank lines and what follows # are skipped.
 * @throws InvalidInput naming the file and the lines that are no counts.
 */
export function countsFromFile(file: string): string {
  const counts: number[] = [];
  const faults: string[] = [];
  for (const [index, line] of read(file)
    .split(/\r\n|\n|\r/)
    .entries()) {
    const text = line
      .replace(/#.*/, '')
      .replace(/^\ufeff/, '')
      .trim();
    if (text === '') continue;
    const count = /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (Number.isSafeInteger(count) && count >= 0) counts.push(count);
    else faults.push(`line ${index + 1}, ${JSON.stringify(text.slice(0, 40))}, is not a whole number of at least 0`);
  }
  if (faults.length > mostListed)
    faults.splice(mostListed, Infinity, `and ${faults.length - mostListed} more such lines`);
  if (faults.length > 0) throw fault(file, faults.join('; '));
  if (counts.length === 0)
    throw fault(file, 'holds no counts; write one number of samples per line, one line per class');
  return formatCounts(groupEqualCounts(counts));
}

/** Parameters as typed, with the counts of --counts-file where it is given. @throws BadUsage where --counts is given too */
export function withCountsFile(
  typed: Readonly<Record<string, string>>,
  given: Given,
): Readonly<Record<string, string>> {
  const file = valueOf(given, countsFileFlag.name);
  if (file === undefined) return typed;
  const counts = valueOf(given, 'counts');
  if (counts !== undefined)
    throw new BadUsage(`--counts ${counts} and --counts-file ${file} exclude each other; give one`);
  return { ...typed, counts: countsFromFile(file) };
}
