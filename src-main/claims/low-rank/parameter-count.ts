/** Claim: a factorisation saves parameters exactly below mn/(m+n). */
import { initialFactors, parameterCounts } from '../../models/low-rank/initialisation.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE } from './factorisations.ts';

const LARGEST = 12;

/** Counts the numbers that are stored, for every shape up to 12×12 and every rank. */
export function measureParameters(breakEven = (m: number, n: number): number => (m * n) / (m + n)): Evidence {
  let [cases, wrong, saving] = [0, 0, 0];
  for (let m = 1; m <= LARGEST; m++)
    for (let n = 1; n <= LARGEST; n++)
      for (let r = 1; r <= Math.min(m, n); r++) {
        const { left, right } = initialFactors('plain', m, n, r, 1, 1);
        const fewer = left.length + right.length < m * n;
        cases++;
        if (fewer) saving++;
        if (fewer !== r < breakEven(m, n) || fewer !== parameterCounts(m, n, r).fewer) wrong++;
      }
  return {
    error: wrong,
    numbers: [
      { label: 'Shapes and ranks', value: cases, format: 'count' },
      { label: 'of which save parameters', value: saving, format: 'count' },
      { label: 'Disagreements with the rule', value: wrong, expected: 0, format: 'count' },
    ],
    run: { kind: 'low-rank-head', parameters: { counts: '10x6', p: 512 } },
    remark: 'At the break-even rank itself, such as r = 2 for 4×4, both have as many.',
  };
}

export const parameterCount: Claim = {
  id: 'low-rank-parameter-count',
  paper: 'low-rank',
  source: `${SOURCE}, number of parameters`,
  title: 'Break-even rank',
  statement: 'The factors of an m×n layer have fewer parameters than the layer exactly if r < mn/(m + n).',
  formula: 'r(m+n)<mn\\iff r<\\frac{mn}{m+n}',
  tolerance: 0,
  errorMeaning: 'number of shapes and ranks that disagree with the rule',
  test: () => measureParameters(),
};
