/**
 * app://studio, the one origin of the window: the page and the API behind a custom scheme, answered by the same handler
 * as over HTTP. Refuses other hosts of the scheme and requests that another origin's page began.
 */
import { net, protocol } from 'electron';
import { failure } from './api/failure.ts';
import { withSecurityHeaders } from './host/security-headers.ts';

export const STUDIO_ORIGIN = 'app://studio';

/** Declares the scheme; must run before the application is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Answers the scheme's requests; `developmentPage` is the address of Vite, whose page then stands in for the built one. */
export function serveScheme(
  handle: (request: Request) => Promise<Response>,
  developmentPage: string | undefined,
): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    // Set by the browser process and not forgeable by a page; absent where the window itself navigates or saves a file.
    const { initiatorOrigin } = request as Request & { readonly initiatorOrigin?: string };
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const ours = initiatorOrigin === STUDIO_ORIGIN || (initiatorOrigin === undefined && reads);
    if (url.origin !== STUDIO_ORIGIN && url.host !== 'studio')
      return withSecurityHeaders(failure(404, 'not-found', 'there is no such address'));
    if (!ours) return withSecurityHeaders(failure(403, 'forbidden', 'requests from other origins are refused'));
    if (developmentPage && !url.pathname.startsWith('/api/')) {
      return fromVite(await net.fetch(new URL(url.pathname + url.search, developmentPage).href));
    }
    return handle(request);
  });
}

/** Vite's answer under our policy, with its socket for changed files allowed. */
function fromVite(response: Response): Response {
  const guarded = withSecurityHeaders(response);
  const policy = guarded.headers.get('content-security-policy') ?? '';
  guarded.headers.set(
    'content-security-policy',
    policy.replace("connect-src 'self'", "connect-src 'self' ws://localhost:*"),
  );
  return guarded;
}
