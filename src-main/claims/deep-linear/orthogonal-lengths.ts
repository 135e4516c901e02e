/** Claim: with unequal counts the frame stays orthogonal and the lengths follow the scalar problem of each class. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
import type { DeepLinearProblem } from '../../models/deep-linear/types.ts';
import type { Claim, Evidence, EvidenceNumber } from '../claim.ts';
import {
  type Breathe,
  gramDistance,
  lowest,
  minimaFrom,
  products,
  relative,
  setting,
  squaredLengths,
  SOURCE,
} from './minimise.ts';

const COUNTS = [200, 100, 50, 50];

/** ‖w_k‖² computed twice independently beforehand, all decays 5e-4. */
const CHECKED: readonly [M: number, objective: number, squares: readonly number[]][] = [
  [1, 0.01894214, [13.942136, 9.8, 6.871068, 6.871068]],
  [3, 0.0122184, [52.882676, 31.322298, 18.502206, 18.502206]],
];

/** @param power lengths are compared after taking this power: 1 is the claim */
export async function measureLengths(breathe: Breathe, power = 1): Promise<Evidence> {
  const errors: number[] = [];
  const compare = async (problem: DeepLinearProblem) => {
    const solved = solveSquaredLoss(problem);
    const best = lowest(await minimaFrom(problem, [1, 2, 3, 4], breathe));
    const found = squaredLengths(best);
    const stated = solved.classes.map(({ classifierNorm }) => classifierNorm ** (2 * power));
    errors.push(relative(best.objective, solved.objective));
    stated.forEach((square, k) => errors.push(relative(found[k]!, square)));
    products(best).forEach((rows, j) => {
      const share = problem.decays.length - j;
      // All layers share the singular values up to their decays, which are common to all classes.
      const length = (k: number): number => stated[k]! ** (share / problem.decays.length);
      errors.push(gramDistance(rows, COUNTS.length, (a, b) => (a === b ? length(a) : 0)));
    });
    return { solved, found };
  };
  const numbers: EvidenceNumber[] = [];
  for (const [M, objective, squares] of CHECKED) {
    const { solved, found } = await compare(setting(COUNTS, M));
    errors.push(relative(solved.objective, objective));
    squares.slice(0, 3).forEach((square, k) => {
      errors.push(relative(solved.classes[k]!.classifierNorm ** 2, square));
      const label = `‖w‖² at n = ${COUNTS[k]!}, M = ${M}`;
      numbers.push({ label, value: found[k]!, expected: square, format: 'ratio' });
    });
  }
  await compare(setting(COUNTS, 3, { decays: [2e-3, 1e-4, 5e-4], featureDecay: 1e-3 }));
  return {
    error: Math.max(...errors),
    numbers,
    run: { kind: 'deep-linear', parameters: { counts: '200,100,50x2', depth: 3, decay: '5e-4', featureDecay: 5e-4 } },
    remark:
      'The values shown are those of a minimisation over the factors; a third setting has different decays per layer.',
  };
}

export const orthogonalLengths: Claim = {
  id: 'deep-linear-orthogonal-lengths',
  paper: 'deep-linear',
  source: `${SOURCE}, imbalanced squared loss without bias`,
  title: 'Imbalanced, no bias: orthogonal, lengths by count',
  statement:
    'With unequal counts and no bias the classifiers stay orthogonal, a general orthogonal frame; the length of a class follows from its own scalar equation in n_k, N, the decays and the depth.',
  formula:
    '\\|w_k\\|^2=N\\lambda_H x_k^M,\\qquad b_k=\\frac{M x_k^{M-1}}{(1+x_k^M)^2},\\quad b_k=\\frac{MN(N\\lambda_W^M\\lambda_H)^{1/M}}{n_k}',
  // The checked values end at 5e-7 of 6.9 and 5e-9 of 0.0122.
  tolerance: 1e-6,
  errorMeaning:
    'largest relative difference of ‖w_k‖² and objectives, and distance of Gram matrices, over three settings',
  test: (breathe) => measureLengths(breathe),
};
