/** Claim: factor decay of the logits' own factors is the ridge-regularised peeled model. */
import { logitLoss } from '../../models/low-rank/logit-loss.ts';
import { solveRidge } from '../../models/ridge/solve.ts';
import { minimiseLbfgs } from '../../numerics/lbfgs.ts';
import { multiply, multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { dot } from '../../numerics/vector.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { randomFactorisation, DERIVED } from './factorisations.ts';

const SETTINGS: readonly { readonly counts: readonly number[]; readonly lambda: number }[] = [
  { counts: [1, 1, 1, 1], lambda: 0.02 },
  { counts: [4, 4, 1, 1, 1], lambda: 0.01 },
  { counts: [7, 4, 2, 1], lambda: 0.03 },
];

/** min over U, V (K×K) of f(U Vᵀ) + (λ/2)(‖U‖² + ‖V‖²), by descent from random factors. */
function descended(counts: readonly number[], lambda: number, seed: number): number {
  const K = counts.length;
  const N = counts.reduce((sum, n) => sum + n, 0);
  const shares = Float64Array.from(counts, (n) => n / N);
  const { left, right } = randomFactorisation(K, K, K, seed);
  return minimiseLbfgs(
    (x, gradient) => {
      const [U, V] = [x.subarray(0, K * K), x.subarray(K * K)];
      const G = new Float64Array(K * K);
      const loss = logitLoss('cross-entropy', multiplyTransposed(U, V, K, K, K), shares, G);
      gradient.set(multiply(G, V, K, K, K));
      gradient.set(multiply(transpose(G, K, K), U, K, K, K), K * K);
      x.forEach((value, i) => (gradient[i] = gradient[i]! + lambda * value));
      return loss + (lambda / 2) * dot(x, x);
    },
    Float64Array.from([...left, ...right]),
  ).value;
}

/** @param factor by which the nuclear norm is weighted; 1 is claimed. */
export function measureFactorsArePeeled(factor = 1): Evidence {
  const errors: number[] = [];
  const numbers = SETTINGS.map(({ counts, lambda }) => {
    const { objective, lowerBound } = solveRidge({
      groups: counts.map((samples) => ({ samples, classes: 1 })),
      classifierDecay: factor * lambda,
      featureDecay: factor * lambda,
      loss: 'cross-entropy',
      bias: false,
      normalisation: 'class',
    });
    const value = Math.min(descended(counts, lambda, 1), descended(counts, lambda, 2));
    errors.push(Math.abs(value / objective - 1), Math.max(0, lowerBound - value) / objective);
    return { label: `Counts ${counts.join(', ')}, λ = ${lambda}`, value, expected: objective, format: 'loss' as const };
  });
  return {
    error: worst(errors),
    numbers,
    remark: 'Left: descent on U and V from random factors. Right: the certified optimum with the nuclear norm.',
  };
}

export const factorsArePeeled: Claim = {
  id: 'low-rank-factors-are-peeled',
  paper: 'low-rank',
  source: DERIVED,
  title: 'Factor decay of the logits is the peeled model',
  statement:
    'Training logits Z = U Vᵀ under cross-entropy with decay on the factors has the optimum of the convex problem with λ‖Z‖_*: classifiers and features of the peeled model are the factors.',
  formula: '\\min_{U,V}f(UV^\\top)+\\tfrac\\lambda2(\\|U\\|_F^2+\\|V\\|_F^2)=\\min_Zf(Z)+\\lambda\\|Z\\|_*',
  tolerance: 1e-8,
  errorMeaning: 'largest relative difference of the optima over three class counts, or amount below the proven bound',
  test: () => measureFactorsArePeeled(),
};
