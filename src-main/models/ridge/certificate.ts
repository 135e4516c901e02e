/**
 * The Fenchel duality gap of a ridge problem at any point; no step is taken here (derivation: docs/ridge.md).
 *
 * With V the gradient of the loss in Z, any θ with θ‖V D^{−1/2}‖₂ ≤ l is dual feasible (with a bias also V 1 = 0). The dual
 * values are, over columns u_k = θ v_k/c_k of residuals:
 *     CE        Σ_k c_k H(e_k + u_k), H the entropy in nats: mixing the softmax with e_k keeps it a distribution
 *     squared   −Σ_k c_k (½‖u_k‖² + u_kk)
 * gap = loss + l‖Z D^{1/2}‖_* − dual value. Both sides are sums of terms of one sign that keep their relative digits, so the
 * gap is known to a few units of rounding of the objective, below which it is never reported.
 */
import { transpose, multiplyTransposed } from '../../numerics/matrix-product.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { softmaxColumns } from './softmax.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

export interface RidgeCertificate {
  readonly fit: number;
  readonly penalty: number;
  readonly objective: number;
  readonly gap: number;
}

/** Z of a point by groups: s_g and M (G×G row-major). */
export function logitsOf({ count: G, lengths }: ReducedRidge, point: RidgePoint) {
  const { rank, left, right, singularValues } = point;
  const between = new Float64Array(G * G);
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++) {
      let sum = 0;
      for (let i = 0; i < rank; i++) sum += left[h * rank + i]! * singularValues[i]! * right[g * rank + i]!;
      between[h * G + g] = sum / lengths[g]!;
    }
  return { contrasts: point.contrasts.map((value, g) => value / lengths[g]!), between };
}

export function nuclearNorm({ sizes }: { readonly sizes: ArrayLike<number> }, point: Omit<RidgePoint, 'bias'>): number {
  let sum = 0;
  for (const value of point.singularValues) sum += value;
  point.contrasts.forEach((value, g) => (sum += (sizes[g]! - 1) * value));
  return sum;
}

export function certify(problem: ReducedRidge, point: RidgePoint): RidgeCertificate {
  const penalty = problem.decay * nuclearNorm(problem, point);
  const { fit, dual } = problem.loss === 'squared' ? squared(problem, point) : crossEntropy(problem, point);
  const objective = fit + penalty;
  return { fit, penalty, objective, gap: Math.max(objective - dual, 4 * Number.EPSILON * objective) };
}

/** A gradient of the loss in Z by groups: its value on the contrasts of each group, and its G×G part between groups. */
interface GroupGradient {
  readonly within: Float64Array;
  readonly between: Float64Array;
}

/** ‖V D^{−1/2}‖₂/l: at most 1 for a dual feasible V. Taken over l, where it is of order one at every decay. */
function relativeNorm({ count: G, lengths, decay, sizes }: ReducedRidge, { within, between }: GroupGradient): number {
  let norm = 0;
  within.forEach((value, g) => {
    if (sizes[g]! > 1) norm = Math.max(norm, Math.abs(value) / (decay * lengths[g]!));
  });
  const scaled = between.map((value, i) => value / (decay * lengths[i % G]!));
  const columns = transpose(scaled, G, G);
  const top = symmetricEigen(multiplyTransposed(columns, columns, G, G, G), G, false).values[0]!;
  return Math.max(norm, Math.sqrt(Math.max(0, top)));
}

/** ‖∇f D^{−1/2}‖₂ at Z = 0 and the best bias there (the log shares): Z = 0 is optimal iff l is at least this. */
export function vanishingDecay(problem: Omit<ReducedRidge, 'decay'>): number {
  const point = zeroPoint(problem);
  const unit = { ...problem, decay: 1 };
  if (problem.loss === 'squared') return relativeNorm(unit, squaredColumns(unit, point).gradient);
  return relativeNorm(unit, crossEntropyColumns(unit, point).gradient);
}

