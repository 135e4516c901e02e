/**
 * One headless studio in a process of its own, as `npm start` runs it, on a project folder of its own. Tests may kill it
 * and start it again on the same folder.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface StudioServer {
  readonly origin: string;
  readonly token: string;
  /** The address with the token. */
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
  /** Ends it as Ctrl-C does, and waits. */
  stop(): Promise<void>;
}

/** Starts the bundled server (`out/main/serve.js`) and waits for the address it prints. */
export async function startServer(folder: string): Promise<StudioServer> {
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'serve.js'), '--project', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const take = (text: string): void => {
      output += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+(?=\s)/.exec(output)?.[0];
      if (found) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('close', (code) =>
      reject(new Error(`the server ended with ${String(code)} before it printed its address:\n${output}`)),
    );
  });
  const { origin, searchParams } = new URL(url);
  return {
    origin,
    url,
    token: searchParams.get('token') ?? '',
    folder,
    process: child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
    },
  };
}
