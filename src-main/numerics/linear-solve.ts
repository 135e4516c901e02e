/**
 * Dense LU factorisation with partial pivoting, and solves with it (Golub and Van Loan, 3.4). Symmetric and positive
 * definite systems get no special treatment; a singular matrix is told, not mended.
 */

export interface LuFactors {
  /** L below the diagonal (unit diagonal not stored) and U, n×n row-major. */
  readonly factors: Float64Array;
  /** Row of the original matrix that stands at place i. */
  readonly order: Int32Array;
}

/** P A = L U for A n×n row-major, which is left untouched; null if a pivot is exactly zero or not a number. */
export function luFactors(matrix: Float64Array, n: number): LuFactors | null {
  const a = Float64Array.from(matrix);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r * n + c]!) > Math.abs(a[pivot * n + c]!)) pivot = r;
    const size = a[pivot * n + c]!;
    if (!(Math.abs(size) > 0)) return null;
    if (pivot !== c) {
      const held = a.slice(c * n, c * n + n);
      a.copyWithin(c * n, pivot * n, pivot * n + n);
      a.set(held, pivot * n);
      [order[c], order[pivot]] = [order[pivot]!, order[c]!];
    }
    for (let r = c + 1; r < n; r++) {
      const factor = a[r * n + c]! / size;
      a[r * n + c] = factor;
      if (factor === 0) continue;
      for (let k = c + 1; k < n; k++) a[r * n + k] = a[r * n + k]! - factor * a[c * n + k]!;
    }
  }
  return { factors: a, order };
}

/** x with A x = b. */
export function luSolve({ factors: a, order }: LuFactors, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(order, (from) => b[from]!);
  for (let r = 0; r < n; r++) {
    let sum = x[r]!;
    for (let k = 0; k < r; k++) sum -= a[r * n + k]! * x[k]!;
    x[r] = sum;
  }
  for (let r = n - 1; r >= 0; r--) {
    let sum = x[r]!;
    for (let k = r + 1; k < n; k++) sum -= a[r * n + k]! * x[k]!;
    x[r] = sum / a[r * n + r]!;
  }
  return x;
}
