/**
 * Ridge cross-entropy over non-negative features (behind a ReLU) by projected gradient descent on W and H: slow, plain, and from
 * random starts. It knows no threshold and no geometry.
 *
 *     min_{W, H ≥ 0} (1/N) Σ_k n_k CE(W h_k, k) + (l/2)(‖W‖² + Σ_k n_k ‖h_k‖²)
 */
import { randomSource } from '../../../numerics/random.ts';

export interface ReluProblem {
  /** n_k per class. */
  readonly counts: readonly number[];
  /** l = λ_W = λ_H. */
  readonly decay: number;
  /** p. */
  readonly dimension: number;
}

export interface ReluPoint {
  /** √n_k h_k, K×p row-major, ≥ 0. */
  readonly features: Float64Array;
  readonly objective: number;
}

/** One run of `steps` steps of length 0.5 from a random start of small norm. */
export function reluDescent({ counts, decay, dimension: p }: ReluProblem, seed: number, steps: number): ReluPoint {
  const K = counts.length;
  const N = counts.reduce((a, b) => a + b, 0);
  const random = randomSource(seed);
  const W = Float64Array.from({ length: K * p }, () => 0.3 * random.normal());
  const H = Float64Array.from({ length: K * p }, () => 0.3 * Math.abs(random.normal()));
  const length = 0.5;
  let objective = NaN;
  for (let step = 0; step < steps; step++) {
    const gradW = W.map((w) => decay * w);
    const gradH = H.map((h) => decay * h);
    objective = 0;
    for (const value of W) objective += (decay / 2) * value * value;
    for (const value of H) objective += (decay / 2) * value * value;
    for (let k = 0; k < K; k++) {
      const root = Math.sqrt(counts[k]!);
      const share = counts[k]! / N;
      const z = counts.map((_, j) => {
        let sum = 0;
        for (let i = 0; i < p; i++) sum += W[j * p + i]! * H[k * p + i]!;
        return sum / root;
      });
      const top = Math.max(...z);
      const total = z.reduce((sum, value) => sum + Math.exp(value - top), 0);
      objective += share * (Math.log(total) + top - z[k]!);
      for (let j = 0; j < K; j++) {
        const slope = (share * (Math.exp(z[j]! - top) / total - (j === k ? 1 : 0))) / root;
        for (let i = 0; i < p; i++) {
          gradW[j * p + i] = gradW[j * p + i]! + slope * H[k * p + i]!;
          gradH[k * p + i] = gradH[k * p + i]! + slope * W[j * p + i]!;
        }
      }
    }
    for (let e = 0; e < K * p; e++) {
      W[e] = W[e]! - length * gradW[e]!;
      H[e] = Math.max(0, H[e]! - length * gradH[e]!);
    }
  }
  return { features: H, objective };
}
