/** Claim: budgets without bound lead the Layer-Peeled Model to the ETF at any fixed ratio, where decay per sample leads to SELI. */
import { gramDistance } from '../../models/frames/distance.ts';
import { gramOf } from '../../models/frames/class-frame.ts';
import { layerPeeledFrame, seliFrame, simplexFrame } from '../../models/frames/references.ts';
import { solve } from '../../lpm/solve.ts';
import type { Claim, Evidence } from '../claim.ts';

const BUDGETS = [10, 30, 100, 300, 1000, 3000];
const groups = [
  { samples: 100, classes: 5, weight: 1 },
  { samples: 1, classes: 5, weight: 1 },
];

/** @param limit the frame that is stated to be the limit. */
export function measureBudgetLimit(limit: 'etf' | 'seli'): Evidence {
  const etf = gramOf(simplexFrame(groups).classifier);
  const seli = gramOf(seliFrame(groups).classifier);
  let worstGap = 0;
  const found = BUDGETS.map((featureBudget) => {
    const solution = solve({ groups, featureBudget, classifierBudget: 1, dimension: null });
    worstGap = Math.max(worstGap, solution.relativeGap);
    const gram = gramOf(layerPeeledFrame(solution.logits).classifier);
    return { etf: gramDistance(gram, etf)!, seli: gramDistance(gram, seli)! };
  });
  const roots = BUDGETS.map(Math.sqrt);
  const order = Math.log(found.at(-1)![limit] / found.at(-2)![limit]) / Math.log(roots.at(-1)! / roots.at(-2)!);
  return {
    error: Math.abs(order + 1),
    numbers: [
      { label: 'order in √(E_H E_W)', value: order, expected: -1, format: 'ratio' },
      { label: 'distance to the ETF at E_H = 3000', value: found.at(-1)!.etf, format: 'gap' },
      { label: 'distance to SELI at E_H = 3000', value: found.at(-1)!.seli, format: 'gap' },
      { label: 'worst relative gap', value: worstGap, format: 'gap' },
    ],
    chart: {
      x: { label: 'Feature budget E_H (E_W = 1)', logarithmic: true },
      y: { label: 'nc2 distance of the classifiers', logarithmic: true },
      series: [
        { name: 'to the ETF', role: 'majority', x: BUDGETS, y: found.map((value) => value.etf) },
        { name: 'to SELI', role: 'minority', x: BUDGETS, y: found.map((value) => value.seli) },
      ],
    },
    run: { kind: 'frames', parameters: { counts: '100x5,1x5', eh: 1000, ew: 1 } },
    remark: 'Derived in docs/ridge.md; measured at K = 10, R = 100, where both limits are far apart.',
  };
}

export const budgetToEtf: Claim = {
  id: 'budget-tends-to-etf',
  paper: 'neighbours',
  source: 'Derived in docs/ridge.md; the models are those of arXiv 2101.12699 and 2208.05512',
  title: 'Large budgets lead to the ETF, small decay to SELI',
  statement:
    'The budgets of the Layer-Peeled Model weigh each class alike, decay weighs each sample alike: at a fixed imbalance ratio the optimum tends to the simplex ETF, not to SELI, as the budgets grow, at distance of order 1/√(E_H E_W).',
  formula: '\\arg\\min\\{\\|Z\\|_*: \\text{margins}\\ge1\\} = C,\\qquad WW^\\top\\propto(CC^\\top)^{1/2}=C',
  tolerance: 0.02,
  errorMeaning: 'deviation from −1 of the measured order of the distance to the ETF, E_H from 1000 to 3000',
  test: () => measureBudgetLimit('etf'),
};