/** Z = 0 with the bias that fits best: b = log c, or c itself for the squared loss; biases of CE sum to 0. */
export function zeroPoint({ count: G, shares, sizes, bias, loss }: Omit<ReducedRidge, 'decay'>): RidgePoint {
  const none = new Float64Array(0);
  const logs = shares.map(Math.log);
  const K = sizes.reduce((a, b) => a + b, 0);
  const mean = logs.reduce((sum, value, g) => sum + (sizes[g]! * value) / K, 0);
  const fitted = loss === 'squared' ? shares : logs.map((value) => value - mean);
  const b = bias ? Float64Array.from(fitted) : new Float64Array(G);
  return { contrasts: new Float64Array(G), rank: 0, left: none, singularValues: none, right: none, bias: b };
}

/** Loss, softmax of the others (balanced for a free bias) and gradient. */
function crossEntropyColumns(problem: ReducedRidge, point: RidgePoint) {
  const { count: G, sizes, shares, bias } = problem;
  const { contrasts, between } = logitsOf(problem, point);
  const { other, sibling, loss } = softmaxColumns(sizes, contrasts, between, point.bias);
  if (bias) balanceFlows(problem, other);
  const outside = new Float64Array(G);
  const V = new Float64Array(G * G);
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      outside[g] = outside[g]! + sizes[h]! * other[h * G + g]!;
      V[h * G + g] = shares[g]! * Math.sqrt(sizes[h]! * sizes[g]!) * other[h * G + g]!;
    }
  for (let g = 0; g < G; g++) V[g * G + g] = -shares[g]! * outside[g]!;
  const within = outside.map((out, g) => shares[g]! * (sizes[g]! * sibling[g]! + out));
  const gradient: GroupGradient = { within, between: V };
  /** 1 − probability of the own class. */
  const others = outside.map((out, g) => out + (sizes[g]! - 1) * sibling[g]!);
  return { loss, sibling, other, others, gradient };
}

function crossEntropy(problem: ReducedRidge, point: RidgePoint): { fit: number; dual: number } {
  const { count: G, sizes, shares } = problem;
  const { loss, sibling, other, others, gradient } = crossEntropyColumns(problem, point);
  // Balancing may ask more of a column than its own class has: then θ makes room.
  const theta = 1 / Math.max(1, relativeNorm(problem, gradient), ...others);
  const entropy = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  let [fit, dual] = [0, 0];
  for (let g = 0; g < G; g++) {
    const rest = theta * others[g]!;
    let sum = rest < 1 ? -(1 - rest) * Math.log1p(-rest) : 0;
    sum += (sizes[g]! - 1) * entropy(theta * sibling[g]!);
    for (let h = 0; h < G; h++) if (h !== g) sum += sizes[h]! * entropy(theta * other[h * G + g]!);
    fit += sizes[g]! * shares[g]! * loss[g]!;
    dual += sizes[g]! * shares[g]! * sum;
  }
  return { fit, dual };
}

/**
 * Makes Σ_k c_k p_k = c exact, as a free bias demands: what flows into a class of group h, Σ_g K_g c_g p_hg, must be what flows
 * out of it. The excess of inflow is sent on to the classes that lack it; probabilities only grow, at the own class's cost.
 */
function balanceFlows({ count: G, sizes, shares }: ReducedRidge, other: Float64Array): void {
  const excess = new Float64Array(G);
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++) {
      if (h === g) continue;
      excess[h] = excess[h]! + sizes[g]! * shares[g]! * other[h * G + g]!;
      excess[g] = excess[g]! - sizes[h]! * shares[g]! * other[h * G + g]!;
    }
  let total = 0;
  for (let g = 0; g < G; g++) total += sizes[g]! * Math.max(0, excess[g]!);
  if (!(total > 0)) return;
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++)
      if (excess[g]! > 0 && excess[h]! < 0)
        other[h * G + g] = other[h * G + g]! + (excess[g]! * -excess[h]!) / (total * shares[g]!);
}

/**
 * Loss and a dual point of the squared loss. The gradient c (z − 1) itself would lose the digits of z ≈ 1 at a small decay;
 * the subgradient of the penalty does not: −l U Vᵀ D^{1/2} where Y is active, the gradient where it is not (no digit is lost
 * there). They agree at the optimum.
 */
function squaredColumns(problem: ReducedRidge, point: RidgePoint) {
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

function squared(problem: ReducedRidge, point: RidgePoint): { fit: number; dual: number } {
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
