/** The squared loss and its dual value at a point, −Σ_k c_k (½‖u_k‖² + u_kk) over columns u_k = θ v_k/c_k (docs/ridge.md). */
import { logitsOf, relativeNorm, type GroupGradient } from './group-gradient.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

/**
 * Loss and a dual point of the squared loss. The gradient c (z − 1) itself would lose the digits of z ≈ 1 at a small decay;
 * the subgradient of the penalty does not: −l U Vᵀ D^{1/2} where Y is active, the gradient where it is not (no digit is lost
 * there). They agree at the optimum.
 */
export function squaredColumns(problem: ReducedRidge, point: RidgePoint) {
  const { count: G, sizes, shares, lengths, decay, bias } = problem;
  const { contrasts, between } = logitsOf(problem, point);
  const residual = between.map((value, i) => {
    const [h, g] = [Math.floor(i / G), i % G];
    return value + Math.sqrt(sizes[h]! * sizes[g]!) * point.bias[h]! - (h === g ? 1 : 0);
  });
  let fit = 0;
  for (let g = 0; g < G; g++) fit += ((sizes[g]! - 1) * shares[g]! * (contrasts[g]! - 1) ** 2) / 2;
  residual.forEach((value, i) => (fit += (shares[i % G]! * value * value) / 2));
  const within = contrasts.map((s, g) => (s > 0 ? -decay * lengths[g]! : -shares[g]!));
  const { rank: r, left, right } = point;
  const V = residual.map((value, i) => (value * shares[i % G]!) / lengths[i % G]!);
  if (r === G - (bias ? 1 : 0)) V.fill(0);
  else {
    removeSpan(V, left, G, r, G, 1);
    removeSpan(V, right, G, r, 1, G);
  }
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++) {
      let active = 0;
      for (let i = 0; i < r; i++) active += left[h * r + i]! * right[g * r + i]!;
      V[h * G + g] = (V[h * G + g]! - decay * active) * lengths[g]!;
    }
  if (bias) centreRows(sizes, V);
  const gradient: GroupGradient = { within, between: V };
  return { fit, gradient };
}

/** Takes the span of r orthonormal columns out of the vectors of V that run along `along` and are `across` apart. */
function removeSpan(V: Float64Array, basis: Float64Array, G: number, r: number, along: number, across: number): void {
  for (let j = 0; j < G; j++)
    for (let i = 0; i < r; i++) {
      let overlap = 0;
      for (let h = 0; h < G; h++) overlap += basis[h * r + i]! * V[h * along + j * across]!;
      for (let h = 0; h < G; h++) V[h * along + j * across] = V[h * along + j * across]! - overlap * basis[h * r + i]!;
    }
}

export function squared(problem: ReducedRidge, point: RidgePoint): { fit: number; dual: number } {
  const { count: G, sizes, shares } = problem;
  const { fit, gradient } = squaredColumns(problem, point);
  const theta = 1 / Math.max(1, relativeNorm(problem, gradient));
  let [square, trace] = [0, 0];
  for (let g = 0; g < G; g++) {
    square += ((sizes[g]! - 1) * gradient.within[g]! ** 2) / shares[g]!;
    trace += (sizes[g]! - 1) * gradient.within[g]! + gradient.between[g * G + g]!;
  }
  gradient.between.forEach((value, i) => (square += value ** 2 / shares[i % G]!));
  return { fit, dual: -theta * trace - (theta * theta * square) / 2 };
}

/** V ← V (I − q qᵀ): rows that sum to zero over classes, as a free bias demands. */
function centreRows(sizes: Float64Array, V: Float64Array): void {
  const G = sizes.length;
  const K = sizes.reduce((a, b) => a + b, 0);
  for (let h = 0; h < G; h++) {
    let mean = 0;
    for (let g = 0; g < G; g++) mean += Math.sqrt(sizes[g]! / K) * V[h * G + g]!;
    for (let g = 0; g < G; g++) V[h * G + g] = V[h * G + g]! - Math.sqrt(sizes[g]! / K) * mean;
  }
}
