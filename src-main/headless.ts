/**
 * The studio behind HTTP on 127.0.0.1: for the browser, for tests, for servers reached through a tunnel. The same page
 * and API as in the window, behind a gate (host/gate.ts). Never listens on another interface; prints nothing.
 */
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createGate, newToken } from './host/gate.ts';
import { withSecurityHeaders } from './host/security-headers.ts';
import { openStudio, type StudioOptions } from './host/studio.ts';

export interface HeadlessOptions extends StudioOptions {
  /** 0: any free port. */
  readonly port?: number | undefined;
  /** The token to ask for; a fresh random one unless given. */
  readonly token?: string | undefined;
}

export interface HeadlessStudio {
  /** The address to open: it carries the token and trades it for a cookie. */
  readonly url: string;
  /** `http://127.0.0.1:PORT`, for programs that send the token as a bearer. */
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  readonly folder: string;
  /** Ends streams, connections and jobs, then closes the project. */
  close(): Promise<void>;
}

/** Opens the project and serves it. Rejects if the project cannot be opened or the port is taken. */
export async function startHeadless(options: HeadlessOptions): Promise<HeadlessStudio> {
  const token = options.token ?? newToken();
  const studio = await openStudio(options);
  const server = createServer({ maxHeaderSize: 16 * 1024 });
  const port = await listen(server, options.port ?? 0).catch(async (error: unknown) => {
    await studio.close();
    throw error;
  });
  const gate = createGate(token, port);
  const answer = getRequestListener(
    async (request) => {
      const refusal = gate.check(request);
      return refusal ? withSecurityHeaders(refusal) : studio.handle(request);
    },
    { overrideGlobalObjects: false },
  );
  server.on('request', (incoming, outgoing) => void answer(incoming, outgoing));
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/?token=${token}`,
    origin,
    port,
    token,
    folder: studio.folder,
    close: async () => {
      await studio.close();
      await closeServer(server);
    },
  };
}

/** Lets answers that are being sent end, for half a second; connections that wait for a next request end at once. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 10);
  const late = setTimeout(() => server.closeAllConnections(), 500);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken by another program; give another --port, or none`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
