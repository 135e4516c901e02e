/** The .npy writer against the format's definition, and round trips through .npz; NumPy itself where it is at hand. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { NpyError, readNpy, writeNpy, type NpyArray } from '../../src-main/interop/npy.ts';
import { readNpz, writeNpz } from '../../src-main/interop/npz.ts';

/** A file written by hand from the format's description. */
function reference(header: string, data: readonly number[], version = 1): Uint8Array {
  const text = [...header].map((character) => character.charCodeAt(0));
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...[...'NUMPY'].map((c) => c.charCodeAt(0)), version, 0, ...length, ...text, ...data]);
}

describe('npy', () => {
  it('writes the bytes of the format description', () => {
    // numpy.save of array([1.0, -2.0]): 10 bytes of preamble and a header of 118 make 128, a multiple of 64.
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }`.padEnd(117, ' ') + '\n';
    const one = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
    const minusTwo = [0, 0, 0, 0, 0, 0, 0, 0xc0];
    const written = writeNpy({ shape: [2], data: Float64Array.of(1, -2) });
    expect([...written]).toEqual([...reference(header, [...one, ...minusTwo])]);
  });

  it.each<NpyArray>([
    { shape: [2, 3], data: Float64Array.of(1, 2, 3, NaN, -Infinity, 5e-324) },
    { shape: [], data: Float64Array.of(0.1) },
    { shape: [0], data: new Float64Array(0) },
    { shape: [3], data: BigInt64Array.of(1n, -2n, 2n ** 53n) },
    { shape: [1, 2, 2], data: Float32Array.of(1, 2, 3, 4) },
    { shape: [2], data: Int32Array.of(-1, 7) },
    { shape: [2], data: Uint8Array.of(0, 255) },
  ])('reads back shape $shape', (array) => {
    const bytes = writeNpy(array);
    expect(bytes.length - array.data.byteLength).toSatisfy((start: number) => start % 64 === 0);
    expect(readNpy(bytes)).toEqual(array);
  });

  it('reads column-major and big-endian arrays, and version 2', () => {
    const fortran = reference(`{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n`, [1, 4, 2, 5, 3, 6], 2);
    expect(readNpy(fortran)).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    const big = reference(
      `{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }\n`,
      [0x3f, 0xf0, 0, 0, 0, 0, 0, 0],
    );
    expect(readNpy(big).data).toEqual(Float64Array.of(1));
  });

  it('refuses what it would have to guess', () => {
    expect(() => readNpy(Uint8Array.of(1, 2, 3))).toThrow(NpyError);
    expect(() => readNpy(reference(`{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n`, [0]))).toThrow(
      /not understood/,
    );
    expect(() => readNpy(reference(`{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }\n`, [0]))).toThrow(
      /<c16/,
    );
    expect(() => readNpy(reference(`{'descr': '<f8', 'fortran_order': False, 'shape': (9,), }\n`, [0]))).toThrow(
      /72 bytes/,
    );
    expect(() => writeNpy({ shape: [3], data: Float64Array.of(1) })).toThrow(/shape \(3\)/);
  });
});

describe('npz', () => {
  const arrays = {
    classifiers: { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) },
    class_counts: { shape: [2], data: BigInt64Array.of(1000n, 10n) },
  };

  it('round-trips, and equal arrays give equal bytes', () => {
    const bytes = writeNpz(arrays);
    expect(readNpz(bytes)).toEqual(arrays);
    expect(writeNpz(arrays)).toEqual(bytes);
  });

  it('reads compressed archives and names the entry at fault', () => {
    expect(readNpz(zipSync({ 'a.npy': writeNpy(arrays.classifiers) }, { level: 9 })).a).toEqual(arrays.classifiers);
    expect(() => readNpz(zipSync({ 'bad.npy': Uint8Array.of(1) }))).toThrow(/bad\.npy: not a \.npy array/);
    expect(() => readNpz(Uint8Array.of(1, 2, 3))).toThrow(/not an \.npz archive/);
  });

  const python = process.env.PEEL_TEST_PYTHON ?? 'python3';
  const numpy = spawnSync(python, ['-c', 'import numpy']).status === 0;
  it.skipIf(!numpy)('is read by numpy.load', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'peel-npz-')), 'a.npz');
    writeFileSync(file, writeNpz(arrays));
    const script = `import numpy,sys,json; a=numpy.load(sys.argv[1]); print(json.dumps({k:[str(a[k].dtype),a[k].tolist()] for k in a}))`;
    const run = spawnSync(python, ['-c', script, file], { encoding: 'utf8' });
    expect(JSON.parse(run.stdout)).toEqual({
      classifiers: [
        'float64',
        [
          [1, 2],
          [3, 4],
        ],
      ],
      class_counts: ['int64', [1000, 10]],
    });
  });
});
