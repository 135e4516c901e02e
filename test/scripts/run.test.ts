/** The scripts' child processes: what they wrote and how they ended, and that none outlives the script. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load, root } from './load.ts';

interface Run {
  capture(command: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
}

const module = 'scripts/lib/run.mjs';
const { capture } = await load<Run>(module);

describe('capture', () => {
  it('keeps output and exit code', async () => {
    expect(
      await capture(process.execPath, ['-e', 'console.log("out"); console.error("err"); process.exit(3)']),
    ).toEqual({
      code: 3,
      output: expect.stringMatching(/out\n|err\n/) as string,
    });
  });

  it('reports a command that does not exist', async () => {
    expect(await capture('/nowhere/tool', [])).toMatchObject({ code: 127 });
  });

  it('ends the command when the script is ended', async () => {
    const sleeper = 'console.log(process.pid); setInterval(() => {}, 1000)';
    const code = `
      import { capture } from ${JSON.stringify(join(root, module))};
      await capture(process.execPath, ['-e', ${JSON.stringify(sleeper)}], { onText: (text) => process.stdout.write(text) });`;
    const script = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => script.on('close', resolve));
    const pid = await new Promise<number>((resolve) => script.stdout.on('data', (text) => resolve(Number(text))));
    script.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(() => process.kill(pid, 0)).toThrow();
  });
});
