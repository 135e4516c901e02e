/**
 * Images in folders by class: CLASS/*.png, or train/CLASS/… and test/CLASS/…. PNG, JPEG, WebP, GIF and TIFF through sharp;
 * every image is brought to grey or colour and, where a side is given, to one size. Follows no links out of the folder; hidden files are passed over.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import type { Dataset, ImageShape, Split } from '../types.ts';
import { isFolder, listFolder } from './files.ts';
import { refusal } from './refusal.ts';
import { heldOut } from './split.ts';

const KINDS = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff']);

export interface ImageFolderOptions {
  /** Side of the square that images are resized to; null: the first image's own size, which all must have. */
  readonly side: number | null;
  readonly colour: 'grey' | 'rgb';
  readonly testShare: number;
  readonly seed: number;
}

/** @throws InvalidInput naming the folder or the image at fault */
export async function openImageFolder(path: string, options: ImageFolderOptions): Promise<Dataset> {
  if (!isFolder(path)) throw refusal('path', path, 'must be a folder of one folder per class');
  const parts = listFolder(path);
  const divided = parts.includes('train') && isFolder(join(path, 'train', firstFolder(join(path, 'train')) ?? ''));
  const trainFolder = divided ? join(path, 'train') : path;
  const testName = divided ? ['test', 'val', 'validation'].find((name) => parts.includes(name)) : undefined;
  const classes = listFolder(trainFolder).filter((name) => !name.startsWith('.') && isFolder(join(trainFolder, name)));
  if (classes.length < 2)
    throw refusal('path', trainFolder, `holds ${classes.length} folders of classes; at least 2 are needed`);
  const shape = await commonShape(trainFolder, classes, options);
  const resized = options.side !== null;
  const digest = createHash('sha256');
  const train = await readImages(trainFolder, classes, shape, resized, digest);
  const splits =
    testName === undefined
      ? heldOut(train, options.testShare, options.seed)
      : { train, test: await readImages(join(path, testName), classes, shape, resized, digest) };
  const name = path.split(/[\\/]/).filter(Boolean).at(-1)!;
  return {
    name,
    classes,
    shape,
    ...splits,
    origin: `image folder ${name} (sha256 of its files in order ${digest.digest('hex')})`,
  };
}

function firstFolder(path: string): string | undefined {
  return isFolder(path) ? listFolder(path).find((name) => isFolder(join(path, name))) : undefined;
}

function imagesOf(folder: string): string[] {
  return listFolder(folder)
    .filter(
      (name) =>
        !name.startsWith('.') && KINDS.has(extname(name).toLowerCase()) && statSync(join(folder, name)).isFile(),
    )
    .map((name) => join(folder, name));
}

async function commonShape(
  root: string,
  classes: readonly string[],
  { side, colour }: ImageFolderOptions,
): Promise<ImageShape> {
  const channels = colour === 'grey' ? 1 : 3;
  if (side !== null) return { height: side, width: side, channels };
  const first = classes.flatMap((name) => imagesOf(join(root, name)))[0];
  if (first === undefined) throw refusal('path', root, 'holds no image in the folders of its classes');
  const { width, height } = await sizeOf(first, readFileSync(first));
  return { height, width, channels };
}

async function sizeOf(file: string, bytes: Uint8Array): Promise<{ readonly width: number; readonly height: number }> {
  try {
    return await sharp(bytes).metadata();
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, error: unknown): Error =>
  refusal('path', file, `is no image that can be read: ${(error as Error).message}`);

async function readImages(
  root: string,
  classes: readonly string[],
  shape: ImageShape,
  resized: boolean,
  digest: ReturnType<typeof createHash>,
): Promise<Split> {
  const files = classes.flatMap((name, label) =>
    isFolder(join(root, name)) ? imagesOf(join(root, name)).map((file) => ({ file, label })) : [],
  );
  if (files.length === 0) throw refusal('path', root, 'holds no image in the folders of its classes');
  const size = shape.height * shape.width * shape.channels;
  const inputs = new Uint8Array(files.length * size);
  for (const [i, { file }] of files.entries()) {
    const bytes = readFileSync(file);
    digest.update(bytes);
    if (!resized) await checkSize(file, bytes, shape);
    inputs.set(await pixels(file, bytes, shape), i * size);
  }
  return { inputs, labels: Int32Array.from(files, ({ label }) => label) };
}

async function checkSize(file: string, bytes: Uint8Array, { height, width }: ImageShape): Promise<void> {
  const size = await sizeOf(file, bytes);
  if (size.width !== width || size.height !== height)
    throw refusal(
      'path',
      file,
      `has ${size.width}×${size.height} pixels, the first image has ${width}×${height}; give the side to which all are resized`,
    );
}

async function pixels(file: string, bytes: Uint8Array, { height, width, channels }: ImageShape): Promise<Uint8Array> {
  try {
    return await sharp(bytes)
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: '#000' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
  } catch (error) {
    throw unreadable(file, error);
  }
}
