/** Claim: with decay, the minority collapses exactly from n_B ≤ N² λ_W λ_H on; found by a solver that knows no formula. */
import { solveRidge } from '../../models/ridge/solve.ts';
import { collapseDecay } from '../../models/ridge/thresholds.ts';
import type { Claim, Evidence } from '../claim.ts';
import { contrastWithin, solvePlainly } from './reference/plain-ridge.ts';

/** Small, so that the plain solver converges: two minority classes in each. */
const SETTINGS = [
  { majority: [12, 12], minority: 2 },
  { majority: [6, 6, 6], minority: 1 },
] as const;
const ITERATIONS = 600;

/**
 * @param stated the collapse decay as a function of n_B and N.
 * The plain solver's contrast within the minority, at decays around the stated one: it falls to 0 there along a line, whose
 * zero is extrapolated from 2 % and 1 % below.
 */
export async function measureCollapse(
  stated: (samples: number, total: number) => number,
  breathe: () => Promise<void>,
): Promise<Evidence> {
  const numbers: Evidence['numbers'][number][] = [];
  let error = 0;
  const curve: { x: number[]; plain: number[]; exact: number[] } = { x: [], plain: [], exact: [] };
  for (const bias of [false, true])
    for (const { majority, minority } of SETTINGS) {
      const counts = [...majority, minority, minority];
      const K = counts.length;
      const total = counts.reduce((a, b) => a + b, 0);
      const threshold = stated(minority, total);
      const contrast = (decay: number): number =>
        contrastWithin(solvePlainly({ counts, decay, bias }, ITERATIONS).logits, K, [K - 2, K - 1]);
      const [far, near] = [contrast(0.98 * threshold), contrast(0.99 * threshold)];
      await breathe();
      const above = contrast(1.01 * threshold);
      await breathe();
      const zero = (0.99 + (0.01 * near) / (far - near)) * threshold;
      error = Math.max(error, Math.abs(zero / threshold - 1), Math.abs(above));
      numbers.push({
        label: `collapse decay, n = ${counts.join(', ')}${bias ? ', with bias' : ''}`,
        value: zero,
        expected: threshold,
        format: 'loss',
      });
    }
  const [first] = SETTINGS;
  for (const factor of [0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.2]) {
    const counts = [...first.majority, first.minority, first.minority];
    const decay = factor * stated(first.minority, 28);
    curve.x.push(decay);
    curve.plain.push(contrastWithin(solvePlainly({ counts, decay, bias: false }, 300).logits, 4, [2, 3]));
    curve.exact.push(exactContrast(decay));
    await breathe();
  }
  return {
    error,
    numbers,
    chart: {
      x: { label: 'Decay l = √(λ_W λ_H)' },
      y: { label: 'Minority contrast of the logits' },
      series: [
        { name: 'plain solver', role: 'minority', x: curve.x, y: curve.plain },
        { name: 'closed form', role: 'theory', x: curve.x, y: curve.exact },
      ],
      verticals: [{ kind: 'threshold', x: stated(first.minority, 28), label: '√n_B/N' }],
    },
    run: { kind: 'ridge-solve', parameters: { counts: '300x5,100x5', lw: 0.005, lh: 0.005 } },
    remark:
      'The plain solver is a proximal gradient method on the full logits; the contrast’s zero is extrapolated from decays 2 % and 1 % below it.',
  };
}

function exactContrast(decay: number): number {
  const solution = solveRidge({
    groups: [
      { samples: 12, classes: 2 },
      { samples: 2, classes: 2 },
    ],
    classifierDecay: decay,
    featureDecay: decay,
    loss: 'cross-entropy',
    bias: false,
    normalisation: 'sample',
  });
  return solution.weighted.contrasts[1]! / Math.sqrt(2);
}

export const hongLing: Claim = {
  id: 'ridge-collapse-threshold',
  paper: 'neighbours',
  source: 'Hong, Ling 2023 (arXiv 2309.09725), threshold of minority collapse; the bias: docs/ridge.md',
  title: 'Minority collapse under decay, exactly from n_B ≤ N²λ_Wλ_H',
  statement:
    'With decay λ_W and λ_H per sample the minority classifiers coincide if and only if n_B ≤ N² λ_W λ_H; a bias without decay does not move the threshold.',
  formula: "w_B=w_{B'}\\iff n_B\\le N^2\\lambda_W\\lambda_H",
  tolerance: 2e-3,
  errorMeaning: 'largest relative error of the threshold found by a plain solver, and its contrast 1 % beyond it',
  test: (breathe) => measureCollapse((samples, total) => collapseDecay(samples, total, 'sample'), breathe),
};
