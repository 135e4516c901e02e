/** The loss of one sample from its logits, in float64 and without weights: what curves and tables show. */

/** log Σ_k exp z_k − z_y, in nats. */
export function softmaxLoss(logits: ArrayLike<number>, label: number): number {
  let top = -Infinity;
  for (let k = 0; k < logits.length; k++) top = Math.max(top, logits[k]!);
  let sum = 0;
  for (let k = 0; k < logits.length; k++) sum += Math.exp(logits[k]! - top);
  return Math.log(sum) + top - logits[label]!;
}

/** ½‖z − e_y‖². */
export function squaredLoss(logits: ArrayLike<number>, label: number): number {
  let sum = 0;
  for (let k = 0; k < logits.length; k++) sum += (logits[k]! - (k === label ? 1 : 0)) ** 2;
  return sum / 2;
}
