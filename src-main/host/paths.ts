/**
 * Where the program's own files are, from source and from the bundle alike. Refuses to guess: a missing package.json of
 * Peel above this file is an error. Knows nothing about projects.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface ProgramPaths {
  /** The folder of Peel's package.json. */
  readonly root: string;
  readonly version: string;
  readonly migrations: string;
  /** The built page. */
  readonly renderer: string;
  /** The module that runs one job in a process of its own. */
  readonly worker: string;
  /** The command line. */
  readonly cli: string;
  /** The thread in which the command line solves what takes long. */
  readonly solveWorker: string;
}

/** Finds the program's files by walking up from this module. */
export function programPaths(): ProgramPaths {
  const fromSource = import.meta.filename.endsWith('.ts');
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
      if (manifest.name === 'peel') {
        return {
          root: folder,
          version: manifest.version ?? '0.0.0',
          migrations: join(folder, 'db', 'migrations'),
          renderer: join(folder, 'out', 'renderer'),
          cli: fromSource ? join(folder, 'src-main', 'cli.ts') : join(folder, 'out', 'main', 'cli.js'),
          solveWorker: fromSource
            ? join(folder, 'src-main', 'cli', 'solve-worker.ts')
            : join(folder, 'out', 'main', 'solve-worker.js'),
          worker: fromSource ? join(folder, 'src-main', 'jobs', 'worker.ts') : join(folder, 'out', 'main', 'worker.js'),
        };
      }
    }
    if (dirname(folder) === folder) throw new Error('the files of Peel are incomplete: its package.json was not found');
  }
}

/** The project folder to open: as given, else PEEL_PROJECT, else ~/Peel/default. */
export function projectFolder(given?: string): string {
  return resolve(given || process.env['PEEL_PROJECT'] || join(homedir(), 'Peel', 'default'));
}
