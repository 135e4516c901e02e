/**
 * The convex program over the full K×K logits, min Σ_k c_k L(Z[:,k], k) s.t. ‖Z‖_* ≤ ρ, by accelerated projected gradient
 * with one singular value decomposition per step: slow, plain, any loss. Projection makes small singular values exactly
 * zero, so the rank of the answer is read off without a tolerance. No symmetry is used.
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { crossEntropy, type SampleLoss } from './sample-losses.ts';

export interface BallPoint {
  /** Z, K×K row-major, ‖Z‖_* ≤ ρ. */
  readonly logits: Float64Array;
  readonly objective: number;
  /** Singular values of Z that are not exactly zero. */
  readonly rank: number;
  readonly singularValues: Float64Array;
  /** ⟨∇f, Z⟩ + ρ‖∇f‖₂, by its definition. */
  readonly gap: number;
  readonly steps: number;
}

export interface BallOptions {
  readonly steps: number;
  /** Stops at gap ≤ tolerance · f, looked at every 20 steps. */
  readonly tolerance: number;
  readonly loss?: SampleLoss;
  readonly start?: Float64Array;
  /** Curvature bound of one column's loss; 1/2 for cross-entropy. */
  readonly curvature?: number;
}

/** f and ∇f at Z. */
export function lossOfLogits(
  shares: readonly number[],
  Z: Float64Array,
  loss: SampleLoss = crossEntropy,
): { readonly value: number; readonly gradient: Float64Array } {
  const K = shares.length;
  const gradient = new Float64Array(K * K);
  let value = 0;
  shares.forEach((c, k) => {
    const column = Float64Array.from(shares, (_, j) => Z[j * K + k]!);
    const sample = loss(column, k);
    value += c * sample.value;
    for (let j = 0; j < K; j++) gradient[j * K + k] = c * sample.gradient[j]!;
  });
  return { value, gradient };
}

/** Nearest matrix with ‖·‖_* ≤ ρ: singular values projected onto the simplex of that size. */
export function projectOntoBall(A: Float64Array, K: number, radius: number) {
  const { left, values, right } = singularValueDecomposition(A, K, K);
  let shift = 0;
  let sum = 0;
  values.forEach((value, i) => {
    sum += value;
    if (value > (sum - radius) / (i + 1)) shift = Math.max(0, (sum - radius) / (i + 1));
  });
  const kept = values.map((value) => Math.max(0, value - shift));
  const projected = new Float64Array(K * K);
  kept.forEach((value, i) => {
    if (value === 0) return;
    for (let r = 0; r < K; r++)
      for (let c = 0; c < K; c++)
        projected[r * K + c] = projected[r * K + c]! + value * left[r * K + i]! * right[c * K + i]!;
  });
  return { projected, kept };
}

/** ⟨∇f, Z⟩ + ρ‖∇f‖₂ ≥ f(Z) − f* for any Z with ‖Z‖_* ≤ ρ. */
export function ballGap(gradient: Float64Array, Z: Float64Array, K: number, radius: number): number {
  const inner = gradient.reduce((total, value, i) => total + value * Z[i]!, 0);
  return inner + radius * singularValueDecomposition(gradient, K, K).values[0]!;
}

/** Minimises from zero (or from `start`) for at most so many steps. */
export function minimiseInBall(shares: readonly number[], radius: number, options: BallOptions): BallPoint {
  const K = shares.length;
  const step = 1 / ((options.curvature ?? 0.5) * Math.max(...shares));
  let { projected: Z, kept } = projectOntoBall(options.start ?? new Float64Array(K * K), K, radius);
  let ahead = Z;
  let momentum = 1;
  let value = lossOfLogits(shares, Z, options.loss).value;
  let steps = 0;
  const end = (): BallPoint => {
    const { gradient } = lossOfLogits(shares, Z, options.loss);
    const rank = kept.filter((sigma) => sigma > 0).length;
    return { logits: Z, objective: value, rank, singularValues: kept, gap: ballGap(gradient, Z, K, radius), steps };
  };
  for (; steps < options.steps; steps++) {
    const { gradient } = lossOfLogits(shares, ahead, options.loss);
    const next = projectOntoBall(
      ahead.map((entry, i) => entry - step * gradient[i]!),
      K,
      radius,
    );
    const reached = lossOfLogits(shares, next.projected, options.loss).value;
    if (reached > value && momentum > 1) {
      // Overshot: begin again without momentum from the best point.
      momentum = 1;
      ahead = Z;
      continue;
    }
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const weight = (momentum - 1) / following;
    ahead = next.projected.map((entry, i) => entry + weight * (entry - Z[i]!));
    ({ projected: Z, kept } = next);
    value = reached;
    momentum = following;
    if (steps % 20 === 19) {
      const point = end();
      if (point.gap <= options.tolerance * value) return point;
    }
  }
  return end();
}
