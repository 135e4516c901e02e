/**
 * How far a state is from neural collapse: variability of the features inside classes, distance of classifiers and class
 * means from the simplex equiangular tight frame, distance between the two. Balanced classes, so there is one centre. A
 * quantity whose denominator vanishes is null.
 */
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import { norm } from '../../numerics/vector.ts';
import { parts, type FlowProblem, type FlowState } from './problem.ts';

export interface CollapseDistances {
  /** tr Σ_W / tr Σ_B. */
  readonly nc1Quot: number | null;
  /** ‖WWᵀ/‖WWᵀ‖_F − (I − J/K)/√(K−1)‖_F. */
  readonly nc2EtfW: number | null;
  /** The same of W less its mean row, which the flow conserves (docs/flow.md). */
  readonly nc2EtfWCentred: number | null;
  /** The same of the centred class means. */
  readonly nc2EtfH: number | null;
  /** ‖W/‖W‖_F − M/‖M‖_F‖_F with M the centred class means as rows. */
  readonly nc3Dual: number | null;
}

/** Class means as rows, K×p. */
export function classMeans(problem: FlowProblem, x: FlowState): Float64Array {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { H } = parts(problem, x);
  const means = new Float64Array(K * p);
  for (let i = 0; i < K * n; i++)
    for (let l = 0, k = Math.floor(i / n); l < p; l++) means[k * p + l] = means[k * p + l]! + H[i * p + l]! / n;
  return means;
}

export function collapseDistances(problem: FlowProblem, x: FlowState): CollapseDistances {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { W, H } = parts(problem, x);
  const means = classMeans(problem, x);
  let within = 0;
  for (let i = 0; i < K * n; i++)
    for (let l = 0, k = Math.floor(i / n); l < p; l++) within += (H[i * p + l]! - means[k * p + l]!) ** 2;
  const centred = centreRows(means, K, p);
  const between = norm(centred);
  const length = norm(W);
  let dual = 0;
  if (between > 0 && length > 0) W.forEach((w, i) => (dual += (w / length - centred[i]! / between) ** 2));
  return {
    nc1Quot: between > 0 ? within / n / between ** 2 : null,
    nc2EtfW: etfDistance(W, K, p),
    nc2EtfWCentred: etfDistance(centreRows(W, K, p), K, p),
    nc2EtfH: etfDistance(centred, K, p),
    nc3Dual: between > 0 && length > 0 ? Math.sqrt(dual) : null,
  };
}

/** Rows (K×p) less their mean. */
export function centreRows(rows: Float64Array, K: number, p: number): Float64Array {
  const out = Float64Array.from(rows);
  for (let l = 0; l < p; l++) {
    let mean = 0;
    for (let k = 0; k < K; k++) mean += rows[k * p + l]! / K;
    for (let k = 0; k < K; k++) out[k * p + l] = out[k * p + l]! - mean;
  }
  return out;
}

/** Distance of the Gram matrix of K rows from that of a simplex ETF, both scaled to unit Frobenius norm. */
export function etfDistance(rows: Float64Array, K: number, p: number): number | null {
  const gram = multiplyTransposed(rows, rows, K, p, K);
  const size = norm(gram);
  if (!(size > 0)) return null;
  let sum = 0;
  for (let j = 0; j < K; j++)
    for (let k = 0; k < K; k++) {
      const target = ((j === k ? 1 : 0) - 1 / K) / Math.sqrt(K - 1);
      sum += (gram[j * K + k]! / size - target) ** 2;
    }
  return Math.sqrt(sum);
}
