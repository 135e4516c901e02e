/**
 * Thin singular value decomposition by one-sided Jacobi rotations (Hestenes; de Rijk's ordering by norms).
 * Small singular values keep high accuracy. Meant for up to about a
 * thousand columns; no partial decomposition.
 */

import { multiplySymmetric, multiplyTransposed, transpose } from './matrix-product.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Columns from which the eigenvectors of AᵀA are worth computing first. */
const PRECONDITIONED = 24;
/** Cosine below which two columns count as orthogonal. */
const ORTHOGONAL = 1e-14;
/** Columns below this share of the largest are rounding errors of a zero singular value. */
const NOISE = 1e-15;

export interface ThinSvd {
  /** U, m×r row-major, orthonormal columns (zero columns where σ = 0), r = min(m, n). */
  readonly left: Float64Array;
  /** σ, descending, length r. */
  readonly values: Float64Array;
  /** V, n×r row-major, orthonormal columns. */
  readonly right: Float64Array;
}

/** A = U diag(σ) Vᵀ for A m×n row-major. */
export function singularValueDecomposition(a: Float64Array, m: number, n: number): ThinSvd {
  if (m < n) {
    const { left, values, right } = singularValueDecomposition(transpose(a, m, n), n, m);
    return { left: right, values, right: left };
  }
  // Columns of A and of V as rows, so that each rotation runs through memory in order.
  const { u, v } = n < PRECONDITIONED ? plainStart(a, m, n) : eigenvectorStart(a, m, n);
  const squares = new Float64Array(n);
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let i = 0; i < n; i++) squares[i] = rowProduct(u, i * m, i * m, m);
    if (!sweepOnce(u, v, squares, m, n)) break;
  }
  const norms = Float64Array.from({ length: n }, (_, i) => Math.sqrt(rowProduct(u, i * m, i * m, m)));
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => norms[j]! - norms[i]!);
  const left = new Float64Array(m * n);
  const right = new Float64Array(n * n);
  order.forEach((from, to) => {
    const size = norms[from]!;
    if (size > 0) for (let k = 0; k < m; k++) left[k * n + to] = u[from * m + k]! / size;
    for (let k = 0; k < n; k++) right[k * n + to] = v[from * n + k]!;
  });
  return { left, values: Float64Array.from(order, (i) => norms[i]!), right };
}

function plainStart(a: Float64Array, m: number, n: number): { readonly u: Float64Array; readonly v: Float64Array } {
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  return { u: transpose(a, m, n), v };
}

/** A rotated into the eigenvectors of AᵀA: its columns are orthogonal but for rounding, one or two sweeps finish. */
function eigenvectorStart(
  a: Float64Array,
  m: number,
  n: number,
): { readonly u: Float64Array; readonly v: Float64Array } {
  const columns = transpose(a, m, n);
  const v = symmetricEigen(multiplySymmetric(columns, columns, n, m), n).vectors!;
  return { u: multiplyTransposed(v, a, n, n, m), v };
}

/** One pass over all pairs; true if any rotation was needed. */
function sweepOnce(u: Float64Array, v: Float64Array, squares: Float64Array, m: number, n: number): boolean {
  let rotated = false;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, squares[i]!);
  const noise = NOISE * NOISE * largest;
  for (let i = 0; i < n - 1; i++) {
    if (squares[i]! <= noise) continue;
    for (let j = i + 1; j < n; j++) {
      const alpha = squares[i]!;
      const beta = squares[j]!;
      if (beta <= noise) continue;
      const gamma = rowProduct(u, i * m, j * m, m);
      if (gamma === 0 || Math.abs(gamma) <= ORTHOGONAL * Math.sqrt(alpha * beta)) continue;
      rotated = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const c = 1 / Math.hypot(1, t);
      const s = c * t;
      rotate(u, i * m, j * m, m, c, s);
      rotate(v, i * n, j * n, n, c, s);
      squares[i] = Math.max(0, alpha - t * gamma);
      squares[j] = beta + t * gamma;
    }
  }
  return rotated;
}

function rowProduct(a: Float64Array, i: number, j: number, n: number): number {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 1 < n; k += 2) {
    even += a[i + k]! * a[j + k]!;
    odd += a[i + k + 1]! * a[j + k + 1]!;
  }
  if (k < n) even += a[i + k]! * a[j + k]!;
  return even + odd;
}

function rotate(a: Float64Array, i: number, j: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const x = a[i + k]!;
    const y = a[j + k]!;
    a[i + k] = c * x - s * y;
    a[j + k] = s * x + c * y;
  }
}
