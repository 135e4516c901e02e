/** Features from files: every format gives the same measurement, and what is wrong is named with its place. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measure } from '../../src-main/collapse/measure.ts';
import { epochFiles } from '../../src-main/interop/tensors/epoch-files.ts';
import { openFeatureFile } from '../../src-main/interop/tensors/feature-file.ts';
import { writeNpy } from '../../src-main/interop/npy.ts';
import { writeNpz } from '../../src-main/interop/npz.ts';
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { classifierOf, options, sample, sourceOf } from '../collapse/samples.ts';
import {
  arraysOf,
  writeCsv,
  writeDeflatedNpz,
  writeNpyFolder,
  writeSafetensors,
  writeStoredNpz,
} from './feature-files.ts';

const drawn = sample([40, 25, 8], 6, { seed: 3 });
let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'peel-features-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function measured(path: string, classes: number | null = null) {
  const file = openFeatureFile(path, classes);
  try {
    return await measure(file.source, file.classifier, options(file.classes));
  } finally {
    file.close();
  }
}

describe('the same features', () => {
  it.each([
    ['a stored .npz', 'stored.npz', writeStoredNpz],
    ['a deflated .npz', 'deflated.npz', writeDeflatedNpz],
    ['a folder of .npy files', 'arrays', writeNpyFolder],
    ['a .safetensors file', 'one.safetensors', (path: string) => writeSafetensors(path, arraysOf(drawn))],
  ])('from %s', async (_, name, write) => {
    write(at(name), drawn);
    const expected = await measure(sourceOf(drawn), classifierOf(drawn), options(3));
    expect((await measured(at(name))).metrics).toEqual(expected.metrics);
  });

  it('from one .npy file and its siblings', async () => {
    writeNpyFolder(at('siblings'), drawn);
    const expected = await measure(sourceOf(drawn), classifierOf(drawn), options(3));
    expect((await measured(join(at('siblings'), 'features.npy'))).metrics).toEqual(expected.metrics);
  });

  it.each([true, false])('from a .csv file, with a head: %s', async (head) => {
    writeCsv(at('features.csv'), drawn, head);
    const expected = await measure(sourceOf(drawn), null, options(3));
    expect((await measured(at('features.csv'))).metrics).toEqual(expected.metrics);
  });

  it('from an array in column-major order', async () => {
    const { features } = arraysOf(drawn);
    const [N, d] = features!.shape as [number, number];
    const columns = {
      shape: [N, d],
      data: (features!.data as Float64Array).map((_, at) => drawn.features[at % N]![Math.floor(at / N)]!),
    };
    const bytes = writeNpy(columns);
    const text = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
    bytes.set(new TextEncoder().encode("'fortran_order': True, "), text.indexOf("'fortran_order': False,"));
    writeNpyFolder(at('columns'), drawn);
    writeFileSync(join(at('columns'), 'features.npy'), bytes);
    const expected = await measure(sourceOf(drawn), classifierOf(drawn), options(3));
    expect((await measured(at('columns'))).metrics).toEqual(expected.metrics);
  });

  it('in bfloat16, up to its eight bits', async () => {
    const { features, labels } = arraysOf(drawn);
    const half = Uint16Array.from(
      new Uint32Array(Float32Array.from(features!.data as Float64Array).buffer),
      (bits) => bits >> 16,
    );
    writeSafetensors(at('half.safetensors'), { features: { ...features!, data: half }, labels: labels! });
    const exact = await measure(sourceOf(drawn), null, options(3));
    const rounded = await measured(at('half.safetensors'));
    expect(rounded.metrics.nc1_pinv! / exact.metrics.nc1_pinv!).toBeCloseTo(1, 1);
    expect(rounded.metrics.nc1_pinv).not.toBe(exact.metrics.nc1_pinv);
  });
});

describe('what is wrong is named', () => {
  const issue = (path: string, classes: number | null = null) => {
    try {
      openFeatureFile(path, classes).close();
    } catch (error) {
      if (error instanceof InvalidInput) return error.issues[0]!;
      throw error;
    }
    throw new Error('it was accepted');
  };
  const changed = (name: string, change: (arrays: ReturnType<typeof arraysOf>) => object): string => {
    const path = at(name);
    writeFileSync(path, writeNpz({ ...arraysOf(drawn), ...change(arraysOf(drawn)) }));
    return path;
  };

  it('arrays that do not fit together', () => {
    const labels = (values: number[]) => ({ labels: { shape: [values.length], data: Float64Array.from(values) } });
    const wrong = (name: string, arrays: object): string => {
      const { field, value, message } = issue(changed(name, () => arrays));
      expect([field, value]).toEqual(['file', at(name)]);
      return message;
    };
    expect(wrong('a.npz', labels([0, 1]))).toBe('labels has 2 entries; features has 73 rows');
    const half = [...drawn.labels];
    half[5] = 0.5;
    expect(wrong('b.npz', labels(half))).toMatch(/sample 5 has label 0.5/);
    half[5] = 3;
    expect(wrong('c.npz', labels(half))).toMatch(/sample 5 has label 3.*0 to 2/);
    half[5] = NaN;
    expect(wrong('n.npz', labels(half))).toMatch(/sample 5 has label NaN/);
    const weights = { shape: [3, 5], data: new Float64Array(15) };
    expect(wrong('d.npz', { weights })).toBe('weights has 5 columns; features has 6');
    const bias = { shape: [2], data: new Float64Array(2) };
    expect(wrong('e.npz', { bias })).toBe('bias has 2 entries for 3 classes');
    const flat = { shape: [438], data: new Float64Array(438) };
    expect(wrong('f.npz', { features: flat })).toBe('features must have 2 axes, and has shape (438)');
    expect(issue(at('stored.npz'), 4)).toMatchObject({ field: 'classes', value: 4 });
  });

  it('an array that cannot be read only where it is wanted', async () => {
    // Names of classes as text, as numpy.savez writes them; only the header counts.
    const text = writeNpy({ shape: [2], data: new Float64Array(2) });
    text.set(new TextEncoder().encode("'<U2'"), new TextDecoder('latin1').decode(text).indexOf("'<f8'"));
    writeNpyFolder(at('texts'), drawn);
    writeFileSync(join(at('texts'), 'names.npy'), text);
    const expected = await measure(sourceOf(drawn), classifierOf(drawn), options(3));
    expect((await measured(at('texts'))).metrics).toEqual(expected.metrics);
    writeFileSync(join(at('texts'), 'features.npy'), text);
    expect(issue(at('texts')).message).toBe('features: .npy arrays of type <U2 are not read');
  });

  it('arrays that are not there', () => {
    writeFileSync(at('none.npz'), writeNpz({ x: { shape: [1], data: new Float64Array(1) } }));
    expect(issue(at('none.npz')).message).toBe('holds no array features; its arrays are x');
  });

  it('files that are not there, cut short, or something else', () => {
    expect(issue(at('absent.npz'))).toMatchObject({ field: 'file', message: 'no such file' });
    writeStoredNpz(at('cut.npz'), drawn);
    truncateSync(at('cut.npz'), 2000);
    expect(issue(at('cut.npz')).message).toMatch(/cut short/);
    writeFileSync(at('text.npz'), 'not a zip at all');
    expect(issue(at('text.npz')).message).toMatch(/not a zip/);
    writeFileSync(at('text.safetensors'), 'nor is this one anything');
    expect(issue(at('text.safetensors')).message).toMatch(/not a safetensors file/);
    writeFileSync(at('x.pt'), 'pickle');
    expect(issue(at('x.pt')).message).toMatch(/no \.npz, \.npy or \.safetensors/);
    writeFileSync(at('bad.csv'), 'label,a\n0,1\n1,two\n');
    expect(issue(at('bad.csv')).message).toBe('line 3, column 2: "two" is not a number');
    writeFileSync(at('head.csv'), 'label,a\n');
    expect(issue(at('head.csv')).message).toBe('holds no samples');
    writeFileSync(at('wide.csv'), 'label,a\n1e5,1\n');
    expect(issue(at('wide.csv')).message).toMatch(/label 100000; labels are whole numbers from 0 to 19999/);
    const packed = Buffer.from(zipSync({ 'features.npy': [writeNpy(arraysOf(drawn).features!), { level: 6 }] }));
    // Past the entry's own header, within its deflated data.
    packed.fill(0xff, 60, 90);
    writeFileSync(at('packed.npz'), packed);
    expect(issue(at('packed.npz')).message).toMatch(/^features: is damaged/);
  });

  it('a safetensors entry that does not fit its bytes', () => {
    const odd = { features: { dtype: 'F64', shape: [2, 2], data_offsets: [0, 8] } };
    writeSafetensors(at('odd.safetensors'), { labels: { shape: [1], data: new Float64Array(1) } }, odd);
    writeFileSync(
      at('list.safetensors'),
      Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('[1, 2]')]),
    );
    expect(issue(at('list.safetensors')).message).toBe('the safetensors header is not an object');
    expect(issue(at('odd.safetensors')).message).toMatch(/features: shape \(2, 2\) of F64 does not fit bytes 0 to 8/);
  });
});

describe('a folder of epochs', () => {
  it('is read in order of the numbers in its names', () => {
    const path = at('epochs');
    mkdirSync(path);
    for (const name of ['e10.npz', 'e2.npz', 'e1.npz', 'notes.txt']) writeFileSync(join(path, name), '');
    expect(epochFiles(path).map(({ epoch }) => epoch)).toEqual([1, 2, 10]);
    writeFileSync(join(path, 'f2.npz'), '');
    expect(() => epochFiles(path)).toThrow(/both of epoch 2/);
    writeFileSync(join(path, 'last.npz'), '');
    expect(() => epochFiles(path)).toThrow(/last\.npz names no epoch/);
  });
});
