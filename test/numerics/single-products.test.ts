/** Products in single precision against float64, within the bound on their rounding, for rows in one piece and in many. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyInto, packRight, wholeColumns, wholeRows } from '../../src-main/numerics/single-products.ts';
import { rowsKernel } from '../../src-main/numerics/single-tile-kernels.ts';
import { naiveProduct, normalMatrix } from './matrices.ts';

/** The pieces of row i lie where `place` says, in an order that is not theirs. */
function check(m: number, pieces: number, depth: number, n: number, seed: number, turned = false): void {
  const k = pieces * depth;
  const [height, width] = [wholeRows(m), wholeColumns(n)];
  const a = Float32Array.from(normalMatrix(m, k, seed).values);
  const b = Float32Array.from(normalMatrix(k, n, seed + 1).values);
  const [rows, packed, c] = [0, 4 * height * pieces, 4 * (height * pieces + k * width)];
  const left = c + 4 * height * width;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((left + 4 * height * k) / 65_536) });
  const numbers = new Float32Array(memory.buffer);
  const list = new Int32Array(memory.buffer);
  const place = (i: number, piece: number): number =>
    left / 4 + ((pieces - 1 - piece) * height + (height - 1 - i)) * depth;
  for (let i = 0; i < height; i++)
    for (let piece = 0; piece < pieces; piece++) {
      list[(i - (i % 4)) * pieces + 4 * piece + (i % 4)] = 4 * place(i, piece);
      if (i < m) numbers.set(a.subarray(i * k + piece * depth, i * k + (piece + 1) * depth), place(i, piece));
    }
  const transposed = Float32Array.from(b, (_, at) => b[(at % k) * n + Math.floor(at / k)]!);
  const factor = turned ? { values: transposed, rowStep: 1, columnStep: k } : { values: b, rowStep: n, columnStep: 1 };
  packRight({ ...factor, columns: n, pieces, depth }, numbers, packed / 4);
  numbers.fill(1, c / 4, c / 4 + height * width);
  multiplyInto(rowsKernel(memory), { rows, height, pieces, depth, b: packed, width, c });

  const exact = naiveProduct(Float64Array.from(a), Float64Array.from(b), m, k, n);
  const sizes = naiveProduct(Float64Array.from(a, Math.abs), Float64Array.from(b, Math.abs), m, k, n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      const difference = Math.abs(numbers[c / 4 + i * width + j]! - 1 - exact[i * n + j]!);
      expect(difference).toBeLessThanOrEqual((k + 4) * 2 ** -24 * (1 + sizes[i * n + j]!));
    }
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
});
