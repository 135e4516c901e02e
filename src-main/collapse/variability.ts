/** NC1 in its four forms, from the sums of the second pass. Exact identities; nothing is inverted but σ². */
import { transpose } from '../numerics/matrix-product.ts';
import { packRows, timesRows } from '../numerics/packed-rows.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { Between } from './between.ts';
import { none, type Answer } from './vectors.ts';
import type { Within } from './within.ts';

/**
 * tr(Σ Σ_B⁺)/K = Σ_a q_aᵀ Σ q_a/σ_a² with Σ = Σ_k weight_k Σ_{i in k} δδᵀ; K the classes present.
 * @param weights of a sample of class k: 1/N pooled, 1/(K n_k) class-averaged, 1/n_k for one class alone
 */
export function nc1({ values }: Between, { relative }: Within, weights: Float64Array): Answer {
  if (values.length === 0) return none('all class means coincide: there is no variance between classes');
  return { value: weights.reduce((sum, weight, k) => sum + weight * relative[k]!, 0) };
}

/** tr Σ_W / tr Σ_B. */
export function nc1Quotient({ values, present }: Between, { squares }: Within, weights: Float64Array): Answer {
  const between = values.reduce((sum, value) => sum + value * value, 0) / present.length;
  if (!(between > 0)) return none('all class means coincide: there is no variance between classes');
  return { value: weights.reduce((sum, weight, k) => sum + weight * squares[k]!, 0) / between };
}

/** mean_{i<j} (v_i + v_j)/(2‖μ_i − μ_j‖²) (Galanti, György, Hutter 2022). */
export function cdnv({ present, means }: Between, { squares }: Within, counts: Float64Array, d: number): Answer {
  let sum = 0;
  for (let i = 0; i < present.length; i++)
    for (let j = 0; j < i; j++) {
      let distance = 0;
      for (let c = 0; c < d; c++) distance += (means[i * d + c]! - means[j * d + c]!) ** 2;
      const [a, b] = [present[i]!, present[j]!];
      if (distance === 0) return none(`the means of classes ${b} and ${a} coincide`);
      sum += (squares[a]! / counts[a]! + squares[b]! / counts[b]!) / (2 * distance);
    }
  const pairs = (present.length * (present.length - 1)) / 2;
  return pairs === 0 ? none('only one class has samples') : { value: sum / pairs };
}

/**
 * 1 − tr(Σ_T⁺ Σ_B)/min(d, K−1), Σ_T = Σ_W + Σ_B, in the eigenbasis of Σ_T. Directions in which Σ_T is zero up to rounding
 * hold nothing of Σ_B either, since Σ_B ⪯ Σ_T.
 */
export function variabilityCollapse({ present, means }: Between, { scatter }: Within, d: number): Answer {
  if (scatter === null) return none('needs the d×d covariance: ask for it with the option covariance');
  const P = present.length;
  const rank = Math.min(d, P - 1);
  if (rank < 1) return none('only one class has samples');
  const columns = transpose(means, P, d);
  const between = timesRows(columns, packRows(columns, d, P), d);
  const total = scatter.map((value, at) => value + between[at]! / P);
  const { values, vectors } = symmetricEigen(total, d);
  if (!(values[0]! > 0)) return none('all features coincide');
  const inner = timesRows(vectors!, packRows(means, P, d), d);
  let trace = 0;
  for (let a = 0; a < d && values[a]! > d * Number.EPSILON * values[0]!; a++) {
    let square = 0;
    for (let at = a * P; at < (a + 1) * P; at++) square += inner[at]! * inner[at]!;
    trace += square / P / values[a]!;
  }
  return { value: 1 - trace / rank };
}
