/**
 * log Σ exp and log(1 + eˣ) without overflow, underflow or lost digits; no derivatives.
 */

/** log Σ_i exp(x_i); −∞ for an empty list. */
export function logSumExp(x: ArrayLike<number>): number {
  let top = -Infinity;
  for (let i = 0; i < x.length; i++) top = Math.max(top, x[i]!);
  if (!Number.isFinite(top)) return top;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.exp(x[i]! - top);
  return top + Math.log(sum);
}

/** log(1 + eˣ), relative accuracy kept for x → −∞. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** log log(1 + eˣ): the logarithm of a cross-entropy from its log-odds; finite where the loss itself underflows. */
export function logSoftplus(x: number): number {
  return x < -37 ? x : Math.log(softplus(x));
}
