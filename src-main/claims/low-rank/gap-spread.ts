/** Claim: a rank below K − 1 forces logit gaps apart, by a bound that regular arrangements meet. */
import { configurations, gapSpread, leastGapSpread } from '../../models/low-rank/configurations.ts';
import { product } from '../../models/low-rank/initialisation.ts';
import { minimiseLbfgs } from '../../numerics/lbfgs.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { DERIVED, randomFactorisation } from './factorisations.ts';

const CLASSES = [4, 5, 6];

/** The least relative variance of the gaps of U Vᵀ that descent finds, by differences, and that of its start. */
function leastFound(K: number, r: number, seed: number): number {
  const shape = randomFactorisation(K, K, r, seed);
  // Near U = V: own logits above the others.
  const start = Float64Array.from([...shape.left, ...shape.left.map((value, i) => value + 0.1 * shape.right[i]!)]);
  const value = (x: Float64Array): number => {
    const Z = product({ ...shape, left: x.subarray(0, K * r), right: x.subarray(K * r) });
    return gapSpread(Z, K).relativeVariance ?? Infinity;
  };
  return minimiseLbfgs(
    (x, gradient) => {
      for (let i = 0; i < x.length; i++) {
        const at = (step: number): number => value(x.map((entry, j) => (i === j ? entry + step : entry)));
        gradient[i] = (at(1e-5) - at(-1e-5)) / 2e-5;
      }
      return value(x);
    },
    start,
    { maxIterations: 60, gradientTolerance: 1e-8 },
  ).value;
}

/** @param bound the least relative variance under test. */
export async function measureGapSpread(breathe: () => Promise<void>, bound = leastGapSpread): Promise<Evidence> {
  const errors: number[] = [];
  const numbers = [];
  for (const K of CLASSES)
    for (let r = 1; r < K; r++) {
      const found = Math.min(leastFound(K, r, 1), leastFound(K, r, 2));
      await breathe();
      errors.push(Math.max(0, bound(K, r) - found));
      const regular = configurations(K, r).find(({ name }) => /-gon|cross-polytope|ETF/.test(name));
      if (regular === undefined) continue;
      const value = gapSpread(regular.gram, K).relativeVariance ?? NaN;
      errors.push(Math.abs(value - bound(K, r)));
      numbers.push({
        label: `${regular.name}, K = ${K}, r = ${r}`,
        value,
        expected: bound(K, r),
        format: 'ratio' as const,
      });
    }
  const ranks = Array.from({ length: 9 }, (_, i) => i + 1);
  return {
    error: worst(errors),
    numbers,
    chart: {
      x: { label: 'Rank r' },
      y: { label: 'Least relative variance of the logit gaps, K = 10', min: 0 },
      series: [{ name: 'bound', role: 'theory', x: ranks, y: ranks.map((r) => leastGapSpread(10, r)) }],
    },
    run: { kind: 'low-rank-head', parameters: { counts: '10x6', eh: 1, ew: 1, rank: 3 } },
    remark: 'Descent over all logits of rank r, K from 4 to 6, never finds more equal gaps.',
  };
}

export const gapSpreadBound: Claim = {
  id: 'low-rank-gap-spread',
  paper: 'low-rank',
  source: DERIVED,
  title: 'How unequal small rank makes the margins',
  statement:
    'For any K×K logits of rank r the variance of the K(K−1) gaps between own and other logits is at least (K−1−r)/(rK) times their squared mean; polygon, cross-polytope and ETF meet it.',
  formula:
    '\\operatorname{Var}(z_{kk}-z_{jk})\\ge\\frac{K-1-r}{rK}\\,\\bigl(\\operatorname{mean}(z_{kk}-z_{jk})\\bigr)^2',
  // Rounding of sums of squares; no descent may be below by more.
  tolerance: 1e-9,
  errorMeaning: 'largest amount by which a descent is below the bound, or a regular arrangement off it',
  test: (breathe) => measureGapSpread(breathe),
};
