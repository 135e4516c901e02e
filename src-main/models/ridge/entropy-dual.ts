/**
 * Cross-entropy and its dual value at a point: Σ_k c_k H(e_k + θ(p_k − e_k)), p the softmax, H the entropy in nats, θ the largest
 * that is feasible (docs/ridge.md). Mixing the softmax with e_k keeps it a distribution.
 */
import { logitsOf, relativeNorm, type GroupGradient } from './group-gradient.ts';
import { softmaxColumns } from './softmax.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

/** Loss, softmax of the others (balanced for a free bias) and gradient. */
export function crossEntropyColumns(problem: ReducedRidge, point: RidgePoint) {
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

export function crossEntropy(problem: ReducedRidge, point: RidgePoint): { fit: number; dual: number } {
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
