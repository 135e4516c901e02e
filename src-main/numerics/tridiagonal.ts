/**
 * Householder reduction of a symmetric matrix to tridiagonal form, A = Q T Qᵀ (Golub and Van Loan, algorithm 8.3.1).
 * Row-oriented on the lower triangle, so memory is read in order; refuses nothing, trusts the lower triangle.
 */

export interface Tridiagonal {
  /** Diagonal of T, length n. */
  readonly diagonal: Float64Array;
  /** Off-diagonal of T: element i couples i and i + 1; length n, last element 0. */
  readonly offDiagonal: Float64Array;
  /** Qᵀ, n×n row-major (rows are the basis vectors), or null when only values were asked for. */
  readonly basis: Float64Array | null;
}

/** Reduces A (n×n); A is left untouched. */
export function tridiagonalise(matrix: Float64Array, n: number, vectors: boolean): Tridiagonal {
  const a = Float64Array.from(matrix);
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const reflectors: { readonly v: Float64Array; readonly beta: number }[] = [];
  const w = new Float64Array(n);
  // Eliminate row i from the bottom up; the active block is the leading i×i one.
  for (let i = n - 1; i >= 1; i--) {
    const v = a.slice(i * n, i * n + i);
    diagonal[i] = a[i * n + i]!;
    const pivot = v[i - 1]!;
    // The reflection is the same for every multiple of the row; squares of a tiny one would underflow.
    const size = v.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    if (size > 0) for (let j = 0; j < i; j++) v[j] = v[j]! / size;
    let tail = 0;
    for (let j = 0; j < i - 1; j++) tail += v[j]! * v[j]!;
    if (tail === 0) {
      offDiagonal[i - 1] = pivot;
      reflectors.push({ v, beta: 0 });
      continue;
    }
    const first = v[i - 1]!;
    const length = Math.sqrt(tail + first * first);
    const alpha = first > 0 ? -length : length;
    offDiagonal[i - 1] = alpha * size;
    v[i - 1] = first - alpha;
    const beta = 2 / (tail + v[i - 1]! * v[i - 1]!);
    reflectors.push({ v, beta });
    symmetricTimes(a, v, w, i, n);
    let vw = 0;
    for (let j = 0; j < i; j++) vw += v[j]! * (w[j] = beta * w[j]!);
    const half = (beta * vw) / 2;
    for (let j = 0; j < i; j++) w[j] = w[j]! - half * v[j]!;
    for (let r = 0; r < i; r++) {
      const vr = v[r]!;
      const wr = w[r]!;
      const row = r * n;
      for (let j = 0; j <= r; j++) a[row + j] = a[row + j]! - vr * w[j]! - wr * v[j]!;
    }
  }
  if (n > 0) diagonal[0] = a[0]!;
  return { diagonal, offDiagonal, basis: vectors ? accumulate(reflectors, n) : null };
}

/** w ← S v, S the leading m×m symmetric block given by its lower triangle. */
function symmetricTimes(a: Float64Array, v: Float64Array, w: Float64Array, m: number, n: number): void {
  for (let r = 0; r < m; r++) {
    const row = r * n;
    const vr = v[r]!;
    let s = 0;
    for (let j = 0; j < r; j++) {
      const x = a[row + j]!;
      s += x * v[j]!;
      w[j] = w[j]! + x * vr;
    }
    w[r] = s + a[row + r]! * vr;
  }
}

/** Qᵀ from the reflectors, smallest block first so that only the leading block is touched. */
function accumulate(
  reflectors: readonly { readonly v: Float64Array; readonly beta: number }[],
  n: number,
): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let index = reflectors.length - 1; index >= 0; index--) {
    const { v, beta } = reflectors[index]!;
    if (beta === 0) continue;
    const m = v.length;
    // Qᵀ ← Qᵀ P: each row r loses β (q_r·v) v.
    for (let r = 0; r < m; r++) {
      const row = r * n;
      let s = 0;
      for (let j = 0; j < m; j++) s += q[row + j]! * v[j]!;
      s *= beta;
      if (s !== 0) for (let j = 0; j < m; j++) q[row + j] = q[row + j]! - s * v[j]!;
    }
  }
  return q;
}
