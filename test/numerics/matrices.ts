/** Arbitrary matrices for the tests of linear algebra, and the measures they are judged by. */
import fc from 'fast-check';
import { randomSource } from '../../src-main/numerics/random.ts';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Normal entries; sizes 1…limit. */
export function matrices(limit: number): fc.Arbitrary<Matrix> {
  return fc
    .tuple(fc.integer({ min: 1, max: limit }), fc.integer({ min: 1, max: limit }), fc.integer())
    .map(([rows, columns, seed]) => normalMatrix(rows, columns, seed));
}

export function normalMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = randomSource(seed);
  return { rows, columns, values: Float64Array.from({ length: rows * columns }, () => random.normal()) };
}

/** Σ_l A_il B_lj by the definition. */
export function naiveProduct(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[l * n + j]!;
    return sum;
  });
}

export function naiveTranspose(a: Float64Array, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]!);
}

/** max |a − b|. */
export function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((top, value, i) => Math.max(top, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);
}

/** max |QᵀQ − I| of an m×n matrix. */
export function orthonormality(q: Float64Array, m: number, n: number): number {
  const gram = naiveProduct(naiveTranspose(q, m, n), q, n, m, n);
  return gram.reduce((top, value, at) => Math.max(top, Math.abs(value - (at % (n + 1) === 0 ? 1 : 0))), 0);
}

/** diag(values) as a full matrix. */
export function diagonal(values: Float64Array): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? values[at / (n + 1)]! : 0));
}
