/** How readers of data say what is wrong: the field of the form, the path or value, and the place in the file. */
import { InvalidInput } from '../../parameters/specification.ts';

export function refusal(field: string, value: unknown, message: string): InvalidInput {
  return new InvalidInput([{ field, value, message }]);
}
