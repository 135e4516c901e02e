/** Claim: balanced cross-entropy at depth 1 has the simplex ETF as its certified optimum. */
import { etfOptimum } from '../../models/deep-linear/balanced-cross-entropy.ts';
import { dualBound } from '../../models/deep-linear/certificate.ts';
import type { DeepLinearProblem } from '../../models/deep-linear/types.ts';
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

const SETTINGS = [
  { K: 3, n: 20, bias: false },
  { K: 4, n: 100, bias: true },
  { K: 6, n: 30, bias: false },
];

/** @param objective the stated objective of the balanced optimum */
export async function measureCrossEntropy(
  breathe: Breathe,
  objective = (problem: DeepLinearProblem, K: number, n: number) => etfOptimum(problem, K, n).objective,
): Promise<Evidence> {
  let error = 0;
  const numbers: EvidenceNumber[] = [];
  for (const { K, n, bias } of SETTINGS) {
    const problem = setting(new Array<number>(K).fill(n), 1, { loss: 'ce', bias });
    const best = lowest(await minimaFrom(problem, [1, 2], breathe));
    const stated = objective(problem, K, n);
    const offset = best.target.views(best.x).bias;
    const rows = best.target.layers(best.x)[1]!.map((value, at) => value / Math.sqrt(n) + (bias ? offset[at % K]! : 0));
    const bound = dualBound(problem, rows);
    // Minimisation from above, the dual from below: the stated value lies between.
    error = Math.max(error, relative(best.objective, stated), relative(bound, stated));
    for (const frame of [...products(best), ...means(best)])
      error = Math.max(
        error,
        gramDistance(frame, K, (j, k) => (j === k ? 1 : 0) - 1 / K),
      );
    const name = `K = ${K}${bias ? ', with bias' : ''}`;
    numbers.push(
      { label: `Objective by minimisation, ${name}`, value: best.objective, expected: stated, format: 'loss' as const },
      { label: `Proven lower bound, ${name}`, value: bound, expected: stated, format: 'loss' as const },
    );
  }
  return {
    error,
    numbers,
    run: {
      kind: 'deep-linear',
      parameters: { counts: '100x4', loss: 'ce', depth: 1, decay: '5e-4', featureDecay: 5e-4 },
    },
    remark: 'Certified by the Fenchel dual, with and without bias. At larger depth see the claim on low rank.',
  };
}

export const crossEntropyEtf: Claim = {
  id: 'deep-linear-cross-entropy',
  paper: 'deep-linear',
  source: `${SOURCE}, balanced cross-entropy, at depth 1`,
  title: 'Balanced cross-entropy, depth 1: a simplex ETF',
  statement:
    'With cross-entropy, equal counts and one weight matrix, classifiers and class means form a simplex ETF at the global optimum, with or without bias.',
  formula:
    'Z=\\tau\\bigl(I_K-\\tfrac1K\\mathbf 1\\mathbf 1^\\top\\bigr),\\qquad WW^\\top\\propto H^\\top H\\propto I_K-\\tfrac1K\\mathbf 1\\mathbf 1^\\top',
  // A minimisation to ‖∇‖ = 1e-11; distances of frames enter the objective squared.
  tolerance: 1e-6,
  errorMeaning:
    'largest relative difference of minimum and proven bound to the ETF’s objective, and distance of Gram matrices',
  test: (breathe) => measureCrossEntropy(breathe),
};
