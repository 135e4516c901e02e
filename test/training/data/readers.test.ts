/** Readers of data sets: real files by facts about them, small ones byte by byte, and what is wrong named with its place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataset, type DatasetSpecification } from '../../../src-main/training/data/open.ts';
import { InvalidInput } from '../../../src-main/parameters/specification.ts';
import { cifar, haveCifar, haveMnist, mnist } from './shared-data.ts';

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'peel-data-'))));
afterAll(() => rmSync(folder, { recursive: true }));

type Files = Extract<DatasetSpecification, { path: string }>;
const files = (source: Files['source'], path: string, changes: Partial<Files> = {}): Files => ({
  source,
  path,
  testShare: 0.2,
  side: null,
  colour: 'rgb',
  seed: 1,
  ...changes,
});
const wrong = async (specification: DatasetSpecification) => {
  const error: unknown = await openDataset(specification).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).issues[0]!;
};

function idx(shape: readonly number[], data: ArrayLike<number>, type = 8): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head[2] = type;
  head[3] = shape.length;
  shape.forEach((length, i) => head.writeUInt32BE(length, 4 + 4 * i));
  return Buffer.concat([head, Buffer.from(Array.from(data))]);
}

describe('IDX', () => {
  it.skipIf(!haveMnist)('reads the MNIST test images: their number and the published class sizes', async () => {
    const { shape, classes, train, test, origin } = await openDataset(files('idx', mnist));
    expect(shape).toEqual({ height: 28, width: 28, channels: 1 });
    expect(classes).toHaveLength(10);
    expect(train.labels.length + test!.labels.length).toBe(10_000);
    // Published class sizes of the MNIST test set.
    const sizes = new Array<number>(10).fill(0);
    for (const label of [...train.labels, ...test!.labels]) sizes[label]!++;
    expect(sizes).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect(origin).toMatch(/t10k-images-idx3-ubyte\.gz \(sha256 [0-9a-f]{64}\)/);
  });

  it('keeps train and test files apart, gzip or not', async () => {
    mkdirSync(at('pairs'));
    writeFileSync(at('pairs', 'train-images-idx3-ubyte'), idx([3, 1, 2], [1, 2, 3, 4, 5, 6]));
    writeFileSync(at('pairs', 'train-labels-idx1-ubyte'), idx([3], [0, 1, 1]));
    writeFileSync(at('pairs', 't10k-images-idx3-ubyte.gz'), gzipSync(idx([1, 1, 2], [7, 8])));
    writeFileSync(at('pairs', 't10k-labels-idx1-ubyte.gz'), gzipSync(idx([1], [1])));
    const { train, test } = await openDataset(files('idx', at('pairs')));
    expect([...train.inputs]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...train.labels]).toEqual([0, 1, 1]);
    expect([...test!.inputs]).toEqual([7, 8]);
  });

  it('names what is wrong', async () => {
    mkdirSync(at('broken'));
    const images = at('broken', 'images-idx3-ubyte');
    writeFileSync(images, idx([2, 1, 2], [1, 2, 3]));
    expect((await wrong(files('idx', at('broken')))).message).toMatch(/labels-idx1-ubyte is missing/);
    writeFileSync(at('broken', 'labels-idx1-ubyte'), idx([2], [0, 1]));
    expect(await wrong(files('idx', at('broken')))).toMatchObject({ value: images });
    expect((await wrong(files('idx', at('broken')))).message).toMatch(/2×1×2 = 4 bytes.*holds 3/);
    writeFileSync(images, idx([2, 1, 2], [1, 2, 3, 4], 0x0d));
    expect((await wrong(files('idx', at('broken')))).message).toMatch(/type 0x0d/);
    writeFileSync(images, gzipSync(idx([2, 1, 2], [1, 2, 3, 4])).subarray(0, 20));
    expect((await wrong(files('idx', at('broken')))).message).toMatch(/damaged or cut short/);
    writeFileSync(images, 'hello');
    expect((await wrong(files('idx', at('broken')))).message).toMatch(/no IDX file/);
    expect((await wrong(files('idx', at('nowhere')))).message).toMatch(/must be a folder/);
    expect((await wrong(files('idx', ' '))).field).toBe('path');
    writeFileSync(images, idx([0, 1, 2], []));
    writeFileSync(at('broken', 'labels-idx1-ubyte'), idx([0], []));
    expect(await wrong(files('idx', at('broken')))).toMatchObject({ value: images, message: 'holds no images' });
  });

  it('takes a test set only of the same size, and counts its labels among the classes', async () => {
    mkdirSync(at('test'));
    const write = (prefix: string, shape: readonly number[], labels: readonly number[]): void => {
      const images = idx(shape, new Array(shape.reduce((a, b) => a * b)).fill(0));
      writeFileSync(at('test', `${prefix}images-idx3-ubyte`), images);
      writeFileSync(at('test', `${prefix}labels-idx1-ubyte`), idx([labels.length], labels));
    };
    write('train-', [2, 2, 2], [0, 1]);
    write('t10k-', [1, 2, 2], [3]);
    expect((await openDataset(files('idx', at('test')))).classes).toEqual(['0', '1', '2', '3']);
    write('t10k-', [1, 3, 2], [0]);
    expect(await wrong(files('idx', at('test')))).toMatchObject({
      value: at('test', 't10k-images-idx3-ubyte'),
      message: expect.stringMatching(/images of 3×2.*have 2×2/),
    });
  });
});

describe('CIFAR', () => {
  it.skipIf(!haveCifar)('reads the binary version: sizes, names, class balance', async () => {
    const { shape, classes, train, test } = await openDataset(files('cifar-10', cifar));
    expect(shape).toEqual({ height: 32, width: 32, channels: 3 });
    expect(classes.slice(0, 3)).toEqual(['airplane', 'automobile', 'bird']);
    for (const [split, perClass] of [
      [train, 1000],
      [test!, 200],
    ] as const) {
      const sizes = new Array<number>(10).fill(0);
      for (const label of split.labels) sizes[label]!++;
      expect(sizes).toEqual(new Array(10).fill(perClass));
    }
  });

  it('turns planes into pixels, and takes the fine label of CIFAR-100', async () => {
    mkdirSync(at('c100'));
    const record = Buffer.alloc(2 + 3072);
    record[0] = 19;
    record[1] = 42;
    record
      .fill(10, 2, 2 + 1024)
      .fill(20, 2 + 1024, 2 + 2048)
      .fill(30, 2 + 2048);
    record[2 + 5] = 11;
    writeFileSync(at('c100', 'train.bin'), Buffer.concat([record, record]));
    const { train } = await openDataset(files('cifar-100', at('c100'), { testShare: 0 }));
    expect([...train.labels]).toEqual([42, 42]);
    expect([...train.inputs.subarray(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
    expect([...train.inputs.subarray(15, 18)]).toEqual([11, 20, 30]);
    writeFileSync(at('c100', 'train.bin'), record.subarray(0, 3000));
    expect((await wrong(files('cifar-100', at('c100')))).message).toMatch(/3000 bytes.*3074/);
  });

  it('names a label that is none', async () => {
    mkdirSync(at('c10'));
    const record = Buffer.alloc(3073);
    writeFileSync(at('c10', 'data_batch_1.bin'), Buffer.concat([record, Buffer.alloc(3073, 200)]));
    expect((await wrong(files('cifar-10', at('c10')))).message).toMatch(/record 1 has label 200/);
  });
});

describe('image folders', () => {
  const square = (colour: { r: number; g: number; b: number }, side = 4) =>
    sharp({ create: { width: side, height: side, channels: 3, background: colour } });

  it('reads PNG and JPEG by class, resized and in colour or grey', async () => {
    mkdirSync(at('images', 'blue'), { recursive: true });
    mkdirSync(at('images', 'red'));
    await square({ r: 0, g: 0, b: 255 })
      .png()
      .toFile(at('images', 'blue', 'a.png'));
    await square({ r: 255, g: 0, b: 0 }, 8)
      .jpeg({ quality: 100 })
      .toFile(at('images', 'red', 'b.jpg'));
    writeFileSync(at('images', 'red', '.hidden.png'), '');
    const set = await openDataset(files('images', at('images'), { side: 2, testShare: 0 }));
    expect(set.classes).toEqual(['blue', 'red']);
    expect([...set.train.labels]).toEqual([0, 1]);
    expect([...set.train.inputs.subarray(0, 6)]).toEqual([0, 0, 255, 0, 0, 255]);
    expect(set.train.inputs[12]).toBeGreaterThan(250);
    const grey = await openDataset(files('images', at('images'), { side: 2, colour: 'grey', testShare: 0 }));
    expect(grey.shape.channels).toBe(1);
    expect(grey.train.inputs).toHaveLength(8);
  });

  it('asks for a side where images differ in size', async () => {
    expect(await wrong(files('images', at('images')))).toMatchObject({
      value: at('images', 'red', 'b.jpg'),
      message: expect.stringMatching(/8×8 pixels, the first image has 4×4; give the side/),
    });
  });

  it('names an image that cannot be read', async () => {
    writeFileSync(at('images', 'red', 'c.png'), 'no picture');
    const resized = files('images', at('images'), { side: 4 });
    expect(await wrong(resized)).toMatchObject({ value: at('images', 'red', 'c.png') });
    writeFileSync(at('images', 'blue', 'a.png'), 'nor this');
    for (const specification of [resized, files('images', at('images'))])
      expect(await wrong(specification)).toMatchObject({ value: at('images', 'blue', 'a.png') });
  });
});

describe('arrays', () => {
  it('names the file by the field of the form, and what is wrong in it', async () => {
    writeFileSync(at('ragged.csv'), 'label,a\n0,1\n1\n');
    expect(await wrong(files('arrays', at('ragged.csv')))).toEqual({
      field: 'path',
      value: at('ragged.csv'),
      message: 'line 3 has 1 columns, the first has 2',
    });
    writeFileSync(at('nan.csv'), 'label,a\n0,1\n1,nan\n');
    expect((await wrong(files('arrays', at('nan.csv')))).message).toMatch(/sample 1, feature 0 is NaN/);
  });

  it('of one class alone are nothing to train on', async () => {
    writeFileSync(at('one.csv'), 'label,a\n0,1\n0,2\n');
    expect(await wrong(files('arrays', at('one.csv')))).toMatchObject({
      field: 'path',
      message: expect.stringMatching(/two or more/),
    });
  });

  it('leave a sample of every class to train on, whatever share is held out', async () => {
    writeFileSync(at('few.csv'), 'label,a\n0,1\n0,2\n1,3\n1,4\n2,5\n');
    const { train } = await openDataset(files('arrays', at('few.csv'), { testShare: 0.9 }));
    expect([...train.labels].sort()).toEqual([0, 1, 2]);
  });
});

describe('generated sets', () => {
  const options = { classes: 4, samplesPerClass: 40, dimension: 30, separation: 6, seed: 3 };

  it('are functions of their seed', async () => {
    for (const source of ['gaussian', 'random-labels', 'gratings'] as const) {
      const [a, b, c] = await Promise.all(
        [3, 3, 4].map((seed) => openDataset({ source, ...options, dimension: source === 'gratings' ? 8 : 30, seed })),
      );
      expect(a!.train.inputs).toEqual(b!.train.inputs);
      expect(a!.train.inputs).not.toEqual(c!.train.inputs);
      expect(a!.train.labels).toHaveLength(160);
      expect(a!.test!.labels).toHaveLength(40);
    }
  });

  it('clusters lie as far apart as asked, with unit noise', async () => {
    const { train } = await openDataset({ source: 'gaussian', ...options, dimension: 200, samplesPerClass: 400 });
    const mean = (k: number): number[] =>
      Array.from({ length: 200 }, (_, j) => {
        let sum = 0;
        for (let i = k * 400; i < (k + 1) * 400; i++) sum += train.inputs[i * 200 + j]!;
        return sum / 400;
      });
    const [a, b] = [mean(0), mean(1)];
    const distance = Math.hypot(...a.map((x, j) => x - b[j]!));
    // Two random directions in 200 dimensions are orthogonal up to 1/√200; the means carry noise of √(2·200/400).
    expect(distance).toBeGreaterThan(5);
    expect(distance).toBeLessThan(7);
  });
});
