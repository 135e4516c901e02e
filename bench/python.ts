/**
 * The Python peers: makes a virtual environment once (.cache/bench-python), runs a peer script and reads its JSON
 * lines. Where Python or its packages cannot be had, says why instead of failing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '.cache', 'bench-python');
const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const PACKAGES = ['numpy==2.4.6', 'scipy==1.17.1', 'cvxpy==1.7.3', 'clarabel==0.11.1', 'scs==3.3.1'];
const PYTORCH = 'torch==2.12.1';

/** null when the environment is ready, else the reason it is not. */
export function preparePython(): string | null {
  const reason = once('ready', 'making the Python environment of the peers (once)', PACKAGES, () =>
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' }),
  );
  return reason === null ? null : `no Python peers: ${reason}`;
}

/** The same for PyTorch. Only where asked for: its wheel brings the CUDA libraries, card or no card. */
export function preparePytorch(): string | null {
  return once('pytorch-ready', 'adding PyTorch to the peers (once; some 2 GB to download, 5 GB on disk)', [PYTORCH]);
}

function once(name: string, message: string, packages: readonly string[], before?: () => void): string | null {
  const stamp = join(folder, name);
  if (existsSync(stamp)) return null;
  process.stderr.write(`${message}\n`);
  try {
    before?.();
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'pipe' });
    writeFileSync(stamp, packages.join('\n'));
    return null;
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
}

/** Runs bench/peers/SCRIPT with JSON arguments; returns the JSON object it prints, or the reason it could not. */
export function runPeer(
  script: string,
  argument: unknown,
  limitSeconds: number,
): Record<string, unknown> & { error?: string } {
  const path = join(import.meta.dirname, 'peers', script);
  const run = spawnSync(python, [path, JSON.stringify(argument)], { encoding: 'utf8', timeout: limitSeconds * 1000 });
  if (run.error) return { error: `stopped after ${limitSeconds} s` };
  if (run.status !== 0) return { error: run.stderr.trim().split('\n').at(-1) ?? 'failed' };
  return JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
}
