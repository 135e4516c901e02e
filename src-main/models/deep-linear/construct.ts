/**
 * Explicit optimal weights and features from a singular form: W_j = Q_{j+1} diag(s_j) Q_jᵀ with orthonormal columns Q_j of
 * the hidden spaces, Q_{M+1} = U, and rows √n_k h_k = V diag(a) Q_1ᵀ. Any orthonormal Q_j give the same objective; the
 * default are unit vectors. Refuses nothing: widths must be at least the form's rank.
 */
import { multiplyTransposed } from '../../numerics/matrix-product.ts';
import type { RandomSource } from '../../numerics/random.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import type { FactorProblem } from './factors.ts';
import { meanDecay } from './prices.ts';
import type { SingularForm } from './types.ts';

/** The flat vector of a factor problem at this optimum; with a random source in randomly rotated hidden spaces. */
export function constructOptimum(
  target: FactorProblem,
  form: SingularForm,
  bias: ArrayLike<number>,
  random: RandomSource | null = null,
): Float64Array {
  const { problem, sizes, length } = target;
  const { rank } = form;
  const K = problem.counts.length;
  const x = new Float64Array(length);
  const { weights, features, bias: offset } = target.views(x);
  const frames = sizes.map((d, j) => (j === sizes.length - 1 ? form.left : orthonormal(d, rank, random)));
  const mean = meanDecay(problem.decays);
  weights.forEach((w, j) => {
    const share = Math.sqrt(mean / problem.decays[j]!);
    const scaled = frames[j + 1]!.map((value, at) => value * share * form.layerValues[at % rank]!);
    multiplyTransposed(scaled, frames[j]!, sizes[j + 1]!, rank, sizes[j]!, w);
  });
  const scaled = form.right.map((value, at) => value * form.featureValues[at % rank]!);
  features.set(multiplyTransposed(scaled, frames[0]!, K, rank, sizes[0]!));
  offset.set(Array.from(bias));
  return x;
}

/** d×r with orthonormal columns. */
function orthonormal(d: number, r: number, random: RandomSource | null): Float64Array {
  if (random === null) return Float64Array.from({ length: d * r }, (_, at) => (Math.floor(at / r) === at % r ? 1 : 0));
  return singularValueDecomposition(
    Float64Array.from({ length: d * r }, () => random.normal()),
    d,
    r,
  ).left;
}
