/**
 * Eigenvalues and eigenvectors of a dense symmetric matrix: Householder tridiagonalisation and implicit QL with
 * Wilkinson shifts (EISPACK tql2). Absolute accuracy ε‖A‖; for small singular values with relative accuracy use
 * singular-values.ts instead.
 */

import { tridiagonalise } from './tridiagonal.ts';

/** Beyond this size or its inverse a matrix is scaled to 1: squares of its entries would over- or underflow. */
const EXTREME = 1e100;
/** Couplings below this share are zero: their squares underflow, and QL would turn for ever. */
const UNDERFLOW = 1e-150;

export interface SymmetricEigen {
  /** Eigenvalues, descending, length n. */
  readonly values: Float64Array;
  /** Qᵀ, n×n row-major: row i is the unit eigenvector of value i; null when only values were asked for. */
  readonly vectors: Float64Array | null;
}

/** Eigen-decomposition A = Q Λ Qᵀ of a symmetric n×n matrix (lower triangle read). Throws if QL fails to converge. */
export function symmetricEigen(a: Float64Array, n: number, vectors = true): SymmetricEigen {
  const largest = a.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  const size = largest > 0 && (largest > EXTREME || largest < 1 / EXTREME) ? largest : 1;
  const scaled = size === 1 ? a : a.map((value) => value / size);
  const { diagonal, offDiagonal, basis } = tridiagonalise(scaled, n, vectors);
  // Rows of Qᵀ are the vectors, so the rotations of QL run through memory in order.
  const rows = basis;
  implicitQl(diagonal, offDiagonal, rows, n);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const values = Float64Array.from(order, (i) => diagonal[i]! * size);
  if (rows === null) return { values, vectors: null };
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => sorted.set(rows.subarray(from * n, from * n + n), to * n));
  return { values, vectors: sorted };
}

/** Sweeps for one eigenvalue after which rounding errors of the size ε‖T‖ count as zero whatever their neighbours. */
const STUBBORN = 30;

function implicitQl(d: Float64Array, e: Float64Array, rows: Float64Array | null, n: number): void {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]!), Math.abs(e[i]!));
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      const noise = sweep > STUBBORN ? Number.EPSILON * largest : 0;
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(d[m]!) + Math.abs(d[m + 1]!);
        if (Math.abs(e[m]!) <= Math.max(Number.EPSILON * size + UNDERFLOW, noise)) break;
      }
      if (m === l) break;
      if (sweep === 60) throw new Error(`eigenvalue iteration did not converge: matrix of order ${n}`);
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.hypot(g, 1);
      g = d[m]! - d[l]! + e[l]! / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let underflow = false;
      for (let i = m - 1; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] = d[i + 1]! - p;
          e[m] = 0;
          underflow = true;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        if (rows !== null) rotateRows(rows, i * n, (i + 1) * n, n, c, s);
      }
      if (underflow) continue;
      d[l] = d[l]! - p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

function rotateRows(rows: Float64Array, i: number, j: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const x = rows[i + k]!;
    const y = rows[j + k]!;
    rows[j + k] = s * x + c * y;
    rows[i + k] = c * x - s * y;
  }
}
