/** Which chosen or dropped files make one measurement, and what is said of those that do not. */
import { describe, expect, it } from 'vitest';
import { checkArtifactName } from '../../db/artifact-name.ts';
import { epochOf, featureSet, MOST_BYTES, storedName, type GivenFile } from '../../src-renderer/text/feature-set.ts';

const file = (name: string, folder: string | null = null, size = 10): GivenFile => ({ name, folder, size });

describe('a set', () => {
  it('is one file', () => {
    expect(featureSet([file('last layer.npz')])).toMatchObject({
      name: 'last layer.npz',
      measure: 'file',
      files: [{ as: 'last layer.npz' }],
    });
  });

  it('is one file per epoch, in a folder or not', () => {
    const names = ['epoch-1.npz', 'epoch-10.npz', 'epoch-100.npz'];
    expect(featureSet(names.map((name) => file(name)))).toMatchObject({ name: 'epoch', measure: 'folder' });
    const others = [file('.DS_Store', 'run 7'), file('log.txt', 'run 7'), file('labels.npy', 'run 7')];
    const set = featureSet([...names.map((name) => file(name, 'run 7')), ...others]);
    expect(set).toMatchObject({ name: 'run 7', measure: 'folder' });
    expect(typeof set === 'string' ? [] : set.files.map(({ as }) => as)).toEqual(names);
  });

  it('is arrays side by side', () => {
    const set = featureSet(['features.npy', 'labels.npy', 'weights.npy', 'notes.npy'].map((name) => file(name)));
    expect(set).toMatchObject({ name: 'features', measure: 'folder' });
    expect(typeof set === 'string' ? 0 : set.files.length).toBe(3);
  });
});

describe('a refusal', () => {
  it.each([
    [[file('model.pt')], /^model\.pt cannot be measured: give \.npz/],
    [[file('a.npz'), file('b.txt')], /^b\.txt cannot/],
    [[file('features.npy')], /^labels\.npy is missing/],
    [[file('labels.npy'), file('other.npy')], /^features\.npy is missing/],
    [[file('a.npz'), file('features.npy'), file('labels.npy')], /one kind/],
    [[file('first.npz'), file('epoch-2.npz')], /^first\.npz names no epoch/],
    [[file('a-2.npz'), file('b-02.npz')], /^a-2\.npz and b-02\.npz are both of epoch 2/],
    [[file('a.npz', null, 0)], /^a\.npz is empty/],
    [[file('a.npz', null, MOST_BYTES + 1)], /^a\.npz has 8\.59 GB/],
    [[file('readme.md', 'docs')], /^The folder docs holds nothing/],
    [[], /No file/],
  ])('says by name what is wrong: %#', (files, words) => {
    expect(featureSet(files)).toMatch(words);
  });
});

it('an epoch is the last whole number of the name, as on the command line', () => {
  expect(epochOf('features-010.npz')).toBe(10);
  expect(epochOf('run2_epoch35_last.npz')).toBe(35);
  expect(epochOf('features.npz')).toBe(null);
});

it('stored names are such as the project takes, and keep number and extension', () => {
  for (const name of [
    'a#1?.npz',
    '../../x-3.npz',
    ' con',
    'NUL.csv',
    '…',
    'é~ü 12.safetensors',
    `${'x'.repeat(300)}-7.npz`,
    '..',
  ])
    expect(checkArtifactName(storedName(name))).toBe(storedName(name));
  expect(storedName('a#1?.npz')).toBe('a_1_.npz');
  expect(storedName('ordinary (2), a=1.npz')).toBe('ordinary (2), a=1.npz');
  expect(storedName(`${'x'.repeat(300)}-7.npz`)).toMatch(/x-7\.npz$/);
});
