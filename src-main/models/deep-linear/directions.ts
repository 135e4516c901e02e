/**
 * The singular directions of the squared loss: with D = diag(n) and n̂ = D^{1/2}1/√N the loss is (1/2N)‖Ẑ − T‖² + constant with
 *     T = D^{1/2} without bias,      T = D^{1/2}(I − n̂ n̂ᵀ) with the bias at its best value,
 * so that T Tᵀ = D or D − n nᵀ/N. Its eigenvectors u_i are the optimum's and its eigenvalues τ_i² are what n_k is without bias
 * (derivation: docs/deep-linear.md). No optimum here.
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';

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
 * Classes of equal count are interchangeable: contrasts among them are eigenvectors with τ² = n exactly; what is left is one
 * G×G problem on the normalised indicators of the G distinct counts.
 */
function centred(counts: readonly number[]): TargetDirections {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const groups = [...new Set(counts)].map((n) => ({ n, members: counts.flatMap((m, k) => (m === n ? [k] : [])) }));
  const columns: { readonly weight: number; readonly u: Float64Array }[] = [];
  for (const { n, members } of groups)
    for (let m = 1; m < members.length; m++) columns.push({ weight: n, u: contrast(members, m, K) });
  columns.push(...betweenGroups(groups, N, K));
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

function betweenGroups(
  groups: readonly { readonly n: number; readonly members: readonly number[] }[],
  N: number,
  K: number,
): { readonly weight: number; readonly u: Float64Array }[] {
  const G = groups.length;
  const root = groups.map(({ n, members }) => Math.sqrt((members.length * n) / N));
  // Tᵀ on the indicators, columns scaled by √n: one-sided Jacobi keeps the digits of small classes.
  const target = new Float64Array(G * G);
  for (let g = 0; g < G; g++)
    for (let h = 0; h < G; h++) target[g * G + h] = ((g === h ? 1 : 0) - root[g]! * root[h]!) * Math.sqrt(groups[h]!.n);
  const { values, right } = singularValueDecomposition(target, G, G);
  return Array.from({ length: G }, (_, i) => {
    const u = new Float64Array(K);
    // The last value is zero but for rounding, its vector the all-ones direction.
    const last = i === G - 1;
    groups.forEach(({ members }, g) => {
      for (const k of members) u[k] = last ? 1 / Math.sqrt(K) : right[g * G + i]! / Math.sqrt(members.length);
    });
    return { weight: last ? 0 : values[i]! ** 2, u };
  });
}
