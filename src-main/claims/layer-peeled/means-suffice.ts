/** Claim: one feature per class is enough; free features of a class coincide at the optimum. */
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, solveParameters, stepShares, stepSolution, worst, type StepSetting } from './step-setting.ts';

const SETTINGS: readonly StepSetting[] = [
  { KA: 3, KB: 2, R: 1, EH: 3 },
  { KA: 2, KB: 3, R: 4, EH: 3 },
  { KA: 2, KB: 2, R: 20, EH: 1 },
];

/**
 * Descent with 2 and 3 free features per class against the certified optimum over class means.
 * @param scale factor on the expected loss: 1, or a wrong one to see the check fail
 */
export function measureMeans(scale = 1): Evidence {
  const found = SETTINGS.flatMap((setting) => {
    const K = setting.KA + setting.KB;
    const { objective } = stepSolution(setting);
    return [2, 3].map((copies) => {
      const budgets = { dimension: K, featureBudget: setting.EH, classifierBudget: 1 };
      const problem = plainProblem(stepShares(setting), budgets, copies);
      const runs = [1, 2, 3].map((seed) => plainDescent(problem, { seed, steps: 3000 }));
      const best = runs.reduce((a, b) => (b.objective < a.objective ? b : a));
      // Features i, i + K, i + 2K belong to class i.
      let spread = 0;
      for (let e = K * K; e < copies * K * K; e++)
        spread = Math.max(spread, Math.abs(best.features[e]! - best.features[e % (K * K)]!));
      return { setting, copies, reached: best.objective, expected: objective * scale, spread };
    });
  });
  return {
    error: worst(found.flatMap(({ reached, expected, spread }) => [Math.abs(reached / expected - 1), spread * 1e-3])),
    numbers: found.flatMap(({ setting, copies, reached, expected, spread }) => [
      {
        label: `Loss with ${copies} free features per class, K_A = ${setting.KA}, K_B = ${setting.KB}, R = ${setting.R}`,
        value: reached,
        expected,
        format: 'loss' as const,
      },
      { label: 'Largest distance between features of one class', value: spread, expected: 0, format: 'gap' as const },
    ]),
    run: { kind: 'lpm-solve', parameters: solveParameters(SETTINGS[1]!) },
  };
}

export const meansSuffice: Claim = {
  id: 'lpm-means-suffice',
  paper: 'layer-peeled',
  source: `${SOURCE}, convex relaxation, first step`,
  title: 'Class means suffice',
  statement:
    'Since the loss is convex in the features, replacing every feature by its class mean costs nothing: the program over all features has the optimum of the program over class means, and its features collapse.',
  formula:
    '\\tfrac1{n_k}\\sum_i\\mathrm{CE}(Wh_{k,i},k)\\ \\ge\\ \\mathrm{CE}(W\\bar h_k,k),\\qquad \\|\\bar h_k\\|^2\\le\\tfrac1{n_k}\\sum_i\\|h_{k,i}\\|^2',
  tolerance: 1e-8,
  errorMeaning:
    'larger of: relative distance of the loss from the certified optimum; spread within a class, in thousandths',
  test: () => measureMeans(),
};
