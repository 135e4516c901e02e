/**
 * The singular directions of the squared loss: with D = diag(n) and n̂ = D^{1/2}1/√N the loss is (1/2N)‖Ẑ − T‖² + constant with
 *     T = D^{1/2} without bias,      T = D^{1/2}(I − n̂ n̂ᵀ) with the bias at its best value,
 * so that T Tᵀ = D or D − n nᵀ/N. Its eigenvectors u_i are the optimum's and its eigenvalues τ_i² are what n_k is without bias
 * (derivation: docs/deep-linear.md). No optimum here.
 */
import { findRoot } from '../../numerics/roots.ts';

export interface TargetDirections {
  /** τ_i², descending, length K. */
  readonly weights: Float64Array;
  /** Left singular vectors u_i as the columns of a K×K row-major matrix. */
  readonly left: Float64Array;
  /** Right singular vectors v_i, likewise; the column of τ_i = 0 is zero. */
  readonly right: Float64Array;
}

/** Directions of T; classes of equal count come in the order given. */
export function targetDirections(counts: readonly number[], bias: boolean): TargetDirections {
  return bias ? centred(counts) : classByClass(counts);
}

function classByClass(counts: readonly number[]): TargetDirections {
  const K = counts.length;
  const order = counts.map((_, k) => k).sort((a, b) => counts[b]! - counts[a]!);
  const left = new Float64Array(K * K);
  order.forEach((k, i) => (left[k * K + i] = 1));
  return { weights: Float64Array.from(order, (k) => counts[k]!), left, right: left };
}

/**
 * Classes of equal count are interchangeable: contrasts among them are eigenvectors with τ² = n exactly; what is left lives on the
 * normalised indicators of the G distinct counts, diag(n_g) less a matrix of rank one.
 */
function centred(counts: readonly number[]): TargetDirections {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const groups = [...new Set(counts)].map((n) => ({ n, members: counts.flatMap((m, k) => (m === n ? [k] : [])) }));
  const columns: { readonly weight: number; readonly u: Float64Array }[] = [];
  for (const { n, members } of groups)
    for (let m = 1; m < members.length; m++) columns.push({ weight: n, u: contrast(members, m, K) });
  columns.push(...betweenGroups(groups, K));
  columns.sort((a, b) => b.weight - a.weight);
  const weights = Float64Array.from(columns, ({ weight }) => weight);
  const left = new Float64Array(K * K);
  const right = new Float64Array(K * K);
  columns.forEach(({ weight, u }, i) => {
    let mean = 0;
    for (let k = 0; k < K; k++) mean += (counts[k]! / N) * u[k]!;
    for (let k = 0; k < K; k++) {
      left[k * K + i] = u[k]!;
      if (weight > 0) right[k * K + i] = Math.sqrt(counts[k]! / weight) * (u[k]! - mean);
    }
  });
  return { weights, left, right };
}

/** Helmert's m-th contrast: the first m members against the next. */
function contrast(members: readonly number[], m: number, K: number): Float64Array {
  const u = new Float64Array(K);
  const size = Math.sqrt(m * (m + 1));
  for (let i = 0; i < m; i++) u[members[i]!] = 1 / size;
  u[members[m]!] = -m / size;
  return u;
}

/**
 * Eigenvectors of D − n nᵀ/N between the groups. With K_g classes of n_g the secular equation becomes
 *     μ = 0,   or   Σ_g K_g n_g/(n_g − μ) = 0,   u_g ∝ n_g/(n_g − μ) on every class of group g;
 * its left side rises from −∞ to ∞ between neighbouring counts. Roots are found as distances from the nearer count, in
 * logarithms, so that n_g − μ keeps its digits however close they are.
 */
function betweenGroups(
  groups: readonly { readonly n: number; readonly members: readonly number[] }[],
  K: number,
): { readonly weight: number; readonly u: Float64Array }[] {
  const descending = [...groups].sort((a, b) => b.n - a.n);
  const columns = [{ weight: 0, u: new Float64Array(K).fill(1 / Math.sqrt(K)) }];
  for (let i = 0; i + 1 < descending.length; i++) {
    const [above, below] = [descending[i]!.n, descending[i + 1]!.n];
    const half = (above - below) / 2;
    /** Σ_g K_g n_g/(n_g − μ) at μ = pole + offset. */
    const secular = (pole: number, offset: number): number =>
      descending.reduce((sum, { n, members }) => sum + (members.length * n) / (n - pole - offset), 0);
    const pole = secular(below, half) > 0 ? below : above;
    const sign = pole === below ? 1 : -1;
    const t = findRoot((log) => secular(pole, sign * half * Math.exp(log)), -120, 0, { tolerance: 1e-16 });
    const offset = sign * half * Math.exp(t);
    const u = new Float64Array(K);
    let square = 0;
    for (const { n, members } of descending) {
      const entry = n / (n - pole - offset);
      square += members.length * entry * entry;
      for (const k of members) u[k] = entry;
    }
    columns.push({ weight: pole + offset, u: u.map((entry) => entry / Math.sqrt(square)) });
  }
  return columns;
}
