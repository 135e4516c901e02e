/**
 * The door of the loopback server: who may speak to it. Refuses other machines' names in Host (DNS rebinding), other
 * origins (cross-site requests, also from other ports of this machine) and whoever does not know the token of this
 * start. The Electron window does not pass through here: its scheme is reachable from nowhere else.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { failure } from '../api/failure.ts';

/** 256 random bits that live as long as one start of the server. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export interface Gate {
  /** The response that refuses (or redirects) the request, or null to let it in. */
  check(request: Request): Response | null;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A gate that lets in whoever carries `token`. `port` only names the cookie: cookies are shared by all ports of a host. */
export function createGate(token: string, port: number): Gate {
  const cookieName = `peel-${port}`;
  return {
    check(request) {
      const url = new URL(request.url);
      const host = request.headers.get('host') ?? '';
      // Any port: behind `ssh -L` the browser's port is not ours. A rebound name is still refused.
      if (!LOOPBACK.has(host.replace(/:\d+$/, '').toLowerCase())) {
        return failure(
          403,
          'forbidden',
          'this studio answers only to 127.0.0.1 and localhost; open the address it printed',
        );
      }
      const origin = request.headers.get('origin');
      if (origin !== null && origin !== `http://${host}`) {
        return failure(403, 'forbidden', 'requests from other origins are refused');
      }
      if (!siteAllowed(request)) return failure(403, 'forbidden', 'requests from other sites are refused');

      const given = url.searchParams.get('token');
      if (given !== null && !url.pathname.startsWith('/api/') && request.method === 'GET') {
        if (!same(given, token)) return stranger(url);
        url.searchParams.delete('token');
        return new Response(null, {
          status: 303,
          headers: {
            location: url.pathname.replace(/^\/+/, '/') + url.search,
            'set-cookie': `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`,
          },
        });
      }
      const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      const known = bearer ?? cookie(request, cookieName);
      return known !== undefined && same(known, token) ? null : stranger(url);
    },
  };
}

/** Sec-Fetch-Site as browsers send it: only this origin, the address bar, or a link that opens the page itself. */
function siteAllowed(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return true;
  const opensPage =
    request.headers.get('sec-fetch-mode') === 'navigate' && request.headers.get('sec-fetch-dest') === 'document';
  return opensPage && request.method === 'GET' && !new URL(request.url).pathname.startsWith('/api/');
}

function cookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/** Compares digests, so that neither length nor content shows in the time taken. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function stranger(url: URL): Response {
  const message = 'this studio needs the token of its current start; open the address that it printed in the terminal';
  if (url.pathname.startsWith('/api/')) return failure(401, 'forbidden', message);
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Peel</title><h1>Peel</h1><p>T${message.slice(1)}.</p></html>`;
  return new Response(page, { status: 401, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
