/** Claim: no head of rank below K − 1 carries the simplex ETF, and rank K − 1 does. */
import { solve } from '../../lpm/solve.ts';
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import { DERIVED } from './factorisations.ts';

const CLASSES = [3, 4, 5];
/** Part of the dense optimum by which every smaller rank must be worse: far above what descent leaves open. */
const MARGIN = 1e-3;
const SEEDS = 3;

/** @param needed the rank that is claimed to suffice. */
export async function measureNeededRank(
  breathe: () => Promise<void>,
  needed = (K: number): number => K - 1,
): Promise<Evidence> {
  const errors: number[] = [];
  const numbers = [];
  const curves = [];
  for (const K of CLASSES) {
    const { lowerBound } = solve({
      groups: [{ samples: 1, classes: K, weight: 1 }],
      featureBudget: 1,
      classifierBudget: 1,
      dimension: null,
    });
    const excess: number[] = [];
    for (let r = 1; r <= K; r++) {
      let best = Infinity;
      for (let seed = 1; seed <= SEEDS; seed++) {
        const problem = plainProblem(new Array(K).fill(1 / K), { dimension: r, featureBudget: 1, classifierBudget: 1 });
        best = Math.min(best, plainDescent(problem, { seed, steps: 800, tolerance: 1e-8 }).objective);
        await breathe();
      }
      excess.push(best / lowerBound - 1);
      if (r < needed(K)) errors.push(Math.max(0, MARGIN - excess.at(-1)!));
      else errors.push(Math.abs(excess.at(-1)!));
    }
    curves.push({
      name: `K = ${K}`,
      role: 'overlay' as const,
      overlay: K - 3,
      x: excess.map((_, i) => i + 1),
      y: excess,
    });
    // The Gram matrix of the ETF, I − J/K, has exactly this many singular values that are not zero.
    const etf = Float64Array.from({ length: K * K }, (_, i) => (i % (K + 1) === 0 ? 1 : 0) - 1 / K);
    const rank = singularValueDecomposition(etf, K, K).values.filter((value) => value > 1e-9).length;
    errors.push(Math.abs(rank - needed(K)));
    numbers.push(
      { label: `Excess over the dense optimum at r = K − 2, K = ${K}`, value: excess[K - 3]!, format: 'loss' as const },
      { label: `Rank of the ETF’s Gram matrix, K = ${K}`, value: rank, expected: K - 1, format: 'count' as const },
    );
  }
  return {
    error: worst(errors),
    numbers,
    chart: { x: { label: 'Rank r' }, y: { label: 'Loss over the dense optimum, less 1', min: 0 }, series: curves },
    run: { kind: 'low-rank-head', parameters: { counts: '10x6', eh: 1, ew: 1, rank: 3 } },
    remark:
      'Losses of small rank are the best of three descents over W and H; the proof that they exceed the bound is the uniqueness of the dense optimum (docs/low-rank.md).',
  };
}

export const etfNeedsRank: Claim = {
  id: 'low-rank-etf-needs-rank',
  paper: 'low-rank',
  source: DERIVED,
  title: 'The ETF needs rank K − 1',
  statement:
    'With balanced classes and given budgets every head of rank below K − 1 has a loss strictly above the optimum, and rank K − 1 attains it.',
  formula:
    'r<K-1:\\ f_r>\\log\\bigl(1+(K-1)e^{-\\rho/(K-1)}\\bigr),\\qquad f_{K-1}=\\log\\bigl(1+(K-1)e^{-\\rho/(K-1)}\\bigr)',
  // Descent stops within about 1e-9 of the optimum, relatively.
  tolerance: 1e-7,
  errorMeaning: 'largest relative excess at r ≥ K − 1, shortfall from a thousandth below it, or error of the Gram rank',
  test: (breathe) => measureNeededRank(breathe),
};
