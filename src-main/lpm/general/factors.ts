/**
 * The factored point x = (A, B, a) on a sphere, and what the loss looks like there (Burer and Monteiro 2003).
 *
 * M = A Bᵀ (A, B G×r) and s_g = a_g²/(2(K_g−1)) turn the nuclear-norm ball into ½‖x‖² = ρ, because
 * ‖M‖_* ≤ ½(‖A‖² + ‖B‖²) with equality for balanced factors. Every x on the sphere is feasible, and at a stationary
 * point the bound is tight. x is stored flat: A, then B, then a (entries of one-class groups stay 0).
 */

import { multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { differentiateGradient, evaluateLoss, type LossState } from './loss.ts';
import type { ReducedProblem } from './reduced-problem.ts';

export interface Factors {
  readonly rank: number;
  readonly x: Float64Array;
}

/** M (G×G) and s (length G) of a factored point. */
export function unpack(
  problem: ReducedProblem,
  { rank, x }: Factors,
): { between: Float64Array; contrasts: Float64Array } {
  const G = problem.count;
  const size = G * rank;
  return {
    between: multiplyTransposed(x.subarray(0, size), x.subarray(size, 2 * size), G, rank, G),
    contrasts: contrastsOf(problem, x.subarray(2 * size)),
  };
}

function contrastsOf({ sizes }: ReducedProblem, a: Float64Array): Float64Array {
  return a.map((value, g) => (sizes[g]! > 1 ? (value * value) / (2 * (sizes[g]! - 1)) : 0));
}

/** Value, Euclidean gradient and Hessian products of F at a factored point. */
export interface FactoredState {
  readonly loss: LossState;
  readonly gradient: Float64Array;
  /** ∇²F̃(x) v for a direction v of the shape of x. */
  readonly hessian: (v: Float64Array) => Float64Array;
}

export function evaluateFactors(problem: ReducedProblem, point: Factors): FactoredState {
  const { count: G, sizes } = problem;
  const { rank: r, x } = point;
  const size = G * r;
  const A = x.subarray(0, size);
  const B = x.subarray(size, 2 * size);
  const a = x.subarray(2 * size);
  const { between, contrasts } = unpack(problem, point);
  const loss = evaluateLoss(problem, contrasts, between);
  const gradientT = transpose(loss.gradient, G, G);
  const gradient = new Float64Array(x.length);
  multiplyTransposed(loss.gradient, transpose(B, G, r), G, G, r, gradient.subarray(0, size));
  multiplyTransposed(gradientT, transpose(A, G, r), G, G, r, gradient.subarray(size, 2 * size));
  // ∂F/∂s_g = −(K_g−1) within_g and ds_g/da_g = a_g/(K_g−1).
  for (let g = 0; g < G; g++) gradient[2 * size + g] = -loss.within[g]! * a[g]!;

  const hessian = (v: Float64Array): Float64Array => {
    const dA = v.subarray(0, size);
    const dB = v.subarray(size, 2 * size);
    const da = v.subarray(2 * size);
    const dM = multiplyTransposed(pair(dA, A, G, r), pair(B, dB, G, r), G, 2 * r, G);
    const ds = da.map((value, g) => (sizes[g]! > 1 ? (a[g]! * value) / (sizes[g]! - 1) : 0));
    const dG = new Float64Array(G * G);
    const dWithin = differentiateGradient(problem, loss, ds, dM, dG);
    const out = new Float64Array(x.length);
    const rows = (P: Float64Array, Q: Float64Array): Float64Array => pair(transpose(P, G, r), transpose(Q, G, r), r, G);
    multiplyTransposed(pair(dG, loss.gradient, G, G), rows(B, dB), G, 2 * G, r, out.subarray(0, size));
    const dGT = transpose(dG, G, G);
    multiplyTransposed(pair(dGT, gradientT, G, G), rows(A, dA), G, 2 * G, r, out.subarray(size, 2 * size));
    for (let g = 0; g < G; g++) out[2 * size + g] = -dWithin[g]! * a[g]! - loss.within[g]! * da[g]!;
    return out;
  };
  return { loss, gradient, hessian };
}

/** [P Q], m×2n from two m×n blocks. */
function pair(P: Float64Array, Q: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(2 * m * n);
  for (let i = 0; i < m; i++) {
    out.set(P.subarray(i * n, i * n + n), 2 * i * n);
    out.set(Q.subarray(i * n, i * n + n), 2 * i * n + n);
  }
  return out;
}
