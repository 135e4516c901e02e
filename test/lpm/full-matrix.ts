/**
 * Independent truth for the solvers' tests: everything by its definition on full K×K matrices and plain loops. Shares
 * no code with the solvers and is too slow for anything else.
 */
import type { LpmProblem, SymmetricLogits } from '../../src-main/lpm/types.ts';

/** Z from its symmetric form, by the formula in types.ts. */
export function fullLogits(logits: SymmetricLogits): number[][] {
  const group = logits.sizes.flatMap((size, g) => new Array<number>(size).fill(g));
  return group.map((g, j) =>
    group.map((h, k) => {
      let m = 0;
      for (let i = 0; i < logits.rank; i++)
        m += logits.left[g * logits.rank + i]! * logits.singularValues[i]! * logits.right[h * logits.rank + i]!;
      m /= Math.sqrt(logits.sizes[g]! * logits.sizes[h]!);
      return m + (g === h ? logits.contrasts[g]! * ((j === k ? 1 : 0) - 1 / logits.sizes[g]!) : 0);
    }),
  );
}

/** c_k per class. */
export function classShares(problem: LpmProblem): number[] {
  const mass = problem.groups.flatMap((g) => new Array<number>(g.classes).fill(g.samples * g.weight));
  const total = mass.reduce((a, b) => a + b, 0);
  return mass.map((m) => m / total);
}

/** f(Z) = Σ_k c_k (logsumexp(Z[:,k]) − Z[k,k]) and its gradient. */
export function lossAndGradient(problem: LpmProblem, Z: number[][]): { loss: number; gradient: number[][] } {
  const K = Z.length;
  const c = classShares(problem);
  const gradient = Z.map((row) => row.map(() => 0));
  let loss = 0;
  for (let k = 0; k < K; k++) {
    const odds = Z.map((row) => Math.exp(row[k]! - Z[k]![k]!));
    const total = odds.reduce((a, b) => a + b, 0);
    const others = odds.reduce((a, b, j) => (j === k ? a : a + b), 0);
    loss += c[k]! * Math.log1p(others);
    for (let j = 0; j < K; j++) gradient[j]![k] = c[k]! * (j === k ? -others / total : odds[j]! / total);
  }
  return { loss, gradient };
}

export function inner(A: number[][], B: number[][]): number {
  return A.reduce((sum, row, i) => sum + row.reduce((s, value, j) => s + value * B[i]![j]!, 0), 0);
}

export function product(A: number[][], B: number[][]): number[][] {
  return A.map((row) => B[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * B[k]![j]!, 0)));
}

export function transpose(A: number[][]): number[][] {
  return A[0]!.map((_, j) => A.map((row) => row[j]!));
}

/** All singular values by one-sided Jacobi rotations on the columns. */
export function singularValues(A: number[][]): number[] {
  const U = transpose(A);
  const n = U.length;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        let [a, b, c] = [0, 0, 0];
        for (let i = 0; i < U[p]!.length; i++) {
          a += U[p]![i]! ** 2;
          b += U[q]![i]! ** 2;
          c += U[p]![i]! * U[q]![i]!;
        }
        if (Math.abs(c) <= 1e-16 * Math.sqrt(a * b) || c === 0) continue;
        off = Math.max(off, Math.abs(c) / Math.sqrt(a * b));
        const zeta = (b - a) / (2 * c);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cos = 1 / Math.hypot(1, t);
        for (let i = 0; i < U[p]!.length; i++) {
          const [x, y] = [U[p]![i]!, U[q]![i]!];
          U[p]![i] = cos * (x - t * y);
          U[q]![i] = cos * (t * x + y);
        }
      }
    if (off < 1e-15) break;
  }
  return U.map((column) => Math.hypot(...column)).sort((a, b) => b - a);
}

/** The certificate by its definition: f(Z), ‖Z‖_*, and ⟨∇f, Z⟩ + ρ‖∇f‖₂. */
export function certificate(problem: LpmProblem, Z: number[][]) {
  const { loss, gradient } = lossAndGradient(problem, Z);
  const rho = Z.length * Math.sqrt(problem.featureBudget * problem.classifierBudget);
  const nuclearNorm = singularValues(Z).reduce((a, b) => a + b, 0);
  return { loss, nuclearNorm, rho, gap: inner(gradient, Z) + rho * singularValues(gradient)[0]! };
}
