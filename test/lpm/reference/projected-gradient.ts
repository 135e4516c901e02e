/**
 * Slow, plain reference for the relaxation (P): accelerated projected gradient on the full K×K matrix with a full SVD
 * per step (FISTA with restart; Duchi et al. 2008 for the ball). Shares no code with the solvers; K up to about 15.
 */
import type { LpmProblem } from '../../../src-main/lpm/types.ts';
import { classShares, lossAndGradient } from '../full-matrix.ts';

type Rows = number[][];

/** Z after at most `steps` steps; feasible at every step. */
export function projectedGradient(problem: LpmProblem, steps: number): Rows {
  const shares = classShares(problem);
  const K = shares.length;
  const radius = K * Math.sqrt(problem.featureBudget * problem.classifierBudget);
  // The Hessian of a column's cross-entropy is at most 1/2.
  const step = 2 / Math.max(...shares);
  let Z: Rows = shares.map(() => shares.map(() => 0));
  let ahead = Z;
  let momentum = 1;
  let value = Infinity;
  for (let i = 0; i < steps; i++) {
    const { gradient } = lossAndGradient(problem, ahead);
    const next = projectOntoBall(combine(ahead, 1, gradient, -step), radius);
    const { loss } = lossAndGradient(problem, next);
    if (loss > value) {
      if (momentum === 1) break;
      momentum = 1;
      ahead = Z;
      continue;
    }
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const weight = (momentum - 1) / following;
    ahead = combine(next, 1 + weight, Z, -weight);
    [Z, value, momentum] = [next, loss, following];
  }
  return Z;
}

function combine(A: Rows, a: number, B: Rows, b: number): Rows {
  return A.map((row, i) => row.map((value, j) => a * value + b * B[i]![j]!));
}

/** Nearest matrix with ‖·‖_* ≤ radius: singular values projected onto the simplex. */
function projectOntoBall(A: Rows, radius: number): Rows {
  // Hestenes: rotate the columns of A until orthogonal; they are σ_i u_i, the accumulated rotation holds the v_i.
  const n = A.length;
  const columns = A[0]!.map((_, j) => A.map((row) => row[j]!));
  const right: Rows = columns.map((_, i) => columns.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0, rotated = true; rotated && sweep < 40; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const [u, v] = [columns[p]!, columns[q]!];
        const [a, b, c] = [inner(u, u), inner(v, v), inner(u, v)];
        if (Math.abs(c) <= 1e-15 * Math.sqrt(a * b) || c === 0) continue;
        rotated = true;
        const angle = 0.5 * Math.atan2(2 * c, a - b);
        turn(u, v, Math.cos(angle), Math.sin(angle));
        turn(right[p]!, right[q]!, Math.cos(angle), Math.sin(angle));
      }
    }
  }
  const sigma = columns.map((column) => Math.sqrt(inner(column, column)));
  const sorted = [...sigma].sort((a, b) => b - a);
  let shift = 0;
  let sum = 0;
  sorted.forEach((value, i) => {
    sum += value;
    if (value > (sum - radius) / (i + 1)) shift = Math.max(0, (sum - radius) / (i + 1));
  });
  const out: Rows = A.map((row) => row.map(() => 0));
  sigma.forEach((value, i) => {
    if (value <= shift) return;
    const factor = (value - shift) / value;
    for (let r = 0; r < n; r++) for (let c = 0; c < n; c++) out[r]![c]! += factor * columns[i]![r]! * right[i]![c]!;
  });
  return out;
}

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function turn(a: number[], b: number[], cos: number, sin: number): void {
  a.forEach((x, i) => {
    const y = b[i]!;
    a[i] = cos * x + sin * y;
    b[i] = cos * y - sin * x;
  });
}
