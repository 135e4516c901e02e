/** Claim: the best rank-r head under squared error is a truncated, thresholded decomposition. */
import { solveMseHead, type MseHeadProblem } from '../../models/low-rank/mse-head.ts';
import { peeledObjective } from '../../models/low-rank/peeled-objective.ts';
import { minimiseLbfgs } from '../../numerics/lbfgs.ts';
import { randomSource } from '../../numerics/random.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { DERIVED } from './factorisations.ts';

const COUNTS = [16, 12, 9, 4];
const DECAYS = { classifierDecay: 4e-3, featureDecay: 6e-3 };
const SEEDS = 3;

/** Objectives reached by descent on U, V and the features from random starts, p = 6. */
async function descended(problem: Omit<MseHeadProblem, 'rank'>, r: number, breathe: () => Promise<void>) {
  const [K, p] = [problem.counts.length, 6];
  const objective = peeledObjective({ ...problem, loss: 'mse', dimension: p });
  const values: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { normal } = randomSource(100 * r + seed);
    const start = Float64Array.from({ length: (K + p) * r + p * K }, normal);
    values.push(minimiseLbfgs((x, g) => objective.factorised(r, x, g).objective, start).value);
    await breathe();
  }
  return values;
}

/** @param solve the closed form under test. */
export async function measureTruncation(breathe: () => Promise<void>, solve = solveMseHead): Promise<Evidence> {
  const errors: number[] = [];
  const numbers = [];
  const ranks = COUNTS.map((_, i) => i + 1);
  const curves = [];
  for (const decayOn of ['product', 'factors'] as const) {
    const problem = { counts: COUNTS, decayOn, ...DECAYS };
    const exact: number[] = [];
    for (const r of ranks) {
      const closed = solve({ ...problem, rank: r }).objective;
      const found = await descended(problem, r, breathe);
      exact.push(closed);
      for (const value of found) errors.push(Math.max(0, closed - value) / closed);
      errors.push(Math.abs(Math.min(...found) / closed - 1));
      if (r <= 2)
        numbers.push({
          label: `Objective, decay on the ${decayOn}, r = ${r}`,
          value: closed,
          expected: Math.min(...found),
          format: 'loss' as const,
        });
    }
    const role = decayOn === 'product' ? ('majority' as const) : ('minority' as const);
    curves.push({ name: `decay on the ${decayOn}`, role, x: ranks, y: exact });
  }
  return {
    error: worst(errors),
    numbers,
    chart: { x: { label: 'Rank r' }, y: { label: 'Optimal objective', min: 0 }, series: curves },
    run: {
      kind: 'low-rank-head',
      parameters: { counts: COUNTS.join(','), loss: 'mse', limit: 'product', lw: 0.004, lh: 0.006, rank: 2 },
    },
    remark: `Expected values: best of ${SEEDS} descents on U, V and H from random starts; counts ${COUNTS.join(', ')}.`,
  };
}

export const mseTruncation: Claim = {
  id: 'low-rank-mse-truncation',
  paper: 'low-rank',
  source: DERIVED,
  title: 'Squared error: truncate and threshold',
  statement:
    'Under squared error the best head of rank r keeps the r classes with the most samples, each thresholded by itself: softly with decay on the product, with a jump with decay on the factors.',
  formula:
    '\\operatorname{rank}X\\le r:\\ \\min_X\\tfrac1{2N}\\|X-D^{1/2}\\|_F^2+\\kappa\\sum_i\\sigma_i(X)^q,\\quad q\\in\\{1,\\tfrac23\\}',
  tolerance: 1e-9,
  errorMeaning: 'largest relative amount by which a descent is below the closed form, or the best of them above it',
  test: (breathe) => measureTruncation(breathe),
};
