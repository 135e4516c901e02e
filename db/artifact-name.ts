/**
 * Which names a run's files may have: such that every file system can hold them and none leads out of the folder.
 */
import { InvalidInput } from '../src-main/parameters/specification.ts';

/** Device names of Windows, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name itself. @throws InvalidInput where it cannot be used */
export function checkArtifactName(name: string): string {
  const fits =
    /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}._ ()+@=,-]*$/u.test(name) &&
    Buffer.byteLength(name) <= 200 &&
    !/[. ]$/.test(name) &&
    !reserved.test(name);
  if (fits) return name;
  throw new InvalidInput([
    {
      field: 'artifact',
      value: name,
      message:
        'a file name has up to 200 bytes of letters, digits, spaces and ._()+@=,-, begins with a letter, digit or _, ' +
        'and ends with neither a dot nor a space',
    },
  ]);
}

/** The name under which replacing content is kept: the digest's beginning stands before the extension, after a ~. */
export function variantName(name: string, sha256: string): string {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return `${stem}~${sha256.slice(0, 12)}${name.slice(stem.length)}`;
}
