/**
 * CIFAR-10 and CIFAR-100 in their binary version (https://www.cs.toronto.edu/~kriz/cifar.html): records of one label byte
 * (CIFAR-100: a coarse and a fine one) and 3,072 bytes, the red, green and blue planes of a 32×32 image.
 */
import { join } from 'node:path';
import type { Dataset, Split } from '../types.ts';
import { isFolder, listFolder, originOf, readDataFile, type DataFile } from './files.ts';
import { refusal } from './refusal.ts';
import { heldOut } from './split.ts';

const SIDE = 32;
const PIXELS = SIDE * SIDE;

interface Variant {
  readonly labelBytes: number;
  readonly classes: number;
  readonly train: RegExp;
  readonly test: RegExp;
  readonly names: string;
}

const variants: Readonly<Record<'cifar-10' | 'cifar-100', Variant>> = {
  'cifar-10': {
    labelBytes: 1,
    classes: 10,
    train: /^data_batch_\d+\.bin(\.gz)?$/,
    test: /^test_batch\.bin(\.gz)?$/,
    names: 'batches.meta.txt',
  },
  'cifar-100': {
    labelBytes: 2,
    classes: 100,
    train: /^train\.bin(\.gz)?$/,
    test: /^test\.bin(\.gz)?$/,
    names: 'fine_label_names.txt',
  },
};

/** @throws InvalidInput naming the folder or the file, and the record at fault */
export function openCifar(path: string, which: 'cifar-10' | 'cifar-100', testShare: number, seed: number): Dataset {
  if (!isFolder(path)) throw refusal('path', path, `must be the folder of ${which}'s binary files`);
  const variant = variants[which];
  const names = listFolder(path);
  const read = (pattern: RegExp): DataFile[] =>
    names.filter((name) => pattern.test(name)).map((name) => readDataFile(join(path, name)));
  const [train, test] = [read(variant.train), read(variant.test)];
  if (train.length === 0)
    throw refusal('path', path, `holds no ${which === 'cifar-10' ? 'data_batch_1.bin' : 'train.bin'}`);
  const whole = records(train, variant);
  const splits = test.length > 0 ? { train: whole, test: records(test, variant) } : heldOut(whole, testShare, seed);
  return {
    name: which,
    classes: classNames(path, names, variant),
    shape: { height: SIDE, width: SIDE, channels: 3 },
    ...splits,
    origin: originOf([...train, ...test]),
  };
}

function records(files: readonly DataFile[], { labelBytes, classes }: Variant): Split {
  const size = labelBytes + 3 * PIXELS;
  for (const { path, bytes } of files)
    if (bytes.length === 0 || bytes.length % size !== 0)
      throw refusal('path', path, `has ${bytes.length} bytes, which is no multiple of the ${size} bytes of a record`);
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / size, 0);
  const inputs = new Uint8Array(count * 3 * PIXELS);
  const labels = new Int32Array(count);
  let at = 0;
  for (const { path, bytes } of files)
    for (let record = 0; record < bytes.length / size; record++, at++) {
      const start = record * size;
      const label = bytes[start + labelBytes - 1]!;
      if (label >= classes)
        throw refusal('path', path, `record ${record} has label ${label}; labels are 0 to ${classes - 1}`);
      labels[at] = label;
      const planes = start + labelBytes;
      for (let pixel = 0; pixel < PIXELS; pixel++)
        for (let channel = 0; channel < 3; channel++)
          inputs[(at * PIXELS + pixel) * 3 + channel] = bytes[planes + channel * PIXELS + pixel]!;
    }
  return { inputs, labels };
}

/** The names beside the data where there are as many as classes, else numbers. */
function classNames(path: string, names: readonly string[], { classes, names: file }: Variant): readonly string[] {
  const listed = names.includes(file)
    ? new TextDecoder()
        .decode(readDataFile(join(path, file)).bytes)
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean)
    : [];
  return listed.length === classes ? listed : Array.from({ length: classes }, (_, k) => String(k));
}
