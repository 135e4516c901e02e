/**
 * Checks the short texts a person gives: names, tags, notes. Trims them; refuses with InvalidInput, naming the field.
 */
import { InvalidInput } from '../src-main/parameters/specification.ts';

/** One line of 1 to `most` characters, trimmed. @throws InvalidInput */
export function oneLine(field: string, value: string, most = 200): string {
  const text = value.trim();
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (text === '' || text.length > most || /[\u0000-\u001f\u007f]/.test(text)) {
    const message = `must have 1 to ${String(most)} characters on one line`;
    throw new InvalidInput([{ field, value, message }]);
  }
  return text;
}

/** Text of any lines up to 100,000 characters. @throws InvalidInput */
export function manyLines(field: string, value: string): string {
  if (value.length <= 100_000) return value;
  throw new InvalidInput([{ field, value: value.length, message: 'must have at most 100,000 characters' }]);
}
