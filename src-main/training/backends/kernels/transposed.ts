/**
 * The transpose of a matrix on the heap, by blocks that stay in the cache. The backend's own walks along one side at
 * full stride, which where rows are a power of two long meets the same few cache lines again and again.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { numbersOf } from './heap.ts';

const BLOCK = 16;

/** A new m×n tensor from an n×m one; only the last two axes of the shape may be longer than 1. */
export function transposed(backend: BackendWasm, matrix: TensorInfo): TensorInfo {
  const [n, m] = matrix.shape.slice(-2) as [number, number];
  const result = backend.makeOutput([...matrix.shape.slice(0, -2), m, n], 'float32');
  const [from, to] = [numbersOf(backend, matrix), numbersOf(backend, result)];
  for (let i0 = 0; i0 < n; i0 += BLOCK) {
    const i1 = Math.min(n, i0 + BLOCK);
    for (let j0 = 0; j0 < m; j0 += BLOCK) {
      const j1 = Math.min(m, j0 + BLOCK);
      for (let j = j0; j < j1; j++)
        for (let i = i0, source = i0 * m + j; i < i1; i++, source += m) to[j * n + i] = from[source]!;
    }
  }
  return result;
}
