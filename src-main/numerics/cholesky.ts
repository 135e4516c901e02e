/**
 * Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix, row-major; also the test of definiteness.
 * Refuses (returns null) when a pivot is not positive: no pivoting, no modified factorisation.
 */

/** Lower-triangular L (n×n, zeros above the diagonal), or null if A is not numerically positive definite. */
export function cholesky(a: Float64Array, n: number): Float64Array | null {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const ri = i * n;
    for (let j = 0; j <= i; j++) {
      const rj = j * n;
      let s = a[ri + j]!;
      for (let k = 0; k < j; k++) s -= l[ri + k]! * l[rj + k]!;
      if (j < i) l[ri + j] = s / l[rj + j]!;
      else {
        if (!(s > 0)) return null;
        l[ri + i] = Math.sqrt(s);
      }
    }
  }
  return l;
}

/** x with L Lᵀ x = b. */
export function solveCholesky(l: Float64Array, b: Float64Array, n: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let s = x[i]!;
    for (let k = 0; k < i; k++) s -= l[i * n + k]! * x[k]!;
    x[i] = s / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const t = x[i]! / l[i * n + i]!;
    x[i] = t;
    for (let k = 0; k < i; k++) x[k] = x[k]! - t * l[i * n + k]!;
  }
  return x;
}
