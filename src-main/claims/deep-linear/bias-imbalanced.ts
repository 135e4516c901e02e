/** Claim: with bias and any counts the optimum is a closed form in the eigenvectors of D − n nᵀ/N, and b = n/N. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import type { Claim, Evidence, EvidenceNumber } from '../claim.ts';
import { type Breathe, lowest, minimaFrom, products, relative, setting } from './minimise.ts';

const SETTINGS = [
  { counts: [200, 100, 50, 50], M: 1 },
  { counts: [90, 40, 10], M: 2 },
  { counts: [120, 30, 30, 6], M: 3 },
];

/** @param share the stated bias of a class of n samples among N */
export async function measureBiasShares(breathe: Breathe, share = (n: number, N: number) => n / N): Promise<Evidence> {
  let error = 0;
  const numbers: EvidenceNumber[] = [];
  for (const { counts, M } of SETTINGS) {
    const problem = setting(counts, M, { bias: true });
    const N = counts.reduce((sum, n) => sum + n, 0);
    const { objective } = solveSquaredLoss(problem);
    const best = lowest(await minimaFrom(problem, [1, 2, 3, 4], breathe));
    const bias = best.target.views(best.x).bias;
    counts.forEach((n, k) => (error = Math.max(error, Math.abs(bias[k]! - share(n, N)))));
    error = Math.max(error, relative(best.objective, objective));
    // The classifiers sum to zero.
    const whole = products(best)[0]!;
    const d = best.target.sizes[0]!;
    for (let c = 0; c < d; c++)
      error = Math.max(error, Math.abs(counts.reduce((sum, _, k) => sum + whole[k * d + c]!, 0)));
    const name = `n = ${counts.join(', ')}, M = ${M}`;
    numbers.push(
      {
        label: `Objective by minimisation, ${name}`,
        value: best.objective,
        expected: objective,
        format: 'loss' as const,
      },
      { label: `Bias of class 1, ${name}`, value: bias[0]!, expected: share(counts[0]!, N), format: 'ratio' as const },
    );
  }
  return {
    error,
    numbers,
    run: {
      kind: 'deep-linear',
      parameters: { counts: '200,100,50x2', bias: true, depth: 3, decay: '5e-4', featureDecay: 5e-4 },
    },
    remark: 'Derived here: the paper states the imbalanced optimum without bias.',
  };
}

export const biasImbalanced: Claim = {
  id: 'deep-linear-bias-imbalanced',
  paper: 'deep-linear',
  source: 'Derived in docs/deep-linear.md',
  title: 'Imbalanced with bias: closed form, b = n/N',
  statement:
    'With a free bias and any counts, b is the vector of class shares, the classifiers sum to zero, and the optimum is the bias-free one with the eigenvalues of D − n nᵀ/N in place of the counts.',
  formula:
    'b=\\tfrac nN,\\qquad \\Bigl(D-\\tfrac{nn^\\top}{N}\\Bigr)u_i=\\tau_i^2u_i,\\qquad f^*=\\sum_i\\frac{\\tau_i^2}{2N}\\min_{x\\ge0}\\Bigl[\\tfrac1{1+x^M}+b_ix\\Bigr]',
  // As for the balanced case: a minimisation to ‖∇‖ = 1e-11.
  tolerance: 1e-6,
  errorMeaning: 'largest difference of biases, relative difference of objectives, entry of the sum of classifiers',
  test: (breathe) => measureBiasShares(breathe),
};
