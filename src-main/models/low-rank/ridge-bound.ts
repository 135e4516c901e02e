/**
 * Proven lower bounds for decayed heads under cross-entropy, from any point; no minimisation here.
 *
 *     product   min_Z f(Z) + l ‖Z D^{1/2}‖_*,          l = √(λ_W λ_H)
 *     factors   min_Z f(Z) + (3/2) c Σ σ_i(Z D^{1/2})^{2/3},   c = (λ_W² λ_H)^{1/3}
 *
 * f(Z) = Σ_k c_k CE(Z[:,k], k), D = diag(n). The first is convex and its dual is a sum of entropies; the second is not,
 * and is bounded through the first (both derived in docs/low-rank.md). A bound on the rank only raises the optimum.
 */
import { multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { logitLoss } from './logit-loss.ts';

/**
 * Lower bound on the product problem: Σ_k c_k H(q_k) with q_k = e_k + α(p_k − e_k), p_k the softmax of column k of Z and
 * α ≤ 1 the largest share with ‖α ∇f(Z) D^{−1/2}‖₂ ≤ l. Tight at the optimum.
 * @param Z logits, K×K row-major.
 * @param counts n_k ≥ 1.
 */
export function productDecayBound(Z: Float64Array, counts: readonly number[], l: number): number {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const shares = Float64Array.from(counts, (n) => n / N);
  const gradient = new Float64Array(K * K);
  logitLoss('cross-entropy', Z, shares, gradient);
  const alpha = Math.min(1, l / weightedNorm(gradient, counts));
  let bound = 0;
  for (let k = 0; k < K; k++) {
    // From the off-diagonal entries alone: q_kk = 1 − Σ others keeps its digits.
    let others = 0;
    let entropy = 0;
    for (let j = 0; j < K; j++) {
      if (j === k) continue;
      const q = (alpha * gradient[j * K + k]!) / shares[k]!;
      others += q;
      if (q > 0) entropy -= q * Math.log(q);
    }
    if (others < 1) entropy -= (1 - others) * Math.log1p(-others);
    bound += shares[k]! * entropy;
  }
  return bound;
}

/** ‖G D^{−1/2}‖₂. */
function weightedNorm(G: Float64Array, counts: readonly number[]): number {
  const K = counts.length;
  const columns = transpose(
    G.map((value, i) => value / Math.sqrt(counts[i % K]!)),
    K,
    K,
  );
  return Math.sqrt(Math.max(0, symmetricEigen(multiplyTransposed(columns, columns, K, K, K), K, false).values[0]!));
}

/** At l ≥ this the product problem's optimum is Z = 0: ‖∇f(0) D^{−1/2}‖₂. */
export function vanishingDecay(counts: readonly number[]): number {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const gradient = new Float64Array(K * K);
  logitLoss(
    'cross-entropy',
    new Float64Array(K * K),
    Float64Array.from(counts, (n) => n / N),
    gradient,
  );
  return weightedNorm(gradient, counts);
}

/** φ(ν) ≥ value − slope·ν, where φ(ν) = min {f(Z): ‖Z D^{1/2}‖_* ≤ ν}. */
export interface SupportingLine {
  readonly value: number;
  readonly slope: number;
}

export interface FactorDecayBound {
  readonly bound: number;
  /** Nuclear norm at which it is taken. */
  readonly at: number;
  /** A slope whose line would raise the bound, or null where none of those between its neighbours differs. */
  readonly refine: number | null;
}

/**
 * Lower bound on the factor problem: since Σ σ^{2/3} ≥ (Σ σ)^{2/3}, min_ν [max_i (g_i − l_i ν)₊ + (3/2) c ν^{2/3}]. Between two
 * breakpoints of the lines' upper envelope the bracket is concave, so a breakpoint attains the minimum.
 * @param lines g_i = a productDecayBound, l_i its decay.
 */
export function factorDecayBound(lines: readonly SupportingLine[], c: number): FactorDecayBound {
  const all = [...lines, { value: 0, slope: 0 }];
  const height = (nu: number): number => Math.max(...all.map(({ value, slope }) => value - slope * nu));
  let best: FactorDecayBound = { bound: height(0), at: 0, refine: null };
  for (const [i, a] of all.entries())
    for (const b of all.slice(i + 1)) {
      const nu = (a.value - b.value) / (a.slope - b.slope);
      if (!(nu > 0 && Number.isFinite(nu))) continue;
      const line = a.value - a.slope * nu;
      if (line < height(nu) - 1e-12 * height(0)) continue;
      const bound = line + 1.5 * c * Math.cbrt(nu) ** 2;
      const [low, high] = [Math.min(a.slope, b.slope), Math.max(a.slope, b.slope)];
      if (bound < best.bound)
        best = { bound, at: nu, refine: high > low * (1 + 1e-3) ? (low > 0 ? Math.sqrt(low * high) : high / 4) : null };
    }
  return best;
}
