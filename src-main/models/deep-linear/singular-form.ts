/**
 * Balanced factors from the singular values z of the logits Ẑ: with λ_j s_j² = λ_H a² = c in every direction, z = a Π_j s_j gives
 *     c = (z² Π_j λ_j λ_H)^{1/(M+1)}
 * which is also the cheapest way to write Ẑ as a product: it costs ((M+1)/2) Σ c (the Schatten-2/(M+1) quasi-norm).
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { logDecayProduct, meanDecay } from './prices.ts';
import type { DeepLinearProblem, SingularForm } from './types.ts';

type Decays = Pick<DeepLinearProblem, 'decays' | 'featureDecay'>;

/** c of a direction with logit singular value z; 0 for z = 0. */
export function commonDecay({ decays, featureDecay }: Decays, z: number): number {
  return Math.exp((2 * Math.log(z) + logDecayProduct(decays) + Math.log(featureDecay)) / (decays.length + 1));
}

/** @param left U, K×rank @param right V, K×rank @param z singular values of Ẑ, length rank */
export function balancedForm(problem: Decays, left: Float64Array, right: Float64Array, z: Float64Array): SingularForm {
  const mean = meanDecay(problem.decays);
  return {
    rank: z.length,
    left,
    right,
    layerValues: z.map((value) => Math.sqrt(commonDecay(problem, value) / mean)),
    featureValues: z.map((value) => Math.sqrt(commonDecay(problem, value) / problem.featureDecay)),
  };
}

/** The balanced form of logits given as rows (row k is √n_k z_k, K×K), their `rank` largest singular values kept. */
export function formOfLogits(problem: Decays, rows: Float64Array, K: number, rank: number): SingularForm {
  const { left, values, right } = singularValueDecomposition(rows, K, K);
  const columns = (matrix: Float64Array): Float64Array =>
    Float64Array.from({ length: K * rank }, (_, at) => matrix[Math.floor(at / rank) * K + (at % rank)]!);
  // Rows are classes of the features, so the right vectors of the rows are U.
  return balancedForm(problem, columns(right), columns(left), values.slice(0, rank));
}
