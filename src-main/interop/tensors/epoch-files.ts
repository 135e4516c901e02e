/**
 * A folder of one feature file per epoch, in order of the last whole number in their names: `features-010.npz` is epoch 10.
 * A single file is epoch 0. Refuses names without a number and two files of one epoch.
 */
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { InvalidInput } from '../../parameters/specification.ts';

export interface EpochFile {
  readonly epoch: number;
  readonly path: string;
}

const kinds = new Set(['.npz', '.safetensors', '.csv']);

/** @throws InvalidInput naming the path */
export function epochFiles(path: string): readonly EpochFile[] {
  const refuse = (message: string): InvalidInput => new InvalidInput([{ field: 'file', value: path, message }]);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw refuse('no such file or folder');
  if (!stat.isDirectory()) return [{ epoch: 0, path }];
  const names = readdirSync(path);
  const files = names.filter((name) => kinds.has(extname(name).toLowerCase()));
  if (files.length === 0) {
    // Arrays side by side are one set of features.
    if (names.includes('features.npy')) return [{ epoch: 0, path }];
    throw refuse('the folder holds no .npz, .safetensors or .csv file and no features.npy');
  }
  const epochs = files.map((name) => {
    const number = /(\d+)\D*$/.exec(name.slice(0, -extname(name).length))?.[1];
    if (number === undefined && files.length > 1)
      throw refuse(`${name} names no epoch; with several files each name must hold its number, such as epoch-10.npz`);
    return { epoch: Number(number ?? 0), path: join(path, name), name };
  });
  epochs.sort((a, b) => a.epoch - b.epoch);
  epochs.forEach(({ epoch, name }, i) => {
    if (i > 0 && epochs[i - 1]!.epoch === epoch)
      throw refuse(`${epochs[i - 1]!.name} and ${name} are both of epoch ${epoch}`);
  });
  return epochs.map(({ epoch, path: file }) => ({ epoch, path: file }));
}
