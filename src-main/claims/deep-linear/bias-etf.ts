/** Claim: a last-layer bias turns the balanced frame into a simplex ETF, with b = 1/K. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import type { Claim, Evidence, EvidenceNumber } from '../claim.ts';
import {
  type Breathe,
  gramDistance,
  lowest,
  means,
  minimaFrom,
  products,
  relative,
  setting,
  SOURCE,
} from './minimise.ts';

const DEPTHS = [1, 2, 3];

/** @param bias the stated bias as a function of K */
export async function measureBiasEtf(breathe: Breathe, bias = (K: number) => 1 / K): Promise<Evidence> {
  let error = 0;
  const K = 5;
  const numbers: EvidenceNumber[] = [];
  for (const M of DEPTHS) {
    const problem = setting(new Array<number>(K).fill(60), M, { bias: true });
    const best = lowest(await minimaFrom(problem, [1, 2, 3, 4], breathe));
    const { objective } = solveSquaredLoss(problem);
    const found = Array.from(best.target.views(best.x).bias);
    error = Math.max(error, relative(best.objective, objective), ...found.map((b) => Math.abs(b - bias(K))));
    for (const rows of [...products(best), ...means(best)])
      error = Math.max(
        error,
        gramDistance(rows, K, (j, k) => (j === k ? 1 : 0) - 1 / K),
      );
    numbers.push(
      { label: `Bias by minimisation, M = ${M}`, value: found[0]!, expected: bias(K), format: 'ratio' as const },
      {
        label: `Objective by minimisation, M = ${M}`,
        value: best.objective,
        expected: objective,
        format: 'loss' as const,
      },
    );
  }
  return {
    error,
    numbers,
    run: {
      kind: 'deep-linear',
      parameters: { counts: '60x5', bias: true, depth: 3, decay: '5e-4', featureDecay: 5e-4 },
    },
    remark: 'K = 5, n = 60, widths 6, four random starts per depth, the bias free.',
  };
}

export const biasEtf: Claim = {
  id: 'deep-linear-bias-etf',
  paper: 'deep-linear',
  source: `${SOURCE}, balanced squared loss with last-layer bias`,
  title: 'Balanced with bias: a simplex ETF, b = 1/K',
  statement:
    'With an unregularised bias in the last layer and equal counts, classifiers and class means of every layer form a simplex ETF, and every entry of the bias is 1/K.',
  formula:
    '(W_M\\cdots W_j)(W_M\\cdots W_j)^\\top\\propto I_K-\\tfrac1K\\mathbf 1\\mathbf 1^\\top,\\qquad b=\\tfrac1K\\mathbf 1',
  // Gram distances of a minimisation to ‖∇‖ = 1e-11 at curvature of the decay, 5e-4.
  tolerance: 1e-6,
  errorMeaning:
    'largest difference of biases, relative difference of objectives, distance of Gram matrices from the ETF',
  test: (breathe) => measureBiasEtf(breathe),
};
