/**
 * The shape of the code: which folder may import which, what stays free of Node and Electron, how long files are, and
 * that each says what it is for. A rule that gets in the way is changed here, on purpose, not worked around.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, extname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = dirname(import.meta.dirname);

interface Import {
  readonly from: string;
  /** A path from the root for our own modules, else the package's specifier. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(path) : [path];
  });
}

const CODE = new Set(['.ts', '.svelte', '.mjs', '.js']);
const files = ['src-main', 'src-renderer', 'db', 'scripts', 'bin', 'bench', 'test'].flatMap(walk);
const code = files.filter((file) => CODE.has(extname(file)));
const source = code.filter((file) => !file.startsWith('test/') && !file.startsWith('bench/'));
const textOf = new Map(
  files
    .filter((file) => CODE.has(extname(file)) || /\.(sql|css)$/.test(file))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
);

const STATEMENT =
  /^\s*(?:import|export)\s+(type\s)?([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  return [...(textOf.get(file) ?? '').matchAll(STATEMENT)].map(([, type, names, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    const named = /^\{([^}]*)\}$/
      .exec(names?.trim() ?? '')?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    const typeOnly =
      type !== undefined ||
      (named !== undefined && named.length > 0 && named.every((name) => name.startsWith('type ')));
    const to = specifier.startsWith('.')
      ? relative(root, normalize(join(root, dirname(file), specifier)))
          .split(sep)
          .join('/')
      : specifier;
    return { from: file, to, typeOnly };
  });
}

const imports = source.flatMap(importsOf);

/** The part of the program a file belongs to: a folder of src-main, `shell` for its entry points, db, or src-renderer. */
function partOf(path: string): string | null {
  const [top, second] = path.split('/');
  if (top === 'db' || top === 'src-renderer' || top === 'scripts' || top === 'bin') return top;
  if (top !== 'src-main') return null;
  // The loopback server is a host like the window, and `peel serve` starts it too.
  if (second === 'headless.ts') return 'host';
  return path.split('/').length === 2 ? 'shell' : (second ?? null);
}

/** What each part may import besides itself. Types of api/contract.ts are everyone's: they are the common language. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  numerics: [],
  parameters: [],
  lpm: ['numerics', 'parameters'],
  models: ['numerics', 'parameters', 'lpm'],
  collapse: ['numerics', 'parameters', 'lpm', 'models'],
  charts: ['numerics', 'parameters', 'lpm'],
  claims: ['numerics', 'parameters', 'lpm', 'models', 'charts'],
  interop: ['numerics', 'parameters', 'lpm', 'models', 'collapse'],
  training: ['numerics', 'parameters', 'lpm', 'models', 'collapse', 'interop'],
  reports: ['numerics', 'parameters', 'lpm', 'models', 'collapse', 'charts', 'claims'],
  db: ['parameters'],
  jobs: ['numerics', 'parameters', 'lpm', 'models', 'claims', 'charts', 'collapse', 'training', 'interop', 'db'],
  doctor: ['training'],
  api: ['parameters', 'lpm', 'models', 'claims', 'charts', 'interop', 'reports', 'jobs', 'doctor', 'db'],
  host: ['api', 'jobs', 'db'],
  cli: ['parameters', 'lpm', 'models', 'claims', 'collapse', 'charts', 'interop', 'reports', 'jobs', 'doctor', 'api', 'host', 'db'],
  shell: ['parameters', 'api', 'jobs', 'doctor', 'host', 'cli'],
  'src-renderer': ['numerics', 'parameters', 'lpm', 'models', 'charts'],
  scripts: [],
  bin: ['scripts'],
};

const PURE = ['numerics', 'parameters', 'lpm', 'models', 'claims', 'collapse', 'charts'];
const SHELL = ['src-main/main.ts', 'src-main/window.ts', 'src-main/scheme.ts', 'src-main/utility.ts'];
const where = (found: readonly Import[]): string[] => found.map(({ from, to }) => `${from} -> ${to}`);

describe('arrows', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(source.length);
    expect(imports.filter(({ typeOnly }) => typeOnly).length).toBeGreaterThan(50);
  });

  it('point one way between the parts of the program', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [part, target] = [partOf(from), partOf(to)];
      if (part === null || target === null || part === target) return false;
      if (to === 'src-main/api/contract.ts' && typeOnly) return false;
      if (part === 'src-renderer' && target === 'api' && typeOnly) return false;
      return !(ARROWS[part] ?? []).includes(target);
    });
    expect(where(wrong)).toEqual([]);
  });

  it('cover every part of the program', () => {
    const unknown = source.map(partOf).filter((part) => part === null || !(part in ARROWS));
    expect(unknown).toEqual([]);
  });

  it('never lead from the program into its tests, benchmarks or scripts', () => {
    expect(where(imports.filter(({ to }) => /^(test|bench)\//.test(to)))).toEqual([]);
  });
});

describe('purity', () => {
  it('keeps the pure folders free of Node', () => {
    const wrong = imports.filter(({ from, to }) => PURE.includes(partOf(from) ?? '') && to.startsWith('node:'));
    expect(where(wrong)).toEqual([]);
    const globals = source.filter(
      (file) => PURE.includes(partOf(file) ?? '') && /\b(process\.|Buffer\b|require\()/.test(withoutComments(file)),
    );
    expect(globals).toEqual([]);
  });

  it('keeps numerics, lpm, models and claims free of packages', () => {
    const wrong = imports.filter(
      ({ from, to }) => ['numerics', 'lpm', 'models', 'claims'].includes(partOf(from) ?? '') && !to.startsWith('src-main/'),
    );
    expect(where(wrong)).toEqual([]);
  });

  it('keeps Electron in the shell', () => {
    expect(where(imports.filter(({ from, to }) => to === 'electron' && !SHELL.includes(from)))).toEqual([]);
  });

  it('keeps Node, Electron and the database out of the page', () => {
    const wrong = imports.filter(
      ({ from, to }) => partOf(from) === 'src-renderer' && /^(node:|electron$|better-sqlite3|db\/)/.test(to),
    );
    expect(where(wrong)).toEqual([]);
  });

  it('keeps the scripts free of packages: they run before anything is installed', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^(scripts|bin)$/.test(partOf(from) ?? '') && !/^(node:|scripts\/)/.test(to),
    );
    expect(where(wrong.filter(({ from }) => !from.includes('bench')))).toEqual([]);
  });
});

describe('files', () => {
  const lines = (file: string): number => (textOf.get(file) ?? '').split('\n').length;

  it('are at most 500 lines long', () => {
    expect(code.filter((file) => lines(file) > 500)).toEqual([]);
  });

  it('have a median length of at most 120 lines', () => {
    const lengths = source.map(lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
  });

  it('start with a comment that says what they are for', () => {
    const opening = /^(#!.*\n)?\s*(\/\*|\/\/|<!--|--|<script[^>]*>\s*(\/\*|\/\/))/;
    expect([...textOf].filter(([, text]) => !opening.test(text)).map(([file]) => file)).toEqual([]);
  });
});

function withoutComments(file: string): string {
  return (textOf.get(file) ?? '').replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
