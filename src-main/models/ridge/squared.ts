/**
 * Ridge squared loss in closed form (Dang et al. 2023 for one layer; with the bias derived in docs/ridge.md):
 *     no bias             Z = diag(1 − l r_k/c_k)₊: every class by itself, the general orthogonal frame
 *     bias, per sample    Y is D^{1/2}(I − √c √cᵀ) with its singular values lowered by N l, b = c − Z c
 * Anything else is refused by validate.ts.
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { logitsOf } from './group-gradient.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

export function solveSquared(problem: ReducedRidge): RidgePoint {
  const { count: G, shares, lengths, decay, sizes, bias } = problem;
  const own = Float64Array.from(lengths, (r, g) => Math.max(0, r - (decay * r * r) / shares[g]!));
  const contrasts = own.map((value, g) => (sizes[g]! > 1 ? value : 0));
  const none = new Float64Array(G);
  if (!bias) {
    const order = Array.from(own, (_, g) => g).sort((a, b) => own[b]! - own[a]!);
    const kept = order.filter((g) => own[g]! > 0);
    const side = new Float64Array(G * kept.length);
    kept.forEach((g, i) => (side[g * kept.length + i] = 1));
    return {
      contrasts,
      rank: kept.length,
      left: side,
      singularValues: Float64Array.from(kept, (g) => own[g]!),
      right: side,
      bias: none,
    };
  }
  const root = sizes.map((size, g) => Math.sqrt(size * shares[g]!));
  const target = new Float64Array(G * G);
  for (let h = 0; h < G; h++)
    for (let g = 0; g < G; g++) target[h * G + g] = lengths[h]! * ((h === g ? 1 : 0) - root[h]! * root[g]!);
  const { left, values, right } = singularValueDecomposition(target, G, G);
  // Per sample r²/c = N for every class.
  const threshold = (decay * lengths[0]! ** 2) / shares[0]!;
  let rank = 0;
  while (rank < G - 1 && values[rank]! > threshold) rank++;
  const cut = (q: Float64Array): Float64Array =>
    Float64Array.from({ length: G * rank }, (_, i) => q[Math.floor(i / rank) * G + (i % rank)]!);
  const point = {
    contrasts,
    rank,
    left: cut(left),
    singularValues: values.slice(0, rank).map((value) => value - threshold),
    right: cut(right),
    bias: none,
  };
  const { between } = logitsOf(problem, point);
  const b = sizes.map((size, h) => {
    let mean = 0;
    for (let g = 0; g < G; g++) mean += between[h * G + g]! * Math.sqrt(sizes[g]! / size) * shares[g]!;
    return shares[h]! - mean;
  });
  return { ...point, bias: b };
}
