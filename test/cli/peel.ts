/** The command line as a child process, as a script would call it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export const cli = join(import.meta.dirname, '..', '..', 'src-main', 'cli.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `peel …`; the caller ends or awaits it. */
export function start(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [cli, ...words], { env: { ...process.env, ...env }, stdio: 'pipe' });
}

/** What the process says until it ends. */
export async function ended(child: ChildProcess, input?: string): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin!.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

/** Runs `peel …` to its end. */
export const peel = (...words: string[]): Promise<Ended> => ended(start(words));
