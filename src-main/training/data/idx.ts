/**
 * The IDX format of MNIST and Fashion-MNIST (http://yann.lecun.com/exdb/mnist, "FILE FORMATS"): two zero bytes, a type, the
 * number of axes, their lengths big-endian, the elements. Reads unsigned bytes, the only type these data come in.
 */
import { join } from 'node:path';
import type { Dataset, Split } from '../types.ts';
import { isFolder, listFolder, originOf, readDataFile, type DataFile } from './files.ts';
import { refusal } from './refusal.ts';
import { heldOut } from './split.ts';

interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** @throws InvalidInput naming the file and what of its header is wrong */
export function readIdx({ path, bytes }: DataFile): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0)
    throw refusal('path', path, 'is no IDX file: it does not start with two zero bytes');
  if (bytes[2] !== 0x08)
    throw refusal(
      'path',
      path,
      `holds IDX elements of type 0x${bytes[2]!.toString(16).padStart(2, '0')}; only unsigned bytes (0x08) are read`,
    );
  const axes = bytes[3]!;
  const start = 4 + 4 * axes;
  if (axes === 0 || bytes.length < start) throw refusal('path', path, `ends within its header of ${axes} axes`);
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((a, b) => a * b, 1);
  if (bytes.length !== start + count)
    throw refusal(
      'path',
      path,
      `should hold ${shape.join('×')} = ${count} bytes after its header, and holds ${bytes.length - start}`,
    );
  return { shape, data: bytes.subarray(start) };
}

const IMAGES = /^(.*?)images[-.]?idx3[-.]ubyte(\.gz)?$/;

/**
 * A folder with `…images-idx3-ubyte` and `…labels-idx1-ubyte` files, gzip or not: `train-` and `t10k-` pairs, or one pair,
 * of which `testShare` is held out by `seed`.
 */
export function openIdx(path: string, testShare: number, seed: number): Dataset {
  if (!isFolder(path)) throw refusal('path', path, 'must be a folder with IDX files of images and labels');
  const names = listFolder(path);
  const pairs = names.flatMap((name) => {
    const prefix = IMAGES.exec(name)?.[1];
    return prefix === undefined ? [] : [{ prefix, images: name }];
  });
  if (pairs.length === 0)
    throw refusal('path', path, 'holds no file like train-images-idx3-ubyte or train-images-idx3-ubyte.gz');
  const read = new Map(pairs.map((pair) => [pair.prefix, readPair(path, names, pair)]));
  const train = read.get('train-') ?? [...read.values()][0]!;
  const test = read.get('t10k-') ?? read.get('test-');
  const own = test && test !== train ? test : null;
  const [, height, width] = train.shape as [number, number, number];
  if (own !== null && (own.shape[1] !== height || own.shape[2] !== width))
    throw refusal(
      'path',
      own.files[0]!.path,
      `holds images of ${own.shape.slice(1).join('×')}, those to train on have ${height}×${width}`,
    );
  const splits = own ? { train: train.split, test: own.split } : heldOut(train.split, testShare, seed);
  const K = 1 + Math.max(...[train, ...(own ? [own] : [])].map(({ split }) => largest(split.labels)));
  return {
    name: path.split(/[\\/]/).filter(Boolean).at(-1)!,
    classes: Array.from({ length: K }, (_, k) => String(k)),
    shape: { height, width, channels: 1 },
    ...splits,
    origin: originOf([...read.values()].flatMap(({ files }) => files)),
  };
}

const largest = (labels: Int32Array): number => labels.reduce((most, label) => Math.max(most, label), 0);

function readPair(folder: string, names: readonly string[], { prefix, images }: { prefix: string; images: string }) {
  const labels = names.find((name) => name.startsWith(`${prefix}labels`) && /idx1[-.]ubyte(\.gz)?$/.test(name));
  if (labels === undefined)
    throw refusal('path', join(folder, images), `has no labels beside it: ${prefix}labels-idx1-ubyte is missing`);
  const files = [readDataFile(join(folder, images)), readDataFile(join(folder, labels))];
  const [image, label] = files.map(readIdx) as [IdxArray, IdxArray];
  if (image.shape.length !== 3) throw refusal('path', files[0]!.path, `has ${image.shape.length} axes; images have 3`);
  if (image.data.length === 0) throw refusal('path', files[0]!.path, 'holds no images');
  if (label.shape.length !== 1 || label.shape[0] !== image.shape[0])
    throw refusal('path', files[1]!.path, `has shape ${label.shape.join('×')} for ${image.shape[0]} images`);
  const split: Split = { inputs: image.data, labels: Int32Array.from(label.data) };
  return { files, shape: image.shape, split };
}
