/** Files of runs: what is written comes back or is said to be damaged, and no name leads out of the folder. */
import { readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findArtifact, listArtifacts, readArtifact, writeArtifact } from '../../db/artifacts.ts';
import type { Project } from '../../db/project.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { add, freshFolder, open } from '../jobs/studio.ts';

let place: ReturnType<typeof freshFolder>;
let project: Project;
let id: number;

beforeEach(() => {
  place = freshFolder();
  project = open(place.folder);
  id = add(project, 'quick');
});
afterEach(() => {
  project.close();
  place.remove();
});

const write = (name: string, text: string): unknown =>
  writeArtifact(project, id, name, 'text/plain', Buffer.from(text));
const files = (): string[] => readdirSync(join(project.artifactsFolder, String(id)));

it('keeps the bytes with their digest', () => {
  write('weights (W).npz', 'abc');
  expect(listArtifacts(project, id)).toMatchObject([
    {
      name: 'weights (W).npz',
      mediaType: 'text/plain',
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
  ]);
  expect(readArtifact(project, id, 'weights (W).npz').toString()).toBe('abc');
});

it('replaces a file of the same name any number of times and leaves none behind', () => {
  for (const text of ['one', 'two', 'two', 'three', '']) {
    write('a.txt', text);
    expect(readArtifact(project, id, 'a.txt').toString()).toBe(text);
    expect(files()).toHaveLength(1);
  }
  write('A.TXT', 'other case');
  expect(listArtifacts(project, id).map((artifact) => artifact.name)).toEqual(['A.TXT']);
});

it.each([
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  '/etc/passwd',
  '.hidden',
  'a\0b',
  'a\nb',
  'con',
  'NUL.txt',
  'end.',
  'end ',
  'a:b',
  'a~b',
  'x'.repeat(201),
  'ü'.repeat(101),
])('refuses the name %j', (name) => {
  expect(() => write(name, 'x')).toThrow(InvalidInput);
  expect(() => files()).toThrow();
});

it('says when a file is missing, cut, changed or a link', () => {
  for (const [spoil, text] of [
    [(path: string) => rmSync(path), 'missing'],
    [(path: string) => writeFileSync(path, 'sho'), 'cut'],
    [(path: string) => writeFileSync(path, 'chang'), 'changed'],
    [(path: string) => (rmSync(path), symlinkSync(join(place.folder, 'peel.db'), path)), 'link'],
  ] as const) {
    write(`${text}.txt`, 'whole');
    spoil(join(project.artifactsFolder, String(id), `${text}.txt`));
    expect(() => readArtifact(project, id, `${text}.txt`)).toThrow(/not as it was written/);
    write(`${text}.txt`, 'whole');
    expect(readArtifact(project, id, `${text}.txt`).toString()).toBe('whole');
  }
  expect(() => findArtifact(project, id, 'never.txt')).toThrow(/has no file never.txt/);
});

it('stores nothing for a run that does not exist, or within a transaction', () => {
  expect(() => writeArtifact(project, 99, 'a.txt', 'text/plain', Buffer.from('x'))).toThrow();
  expect(() => project.write(() => write('a.txt', 'x'))).toThrow(/transaction/);
  expect(listArtifacts(project, id)).toEqual([]);
});
