/**
 * The small notations of counts, lists and ranges: `1000x5,10x5`, `1,0.5`, `1:10000:41`. Each parser returns the value
 * or the sentence that says what is wrong; none throws.
 */

export type Parsed<T> = { readonly value: T } | { readonly message: string };

export interface CountGroup {
  readonly samples: number;
  readonly classes: number;
}

const COUNT = /^(-?[\d.eE+_]+|nan|-?inf(?:inity)?)(?:\s*[x×*]\s*(-?[\d.eE+_]+|nan|-?inf(?:inity)?))?$/i;

/** `SAMPLESxCLASSES` groups separated by commas; a bare number is one class. Equal neighbours stay apart. */
export function parseCounts(text: string): Parsed<readonly CountGroup[]> {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => part === ''))
    return { message: 'no class counts given; write them as SAMPLESxCLASSES, such as 1000x5,10x5' };
  const groups: CountGroup[] = [];
  for (const [i, part] of parts.entries()) {
    const match = COUNT.exec(part);
    if (!match) return { message: `entry ${i + 1}, "${part}", is not of the form SAMPLESxCLASSES, such as 1000x5` };
    const samples = Number(match[1]!.replaceAll('_', ''));
    const classes = match[2] === undefined ? 1 : Number(match[2].replaceAll('_', ''));
    if (!(Number.isSafeInteger(samples) && samples >= 0))
      return { message: `entry ${i + 1}, "${part}": a sample count must be a whole number of at least 0` };
    if (!(Number.isSafeInteger(classes) && classes >= 1))
      return { message: `entry ${i + 1}, "${part}": a number of classes must be a whole number of at least 1` };
    groups.push({ samples, classes });
  }
  return { value: groups };
}

/** Joins classes of equal count into groups, in order of first appearance: one count per class in, few groups out. */
export function groupEqualCounts(counts: readonly number[]): readonly CountGroup[] {
  const classes = new Map<number, number>();
  for (const samples of counts) classes.set(samples, (classes.get(samples) ?? 0) + 1);
  return [...classes].map(([samples, count]) => ({ samples, classes: count }));
}

export function formatCounts(groups: readonly CountGroup[]): string {
  return groups.map(({ samples, classes }) => `${samples}x${classes}`).join(',');
}

/** Comma-separated finite numbers; an empty text is the empty list. */
export function parseNumbers(text: string): Parsed<readonly number[]> {
  if (text.trim() === '') return { value: [] };
  const values: number[] = [];
  for (const [i, part] of text.split(',').entries()) {
    const value = part.trim() === '' ? NaN : Number(part);
    if (!Number.isFinite(value)) return { message: `entry ${i + 1}, "${part.trim()}", is not a finite number` };
    values.push(value);
  }
  return { value: values };
}

/** Largest number of points of a sweep. */
const LARGEST_RANGE = 100_000;

/** `FROM:TO:COUNT`, both ends included, spaced evenly in the logarithm. */
export function parseLogRange(text: string): Parsed<readonly number[]> {
  const parts = text.split(':').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [from, to, count] = parts;
  if (parts.length !== 3 || from === undefined || to === undefined || count === undefined)
    return { message: `"${text}" is not of the form FROM:TO:COUNT, such as 1:10000:41` };
  if (!(Number.isFinite(from) && from > 0))
    return { message: `FROM must be a finite number above 0, got "${text.split(':')[0]}"` };
  if (!(Number.isFinite(to) && to > 0))
    return { message: `TO must be a finite number above 0, got "${text.split(':')[1]}"` };
  if (!(Number.isInteger(count) && count >= 1 && count <= LARGEST_RANGE))
    return { message: `COUNT must be a whole number from 1 to ${LARGEST_RANGE}, got "${text.split(':')[2]}"` };
  if (count === 1 && from !== to) return { message: `COUNT is 1 but FROM ${from} and TO ${to} differ` };
  const last = count - 1;
  return {
    value: Array.from({ length: count }, (_, i) =>
      i === 0 ? from : i === last ? to : from * Math.pow(to / from, i / last),
    ),
  };
}
