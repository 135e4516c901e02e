/**
 * The axes in which a trajectory is drawn: principal axes of its last state, the same for every moment, so that nothing
 * turns while time moves. A projection only; what it leaves out is told.
 */
import { multiplyLeftTransposed } from '../../numerics/matrix-product.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { dot, norm } from '../../numerics/vector.ts';
import { parts, type FlowProblem, type FlowState } from './problem.ts';

/** Up to three orthonormal axes of R^p, largest share first: eigenvectors of WᵀW/‖W‖² + HHᵀ/‖H‖². */
export function principalAxes(problem: FlowProblem, x: FlowState): readonly Float64Array[] {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { W, H } = parts(problem, x);
  const total = new Float64Array(p * p);
  for (const [block, rows] of [[W, K] as const, [H, K * n] as const]) {
    const size = dot(block, block);
    if (size > 0) multiplyLeftTransposed(block, block, rows, p, p).forEach((v, i) => (total[i] = total[i]! + v / size));
  }
  const { vectors } = symmetricEigen(total, p);
  return Array.from({ length: Math.min(3, p) }, (_, a) => {
    const axis = vectors!.slice(a * p, a * p + p);
    // The sign of an eigenvector is free: the first class points along the positive axis.
    const first = dot(axis, W.subarray(0, p));
    return first < 0 ? axis.map((v) => -v) : axis;
  });
}

export interface DrawnRows {
  /** One array of coordinates per row, as many as there are axes. */
  readonly points: readonly (readonly number[])[];
  /** Share of the squared norm that the axes keep, 0 to 1; 1 for zero rows. */
  readonly share: number;
}

/** Rows (m×p) in the given axes, scaled so that their root mean square length is 1. */
export function drawRows(rows: Float64Array, p: number, axes: readonly Float64Array[]): DrawnRows {
  const m = rows.length / p;
  const unit = norm(rows) / Math.sqrt(m);
  let kept = 0;
  const points = Array.from({ length: m }, (_, r) =>
    axes.map((axis) => {
      const value = unit > 0 ? dot(rows.subarray(r * p, r * p + p), axis) / unit : 0;
      kept += (value * value) / m;
      return value;
    }),
  );
  return { points, share: unit > 0 ? Math.min(1, kept) : 1 };
}
