/**
 * The scalar problem behind every singular direction of a deep linear network with squared loss:
 *     minimise φ(x) = 1/(1 + x^M) + b x over x ≥ 0                    (M ≥ 1 the depth, b > 0 the price of length)
 * φ' = 0 reads b = g(x), g(x) = M x^{M−1}/(1 + x^M)². For M ≥ 2, g rises up to x^M = (M−1)/(M+1) and falls after it, so that
 * there are two roots below its maximum; the larger is a local minimiser. It beats x = 0 only while b is below the zero bound
 *     b < β_M = (M−1)^{(M−1)/M}/M,                                    where x^M = M − 1 and φ(x) = φ(0) = 1.
 * Between β_M and max g the larger root exists and is not the minimiser. (Derivation: docs/deep-linear.md.)
 */
import { softplus } from '../../numerics/log-sum-exp.ts';
import { findRoot } from '../../numerics/roots.ts';

/** In log x: what a bracket is wider than its bound, so that rounding cannot leave the root out. */
const BEYOND = 0.01;

export interface ScalarMinimum {
  /** log x; −∞ where the minimiser is 0. */
  readonly logX: number;
  /** φ at the minimiser, at most 1. */
  readonly value: number;
  /** t = x^M/(1 + x^M) in [0, 1): how far the logit of the direction reaches towards its target. */
  readonly fit: number;
}

/** β_M: the minimiser is exactly 0 iff b ≥ β_M. M = 1: 1; 2: 0.5; 3: 0.529134. */
export function zeroBound(M: number): number {
  return M === 1 ? 1 : Math.exp(((M - 1) / M) * Math.log(M - 1)) / M;
}

/** max g: for b above it φ has no stationary point but the end x = 0. Equal to β_1 for M = 1, above β_M otherwise. */
export function rootCeiling(M: number): number {
  return M === 1 ? 1 : Math.exp(logPrice(Math.log((M - 1) / (M + 1)) / M, M));
}

/** log g(e^u). */
function logPrice(u: number, M: number): number {
  return Math.log(M) + (M - 1) * u - 2 * softplus(M * u);
}

/** φ(x) for x ≥ 0. */
export function scalarObjective(x: number, b: number, M: number): number {
  return 1 / (1 + x ** M) + b * x;
}

/** log of the larger root of b = g(x); null where there is none (b > max g, or b ≥ 1 for M = 1). */
export function logLargerRoot(b: number, M: number): number | null {
  // M = 1: x = 1/√b − 1, written without cancellation.
  if (M === 1) return b < 1 ? Math.log((1 - b) / (1 + Math.sqrt(b))) - Math.log(b) / 2 : null;
  if (b > rootCeiling(M)) return null;
  const peak = Math.log((M - 1) / (M + 1)) / M;
  // g(x) < M x^{−M−1}; a little beyond it, for at a small price the two agree to rounding.
  const end = Math.max(peak, (Math.log(M) - Math.log(b)) / (M + 1)) + BEYOND;
  const excess = (u: number): number => logPrice(u, M) - Math.log(b);
  // At the ceiling itself the two roots meet and rounding may leave no sign change.
  if (!(excess(peak) > 0)) return peak;
  return findRoot(excess, peak, end, { tolerance: 1e-15 });
}

/** The minimiser of φ: 0 by the zero bound, else the larger root. Relative accuracy of x about 1e-14. */
export function minimiseScalar(b: number, M: number): ScalarMinimum {
  const logX = b >= zeroBound(M) ? null : logLargerRoot(b, M);
  if (logX === null) return { logX: -Infinity, value: 1, fit: 0 };
  const miss = Math.exp(-softplus(M * logX));
  return { logX, value: miss + b * Math.exp(logX), fit: Math.exp(-softplus(-M * logX)) };
}
