/** Independent truth for frames: everything by its definition on full K×K matrices. Shares no code with models/frames. */
import { inner, product, transpose } from '../../lpm/full-matrix.ts';

export type Matrix = number[][];

export const countsOf = (groups: readonly { samples: number; classes: number }[]): number[] =>
  groups.flatMap(({ samples, classes }) => new Array<number>(classes).fill(samples));

/** C = I − J/K. */
export const centring = (K: number): Matrix =>
  Array.from({ length: K }, (_, j) => Array.from({ length: K }, (_, k) => (j === k ? 1 : 0) - 1 / K));

export const diagonal = (values: readonly number[]): Matrix =>
  values.map((value, j) => values.map((_, k) => (j === k ? value : 0)));

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix by Jacobi's cyclic rotations. */
export function jacobi(A: Matrix): { values: number[]; vectors: Matrix } {
  const n = A.length;
  const S = A.map((row) => [...row]);
  const Q = diagonal(new Array<number>(n).fill(1));
  for (let sweep = 0; sweep < 60; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (S[p]![q] === 0) continue;
        const zeta = (S[q]![q]! - S[p]![p]!) / (2 * S[p]![q]!);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        const s = c * t;
        for (let i = 0; i < n; i++) {
          const [x, y] = [S[i]![p]!, S[i]![q]!];
          S[i]![p] = c * x - s * y;
          S[i]![q] = s * x + c * y;
        }
        for (let i = 0; i < n; i++) {
          const [x, y] = [S[p]![i]!, S[q]![i]!];
          S[p]![i] = c * x - s * y;
          S[q]![i] = s * x + c * y;
          const [v, w] = [Q[i]![p]!, Q[i]![q]!];
          Q[i]![p] = c * v - s * w;
          Q[i]![q] = s * v + c * w;
        }
      }
  return { values: S.map((row, i) => row[i]!), vectors: Q };
}

/** A^power of a positive semidefinite matrix on its range. */
export function power(A: Matrix, exponent: number): Matrix {
  const { values, vectors } = jacobi(A);
  const top = Math.max(...values);
  const raised = values.map((value) => (value > 1e-11 * top ? value ** exponent : 0));
  return product(product(vectors, diagonal(raised)), transpose(vectors));
}

/** ‖A/‖A‖ − B/‖B‖‖_F. */
export function distance(A: Matrix, B: Matrix): number {
  const [a, b] = [Math.sqrt(inner(A, A)), Math.sqrt(inner(B, B))];
  return Math.sqrt(A.reduce((sum, row, j) => sum + row.reduce((s, v, k) => s + (v / a - B[j]![k]! / b) ** 2, 0), 0));
}

export const rows = (flat: ArrayLike<number>, K: number): Matrix =>
  Array.from({ length: K }, (_, j) => Array.from({ length: K }, (_, k) => flat[j * K + k]!));

export const cosine = (gram: Matrix, j: number, k: number): number =>
  gram[j]![k]! / Math.sqrt(gram[j]![j]! * gram[k]![k]!);
