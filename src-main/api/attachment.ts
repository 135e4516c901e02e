/** Headers of a download: a name that every system can store, and a type that no browser runs as a page of ours. */

/** Media types that a browser would run scripts of, if it were ever made to show them. */
const ACTIVE = /html|xml|svg|javascript|ecmascript/i;

/** Headers for a file offered as `name`. */
export function attachment(name: string, mediaType: string): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const sandbox = ACTIVE.test(mediaType) ? 'application/octet-stream' : mediaType;
  return {
    'content-type': /^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/i.test(sandbox) ? sandbox : 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
    'x-content-type-options': 'nosniff',
  };
}

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
