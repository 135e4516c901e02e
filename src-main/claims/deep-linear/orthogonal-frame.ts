/** Claim: with equal counts and no bias every layer's classifiers and features are an orthogonal frame. */
import { solveSquaredLoss } from '../../models/deep-linear/closed-form.ts';
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

/** Objectives at K = 4, n = 100, all decays 5e-4, computed twice independently beforehand. */
const CHECKED: readonly [M: number, objective: number][] = [
  [1, 0.0198],
  [2, 0.01388154],
  [3, 0.01262905],
];

export async function measureFrame(
  breathe: Breathe,
  closedForm = (problem: DeepLinearProblem) => solveSquaredLoss(problem).objective,
): Promise<Evidence> {
  let error = 0;
  const numbers: EvidenceNumber[] = [];
  for (const [M, checked] of CHECKED) {
    const problem = setting([100, 100, 100, 100], M);
    const expected = closedForm(problem);
    const minima = await minimaFrom(problem, [1, 2, 3, 4], breathe);
    const best = lowest(minima);
    // No start may end below the closed form: `lowest` would show it.
    error = Math.max(error, relative(best.objective, expected), Math.abs(expected - checked) / checked);
    for (const rows of [...products(best), ...means(best)])
      error = Math.max(
        error,
        gramDistance(rows, 4, (j, k) => (j === k ? 1 : 0)),
      );
    numbers.push({ label: `Objective by minimisation, M = ${M}`, value: best.objective, expected, format: 'loss' });
  }
  return {
    error,
    numbers,
    run: { kind: 'deep-linear', parameters: { counts: '100x4', depth: 3, decay: '5e-4', featureDecay: 5e-4 } },
    remark:
      'K = 4, n = 100, widths 5, four random starts per depth; the minimiser knows neither frame nor closed form.',
  };
}

export const orthogonalFrame: Claim = {
  id: 'deep-linear-orthogonal-frame',
  paper: 'deep-linear',
  source: `${SOURCE}, balanced squared loss without bias`,
  title: 'Balanced, no bias: an orthogonal frame in every layer',
  statement:
    'With squared loss, equal counts and no bias, class means and classifiers of every layer are orthogonal and equally long at the global optimum, at any depth.',
  formula: '(W_M\\cdots W_j)(W_M\\cdots W_j)^\\top \\propto I_K,\\qquad H_j^\\top H_j \\propto I_K',
  // The checked objectives end at 5e-9 of 0.0126.
  tolerance: 5e-7,
  errorMeaning: 'largest relative difference of objectives and distance of Gram matrices from I/√K, over three depths',
  test: (breathe) => measureFrame(breathe),
};
