/** Claim: for p at least the rank of its solution the convex relaxation loses nothing. */
import { spectrumSize } from '../../lpm/geometry.ts';
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, solveParameters, stepShares, stepSolution, worst, type StepSetting } from './step-setting.ts';

const SETTINGS: readonly StepSetting[] = [
  { KA: 5, KB: 5, R: 1, EH: 5 },
  { KA: 5, KB: 5, R: 10, EH: 5 },
  { KA: 5, KB: 5, R: 100, EH: 5 },
  { KA: 7, KB: 3, R: 10, EH: 5 },
  { KA: 2, KB: 2, R: 3, EH: 1 },
];

/**
 * Descent over W (K×p) and H (p×K) with p = the rank of the relaxation's solution, against the relaxation's proven bound.
 * @param dimensionOf which p to give descent, from the rank
 */
export function measureTightness(dimensionOf: (rank: number) => number = (rank) => rank): Evidence {
  const found = SETTINGS.map((setting) => {
    const { objective, gap, logits } = stepSolution(setting);
    const { rank } = spectrumSize(logits);
    const problem = plainProblem(stepShares(setting), {
      dimension: dimensionOf(rank),
      featureBudget: setting.EH,
      classifierBudget: 1,
    });
    const reached = Math.min(...[1, 2, 3, 4].map((seed) => plainDescent(problem, { seed, steps: 3000 }).objective));
    return { setting, rank, bound: objective - gap, reached };
  });
  return {
    error: worst(found.map(({ bound, reached }) => Math.abs(reached / bound - 1))),
    numbers: found.map(({ setting, rank, bound, reached }) => ({
      label: `Loss by descent in ℝ^${dimensionOf(rank)}, K_A = ${setting.KA}, K_B = ${setting.KB}, R = ${setting.R}`,
      value: reached,
      expected: bound,
      format: 'loss',
    })),
    run: { kind: 'lpm-solve', parameters: solveParameters(SETTINGS[2]!) },
    remark:
      'Best of four random starts; p is exactly the rank, between 4 and 9 at K = 10. Expected: the certified lower bound.',
  };
}

export const tightRelaxation: Claim = {
  id: 'lpm-tight-relaxation',
  paper: 'layer-peeled',
  source: `${SOURCE}, convex relaxation`,
  title: 'The convex relaxation is tight',
  statement:
    'The nonconvex program over W and H has the same minimum as its convex relaxation as soon as the feature dimension reaches the rank of the relaxed solution.',
  formula:
    '\\min_{W,H}\\ \\sum_kc_k\\,\\mathrm{CE}(Wh_k,k)\\;=\\;\\min_{\\|Z\\|_*\\le\\rho}\\ \\sum_kc_k\\,\\mathrm{CE}(Z_{:k},k)',
  // Descent stops at a residual of 1e-10; its loss is then good to far below this.
  tolerance: 1e-8,
  errorMeaning: 'largest relative distance of the best descent from the certified lower bound over 5 settings',
  test: () => measureTightness(),
};
