/** Claim: the geometry depends on the two budgets through their product alone. */
import { plainDescent, plainProblem, type PlainPoint } from '../reference/plain-descent.ts';
import { rowCosine, rowNorm } from '../reference/projected-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, solveParameters, stepShares, worst } from './step-setting.ts';

const SETTING = { KA: 3, KB: 2, R: 5, EH: 4 };
const BUDGETS: readonly (readonly [EH: number, EW: number])[] = [
  [4, 1],
  [1, 4],
  [0.5, 8],
  [2, 2],
];

/** Descents at equal products, each from its own start: loss, cosines and norms relative to the budgets agree. */
export function measureBudgetProduct(budgets: readonly (readonly [EH: number, EW: number])[] = BUDGETS): Evidence {
  const K = SETTING.KA + SETTING.KB;
  const runs = budgets.map(([EH, EW], seed) => {
    const setting = { dimension: K, featureBudget: EH, classifierBudget: EW };
    return {
      EH,
      EW,
      ...best(
        [seed, seed + 10].map((s) =>
          plainDescent(plainProblem(stepShares(SETTING), setting), { seed: s, steps: 3000 }),
        ),
      ),
    };
  });
  const shape = ({ classifiers, features, EH, EW }: (typeof runs)[number]): number[] => {
    const angles: number[] = [];
    for (let i = 0; i < K; i++) {
      angles.push(rowNorm(classifiers, K, i) / Math.sqrt(EW), rowNorm(features, K, i) / Math.sqrt(EH));
      for (let j = 0; j < i; j++) angles.push(rowCosine(classifiers, K, i, j), rowCosine(features, K, i, j));
    }
    return angles;
  };
  const first = shape(runs[0]!);
  const errors = runs.flatMap((run) => [
    ...shape(run).map((value, i) => Math.abs(value - first[i]!)),
    Math.abs(run.objective / runs[0]!.objective - 1),
  ]);
  return {
    error: worst(errors),
    numbers: runs.map(({ EH, EW, objective }) => ({
      label: `Loss, E_H = ${EH}, E_W = ${EW}`,
      value: objective,
      expected: runs[0]!.objective,
      format: 'loss',
    })),
    run: { kind: 'lpm-solve', parameters: solveParameters(SETTING) },
  };
}

function best(runs: readonly PlainPoint[]): PlainPoint {
  return runs.reduce((a, b) => (b.objective < a.objective ? b : a));
}

export const budgetProduct: Claim = {
  id: 'lpm-budget-product',
  paper: 'layer-peeled',
  source: `${SOURCE}, the program's scaling`,
  title: 'Only the product of the budgets matters',
  statement:
    'Problems with the same product of feature and classifier budget have the same loss and, up to a scaling of all classifiers and all features, the same solution.',
  formula: '(W,H)\\mapsto(aW,\\,H/a):\\quad E_W\\mapsto a^2E_W,\\ E_H\\mapsto E_H/a^2,\\ WH\\mapsto WH',
  // Angles of a descent are good to about the square root of its loss's accuracy.
  tolerance: 1e-5,
  errorMeaning: 'largest difference in cosines, norms over √budget and relative loss between 4 pairs of budgets',
  test: () => measureBudgetProduct(),
};
