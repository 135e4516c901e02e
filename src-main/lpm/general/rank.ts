/**
 * Which directions a factored point carries: those the dual inequality allows to be zero are dropped, those it demands
 * are added. Decides by the gradient alone; the caller re-optimises and re-certifies.
 *
 * At the optimum σ_i (λ − u_iᵀ(−∇)v_i) = 0 and s_g (λ − within_g) = 0 (complementarity), so of the two factors the
 * relatively smaller one is the one that is zero.
 */

import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { multiplyVector } from '../../numerics/matrix-product.ts';
import { dot, norm } from '../../numerics/vector.ts';
import { gramMatrix } from './certificate.ts';
import { unpack, type Factors } from './factors.ts';
import type { CanonicalFactors } from './gauge.ts';
import { evaluateLoss, type LossState } from './loss.ts';
import type { ReducedProblem } from './reduced-problem.ts';
import { onSphere } from './start.ts';

/** Only directions with less than this share of the largest may be dropped. */
const SMALL = 0.02;
/** Slack must exceed the share this many times. */
const MARGIN = 20;

/** The point without the directions that complementarity puts at zero; null if there are none. */
export function dropSlack(
  problem: ReducedProblem,
  loss: LossState,
  { rank: r, x, energies }: CanonicalFactors,
  multiplier: number,
): Factors | null {
  const { count: G, sizes } = problem;
  const half = G * r;
  // Energies are 2σ; contrasts are put on the same scale.
  const energy = (g: number): number => (sizes[g]! > 1 ? x[2 * half + g]! ** 2 / (sizes[g]! - 1) : 0);
  let largest = energies[0] ?? 0;
  for (let g = 0; g < G; g++) largest = Math.max(largest, energy(g));
  const kept: number[] = [];
  for (let i = 0; i < r; i++) {
    const share = energies[i]! / largest;
    if (share > SMALL || 1 - (2 * alignment(loss, x, i, r, G)) / (multiplier * energies[i]!) <= MARGIN * share)
      kept.push(i);
  }
  const cleared: number[] = [];
  for (let g = 0; g < G; g++) {
    const share = energy(g) / largest;
    if (share > 0 && share <= SMALL && 1 - loss.within[g]! / multiplier > MARGIN * share) cleared.push(g);
  }
  if (kept.length === r && cleared.length === 0) return null;
  const rank = kept.length;
  const out = new Float64Array(2 * G * rank + G);
  for (let row = 0; row < 2 * G; row++) for (let i = 0; i < rank; i++) out[row * rank + i] = x[row * r + kept[i]!]!;
  out.set(x.subarray(2 * half), 2 * G * rank);
  for (const g of cleared) out[2 * G * rank + g] = 0;
  return onSphere({ rank, x: out }, problem.radius);
}

/** −a_iᵀ (∂F/∂M) b_i for column i. */
function alignment(loss: LossState, x: Float64Array, i: number, r: number, G: number): number {
  const a = Float64Array.from({ length: G }, (_, g) => x[g * r + i]!);
  const b = Float64Array.from({ length: G }, (_, g) => x[G * r + g * r + i]!);
  return -dot(a, multiplyVector(loss.gradient, b, G, G));
}

/**
 * The point with up to `limit` new columns along the singular vectors of ∂F/∂M above λ, and with contrasts at zero
 * revived where within_g > λ; sized by halving until F falls. Null if nothing exceeds λ or no size helps.
 */
export function addViolated(
  problem: ReducedProblem,
  loss: LossState,
  { rank: r, x }: Factors,
  multiplier: number,
  limit: number,
): Factors | null {
  const { count: G, sizes, radius } = problem;
  const { values, vectors } = symmetricEigen(gramMatrix(loss.gradient, G), G);
  const columns: { readonly u: Float64Array; readonly v: Float64Array }[] = [];
  for (let i = 0; i < Math.min(limit, G); i++) {
    if (!(values[i]! > multiplier * multiplier * (1 + 1e-12))) break;
    const v = vectors!.slice(i * G, i * G + G);
    const u = multiplyVector(loss.gradient, v, G, G);
    const size = norm(u);
    columns.push({ u: u.map((value) => -value / size), v });
  }
  const revived: number[] = [];
  for (let g = 0; g < G; g++) {
    if (sizes[g]! > 1 && loss.within[g]! > multiplier && Math.abs(x[2 * G * r + g]!) < 1e-3 * Math.sqrt(radius))
      revived.push(g);
  }
  if (columns.length === 0 && revived.length === 0) return null;
  const rank = r + columns.length;
  for (let size = 0.1 * Math.sqrt(radius / (G + 1)); size > 1e-9 * Math.sqrt(radius); size /= 4) {
    const out = new Float64Array(2 * G * rank + G);
    for (let row = 0; row < 2 * G; row++) {
      for (let i = 0; i < r; i++) out[row * rank + i] = x[row * r + i]!;
      columns.forEach(({ u, v }, i) => {
        out[row * rank + r + i] = size * (row < G ? u[row]! : v[row - G]!);
      });
    }
    out.set(x.subarray(2 * G * r), 2 * G * rank);
    for (const g of revived) out[2 * G * rank + g] = size * Math.sqrt(2 * (sizes[g]! - 1));
    const candidate = onSphere({ rank, x: out }, radius);
    const { between, contrasts } = unpack(problem, candidate);
    if (evaluateLoss(problem, contrasts, between).logLoss < loss.logLoss) return candidate;
  }
  return null;
}
