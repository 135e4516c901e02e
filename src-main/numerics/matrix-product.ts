/**
 * Products of dense row-major matrices in Float64Array; no sparse forms, no views with strides.
 *
 * One kernel does the work: C = A Bᵀ reads both operands along rows, so a 4×2 block of C needs six loads for eight
 * multiply-adds held in registers. The other products transpose an operand first, which costs O(n²).
 */

/** Aᵀ (n×m) of the m×n matrix A. */
export function transpose(
  a: Float64Array,
  m: number,
  n: number,
  out: Float64Array = new Float64Array(m * n),
): Float64Array {
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j]!;
  return out;
}

/** C = A Bᵀ (m×n) for A m×k and B n×k. Rows are taken in panels of B that fit the second-level cache. */
export function multiplyTransposed(
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
  out: Float64Array = new Float64Array(m * n),
): Float64Array {
  const panel = Math.max(2, Math.floor(16384 / Math.max(1, k)) & ~1);
  for (let j0 = 0; j0 < n; j0 += panel) {
    const j1 = Math.min(n, j0 + panel);
    let i = 0;
    for (; i + 3 < m; i += 4) {
      const a0 = i * k;
      const a1 = a0 + k;
      const a2 = a1 + k;
      const a3 = a2 + k;
      let j = j0;
      for (; j + 1 < j1; j += 2) {
        const b0 = j * k;
        const b1 = b0 + k;
        let c00 = 0,
          c01 = 0,
          c10 = 0,
          c11 = 0,
          c20 = 0,
          c21 = 0,
          c30 = 0,
          c31 = 0;
        for (let l = 0; l < k; l++) {
          const x = b[b0 + l]!;
          const y = b[b1 + l]!;
          const p = a[a0 + l]!;
          c00 += p * x;
          c01 += p * y;
          const q = a[a1 + l]!;
          c10 += q * x;
          c11 += q * y;
          const r = a[a2 + l]!;
          c20 += r * x;
          c21 += r * y;
          const s = a[a3 + l]!;
          c30 += s * x;
          c31 += s * y;
        }
        const c = i * n + j;
        out[c] = c00;
        out[c + 1] = c01;
        out[c + n] = c10;
        out[c + n + 1] = c11;
        out[c + 2 * n] = c20;
        out[c + 2 * n + 1] = c21;
        out[c + 3 * n] = c30;
        out[c + 3 * n + 1] = c31;
      }
      for (; j < j1; j++) for (let r = i; r < i + 4; r++) out[r * n + j] = rowDot(a, b, r * k, j * k, k);
    }
    for (; i < m; i++) for (let j = j0; j < j1; j++) out[i * n + j] = rowDot(a, b, i * k, j * k, k);
  }
  return out;
}

/** Rows of a block of the symmetric product. */
const BLOCK = 64;

/** The symmetric C = A Bᵀ (m×m) for A and B m×k whose product is known to be symmetric (A Aᵀ, A D Aᵀ): half the work. */
export function multiplySymmetric(a: Float64Array, b: Float64Array, m: number, k: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let i0 = 0; i0 < m; i0 += BLOCK) {
    const i1 = Math.min(m, i0 + BLOCK);
    const rows = multiplyTransposed(a.subarray(i0 * k, i1 * k), b.subarray(0, i1 * k), i1 - i0, k, i1);
    for (let i = i0; i < i1; i++) {
      const from = (i - i0) * i1;
      for (let j = 0; j <= i; j++) {
        const value = rows[from + j]!;
        out[i * m + j] = value;
        out[j * m + i] = value;
      }
    }
  }
  return out;
}

/** C = A B (m×n) for A m×k and B k×n. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
  out: Float64Array = new Float64Array(m * n),
): Float64Array {
  return multiplyTransposed(a, transpose(b, k, n), m, k, n, out);
}

/** C = Aᵀ B (m×n) for A k×m and B k×n. */
export function multiplyLeftTransposed(
  a: Float64Array,
  b: Float64Array,
  k: number,
  m: number,
  n: number,
  out: Float64Array = new Float64Array(m * n),
): Float64Array {
  return multiplyTransposed(transpose(a, k, m), transpose(b, k, n), m, k, n, out);
}

/** y = A x for A m×n. */
export function multiplyVector(a: Float64Array, x: Float64Array, m: number, n: number): Float64Array {
  const y = new Float64Array(m);
  for (let i = 0; i < m; i++) y[i] = rowDot(a, x, i * n, 0, n);
  return y;
}

function rowDot(a: Float64Array, b: Float64Array, i: number, j: number, k: number): number {
  let even = 0;
  let odd = 0;
  let l = 0;
  for (; l + 1 < k; l += 2) {
    even += a[i + l]! * b[j + l]!;
    odd += a[i + l + 1]! * b[j + l + 1]!;
  }
  if (l < k) even += a[i + l]! * b[j + l]!;
  return even + odd;
}
