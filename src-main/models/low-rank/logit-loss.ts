/**
 * The two losses of a head as functions of the logits alone, with gradients; no decay, no factors.
 *
 *     cross-entropy   Σ_k c_k CE(Z[:,k], k)           mse   ½ Σ_k c_k ‖Z[:,k] − e_k‖²            c_k = n_k/N
 */

export type LossName = 'cross-entropy' | 'mse';

/**
 * @param Z logits, K×K row-major, column k those of class k.
 * @param shares c_k, summing to 1.
 * @param gradient K×K row-major, overwritten by ∂/∂Z.
 * @returns the loss; in nats for cross-entropy.
 */
export function logitLoss(loss: LossName, Z: Float64Array, shares: Float64Array, gradient: Float64Array): number {
  const K = shares.length;
  let total = 0;
  for (let k = 0; k < K; k++) {
    const c = shares[k]!;
    if (loss === 'mse') {
      for (let j = 0; j < K; j++) {
        const error = Z[j * K + k]! - (j === k ? 1 : 0);
        gradient[j * K + k] = c * error;
        total += (c * error * error) / 2;
      }
      continue;
    }
    let top = -Infinity;
    for (let j = 0; j < K; j++) top = Math.max(top, Z[j * K + k]!);
    let others = 0;
    for (let j = 0; j < K; j++) if (j !== k) others += Math.exp(Z[j * K + k]! - top);
    const own = Math.exp(Z[k * K + k]! - top);
    const sum = own + others;
    // −log p_own without cancellation where p_own is near 1.
    total += c * (own > 0 ? Math.log1p(others / own) : Math.log(sum) + top - Z[k * K + k]!);
    for (let j = 0; j < K; j++)
      gradient[j * K + k] = j === k ? (-c * others) / sum : (c * Math.exp(Z[j * K + k]! - top)) / sum;
  }
  return total;
}
