/** Products in single precision against float64, within the bound on their rounding, for rows in one piece and in many. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addColumns, addRows, packRight, wholeColumns, wholeRows } from '../../src-main/numerics/single-products.ts';
import { singleTileKernels } from '../../src-main/numerics/single-tile-kernels.ts';
import { naiveProduct, normalMatrix } from './matrices.ts';

const memoryFor = (bytes: number) => new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });

/** Puts numbers where one more would be beyond the memory; the address. */
function atEnd({ buffer }: WebAssembly.Memory, values: Float32Array): number {
  const from = buffer.byteLength - 4 * values.length;
  new Float32Array(buffer, from).set(values);
  return from;
}

/** The pieces of row i lie where `place` says, in an order that is not theirs. */
function check(m: number, pieces: number, depth: number, n: number, seed: number, turned = false): void {
  const k = pieces * depth;
  const [height, width] = [wholeRows(m), wholeColumns(n)];
  const a = Float32Array.from(normalMatrix(m, k, seed).values);
  const b = Float32Array.from(normalMatrix(k, n, seed + 1).values);
  const [rows, packed, c] = [0, 4 * height * pieces, 4 * (height * pieces + k * width)];
  const left = c + 4 * height * width;
  const memory = memoryFor(left + 4 * (height + n) * k);
  const numbers = new Float32Array(memory.buffer);
  const list = new Int32Array(memory.buffer);
  const place = (i: number, piece: number): number =>
    left / 4 + ((pieces - 1 - piece) * height + (height - 1 - i)) * depth;
  for (let i = 0; i < height; i++)
    for (let piece = 0; piece < pieces; piece++) {
      list[(i - (i % 4)) * pieces + 4 * piece + (i % 4)] = 4 * place(i, piece);
      if (i < m) numbers.set(a.subarray(i * k + piece * depth, i * k + (piece + 1) * depth), place(i, piece));
    }
  const kernels = singleTileKernels(memory);
  const transposed = Float32Array.from(b, (_, at) => b[(at % k) * n + Math.floor(at / k)]!);
  const from = atEnd(memory, turned ? transposed : b);
  const steps = turned ? { rowStep: 1, columnStep: k } : { rowStep: n, columnStep: 1 };
  packRight(kernels, { from, ...steps, columns: n, pieces, depth }, packed);
  numbers.fill(1, c / 4, c / 4 + height * width);
  addRows(kernels, { list: rows, height, pieces, depth, b: packed, width, c });
  expectProduct(a, b, m, k, n, (i, j) => numbers[c / 4 + i * width + j]! - 1);
}

function expectProduct(
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
  found: (i: number, j: number) => number,
): void {
  const exact = naiveProduct(Float64Array.from(a), Float64Array.from(b), m, k, n);
  const sizes = naiveProduct(Float64Array.from(a, Math.abs), Float64Array.from(b, Math.abs), m, k, n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      const difference = Math.abs(found(i, j) - exact[i * n + j]!);
      expect(difference).toBeLessThanOrEqual((k + 4) * 2 ** -24 * (1 + sizes[i * n + j]!));
    }
}

/** Rows of A in reversed order in memory, one of them longer than the columns that count. */
function checkColumns(m: number, k: number, n: number, seed: number): void {
  const [height, width] = [wholeRows(m), wholeColumns(n)];
  const turned = Float32Array.from(normalMatrix(k, height, seed).values);
  const b = Float32Array.from(normalMatrix(k, n, seed + 1).values);
  const [list, packed] = [0, 4 * k];
  const c = packed + 4 * k * width;
  const left = c + 4 * height * width;
  const memory = memoryFor(left + 4 * (height + n) * k);
  const numbers = new Float32Array(memory.buffer);
  const places = new Int32Array(memory.buffer, list, k);
  for (let l = 0; l < k; l++) {
    const place = left / 4 + (k - 1 - l) * height;
    places[l] = 4 * place - 100;
    numbers.set(turned.subarray(l * height, (l + 1) * height), place);
  }
  const kernels = singleTileKernels(memory);
  packRight(kernels, { from: atEnd(memory, b), rowStep: n, columnStep: 1, columns: n, pieces: 1, depth: k }, packed);
  numbers.fill(1, c / 4, c / 4 + height * width);
  addColumns(kernels, { list, offset: 100, depth: k, height: m, b: packed, width, c });
  const a = Float32Array.from({ length: m * k }, (_, at) => turned[(at % k) * height + Math.floor(at / k)]!);
  expectProduct(a, b, m, k, n, (i, j) => numbers[c / 4 + i * width + j]! - 1);
}

describe('a product in single precision', () => {
  it('is added to what is there, for every remainder of the tiles', () => {
    const size = fc.integer({ min: 1, max: 13 });
    fc.assert(
      fc.property(size, size, size, size, fc.integer(), fc.boolean(), (m, pieces, depth, n, seed, turned) =>
        check(m, pieces, depth, n, seed, turned),
      ),
    );
  });

  it.each([
    [8, 1, 257, 9],
    [5, 1, 700, 265],
    [5, 9, 100, 260],
    [4, 3, 600, 20],
    [130, 300, 2, 7],
  ])('has no seam at the boundaries of blocks: %i rows, %i pieces of %i, %i columns', (m, pieces, depth, n) => {
    check(m, pieces, depth, n, 5);
  });

  it('of the transpose is added likewise', () => {
    const size = fc.integer({ min: 1, max: 13 });
    fc.assert(fc.property(size, size, size, fc.integer(), checkColumns));
    checkColumns(10, 256, 270, 5);
  });
});
