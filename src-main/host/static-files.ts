/**
 * Serves the built page from one folder, and nothing outside it: not by `..`, by an encoded separator, by a link that
 * leads out, or by a dot file. Unknown addresses without an extension get the page itself, which routes by itself.
 */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, relative, isAbsolute, sep } from 'node:path';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

const text = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

/** Answers GET and HEAD for files under `folder`. */
export function createStaticFiles(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return text(405, 'only GET is possible here', { allow: 'GET, HEAD' });
    const path = safePath(new URL(request.url).pathname);
    if (path === null) return text(404, 'there is no such file');
    const page = path === '' || extname(path) === '';
    const file = await readInside(folder, page ? 'index.html' : path);
    if (file === null) {
      return page
        ? text(503, 'the page of the studio has not been built; run `npm start` (or `npm run build`) and load it again')
        : text(404, 'there is no such file');
    }
    const body = request.method === 'HEAD' ? null : new Uint8Array(file);
    return new Response(body, {
      headers: {
        'content-type': MEDIA_TYPES[page ? '.html' : extname(path).toLowerCase()] ?? 'application/octet-stream',
        'content-length': String(file.length),
        // Built assets carry a digest in their names; the page itself must be asked for again.
        'cache-control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  };
}

/** The address as a relative path, or null if it is no plain one. */
function safePath(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\\\0]/.test(decoded) || !decoded.startsWith('/')) return null;
  const path = decoded.slice(1).replace(/\/$/, '');
  const plain = path.split('/').every((part) => part !== '' && !part.startsWith('.'));
  return path === '' || plain ? path : null;
}

async function readInside(folder: string, path: string): Promise<Buffer | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...path.split('/')));
    const inside = relative(root, file);
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
    return await readFile(file);
  } catch {
    return null;
  }
}
