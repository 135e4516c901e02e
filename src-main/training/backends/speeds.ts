/** Measured speeds, kept from one process to the next, so that `auto` and the doctor need not measure again. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import type { BackendName, Speed } from './backend.ts';
import { speedFile } from './places.ts';

interface Entry {
  readonly version: string;
  readonly processor: string;
  readonly speed: Speed;
}

const processor = (): string => `${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}`;

/** The speed measured last on this machine with any version of that backend, or with just the one given. */
export function rememberedSpeed(name: BackendName, version?: string): Speed | null {
  const entry = read()[name];
  if (!entry || entry.processor !== processor()) return null;
  return version === undefined || entry.version === version ? entry.speed : null;
}

/** Where the folder cannot be written, nothing is remembered. */
export function rememberSpeed(name: BackendName, version: string, speed: Speed): void {
  const file = speedFile();
  const entries = { ...read(), [name]: { version, processor: processor(), speed } };
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Written aside and moved: another process may be reading.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(entries, null, 2));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    return;
  }
}

function read(): Partial<Record<BackendName, Entry>> {
  try {
    return JSON.parse(readFileSync(speedFile(), 'utf8')) as Partial<Record<BackendName, Entry>>;
  } catch {
    return {};
  }
}
