/** The run kind that a command line names: found, or refused with the nearest one. */
import { findKind, kinds } from '../jobs/kinds/index.ts';
import type { ExecutableKind } from '../jobs/kinds/kind.ts';
import { BadUsage } from './errors.ts';
import { nearest } from './nearest.ts';

export const kindNames = (): string => kinds.map((kind) => kind.id).join(', ');

/** @returns the kind named first in `rest`, undefined where none is. @throws BadUsage for a name of no kind */
export function kindNamed(rest: readonly string[]): ExecutableKind | undefined {
  const word = rest.find((candidate) => !candidate.startsWith('-'));
  if (word === undefined) return undefined;
  const kind = findKind(word);
  if (kind !== undefined) return kind;
  const guess = nearest(
    word,
    kinds.map(({ id }) => id),
  );
  throw new BadUsage(
    `${word} is not a kind of run; ${guess === null ? `there are ${kindNames()}` : `did you mean ${guess}?`}`,
  );
}

/** @throws BadUsage for what is no seed. */
export function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new BadUsage(`--seed ${text}: must be a whole number of at least 0`);
  return Number(text);
}
