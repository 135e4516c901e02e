/** Claim: the figure of cosines against the imbalance ratio. */
import { sweepRatios } from '../../lpm/sweep.ts';
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import { rowCosine, rowNorm } from '../reference/projected-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, stepShares, worst } from './step-setting.ts';

/** K = 10, K_A = 5, E_H = 5, E_W = 1: R, loss, cos w_BB, cos w_AA, cos w_AB, ‖w_A‖/‖w_B‖, cos h_BB; checked beforehand. */
const ROWS: readonly (readonly number[])[] = [
  [1, 0.559782, -0.1111, -0.1111, -0.1111, 1, -0.1111],
  [5, 0.376706, 0.0725, -0.1576, -0.1381, 1.8681, 0.0103],
  [10, 0.261677, 0.517496, -0.16749, -0.201317, 3.049897, 0.386794],
  [100, 0.091299, 1, -0.2283, -0.1318, 7.5868, 1],
];
const RATIOS = Array.from({ length: 41 }, (_, i) => 10 ** (i / 10));
const SETTING = { majorityClasses: 5, minorityClasses: 5, featureBudget: 5, classifierBudget: 1 };

function exactRow(R: number): number[] {
  const p = sweepRatios({ ...SETTING, ratios: [R] }).points[0]!;
  const values = [
    p.classifierCosineMinority,
    p.classifierCosineMajority,
    p.classifierCosineCross,
    p.classifierNormRatio,
    p.featureCosineMinority,
  ];
  return [p.objective, ...values.map((value) => value ?? NaN)];
}

/** The same row by descent over W and H. */
function descendedRow(R: number): number[] {
  const p = 10;
  const problem = plainProblem(stepShares({ KA: 5, KB: 5, R }), {
    dimension: p,
    featureBudget: 5,
    classifierBudget: 1,
  });
  const { objective, classifiers: W, features: H } = plainDescent(problem, { seed: 1, steps: 3000 });
  return [
    objective,
    rowCosine(W, p, 8, 9),
    rowCosine(W, p, 0, 1),
    rowCosine(W, p, 0, 9),
    rowNorm(W, p, 0) / rowNorm(W, p, 9),
    rowCosine(H, p, 8, 9),
  ];
}

/** Exact curve and descent against the table; tabulated numbers have four to seven digits. */
export function measureCurve(rows: readonly (readonly number[])[] = ROWS): Evidence {
  const found = rows.map(([R, ...expected]) => ({ R: R!, expected, exact: exactRow(R!), descended: descendedRow(R!) }));
  const off = (values: readonly number[], expected: readonly number[]): number[] =>
    values.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!)));
  const { points } = sweepRatios({ ...SETTING, ratios: RATIOS });
  const curve = (role: 'minority' | 'majority' | 'between', of: (p: (typeof points)[number]) => number | null) => ({
    name: role,
    role,
    x: RATIOS,
    y: points.map(of),
  });
  return {
    error: worst(
      found.flatMap(({ expected, exact, descended }) => [...off(exact, expected), ...off(descended, expected)]),
    ),
    numbers: found.flatMap(({ R, expected, exact }) => [
      { label: `Loss at R = ${R}`, value: exact[0]!, expected: expected[0]!, format: 'loss' as const },
      { label: `cos(w_B, w_B′) at R = ${R}`, value: exact[1]!, expected: expected[1]!, format: 'cosine' as const },
      { label: `‖w_A‖/‖w_B‖ at R = ${R}`, value: exact[4]!, expected: expected[4]!, format: 'ratio' as const },
    ]),
    chart: {
      x: { label: 'Imbalance ratio R', logarithmic: true },
      y: { label: 'Cosine of classifiers', min: -0.4, max: 1 },
      series: [
        curve('minority', (p) => p.classifierCosineMinority),
        curve('majority', (p) => p.classifierCosineMajority),
        curve('between', (p) => p.classifierCosineCross),
      ],
      dots: rows.map((row) => ({ x: row[0]!, y: row[2]!, role: 'minority' })),
    },
    run: { kind: 'lpm-sweep', parameters: { ka: 5, kb: 5, weight: 1, eh: 5, ew: 1, ratios: '1:10000:41' } },
    remark: 'Dots: tabulated values. Every row is also reached by descent over W and H from a random start.',
  };
}

export const authorsCurve: Claim = {
  id: 'lpm-authors-curve',
  paper: 'layer-peeled',
  source: `${SOURCE}, figure of cosine versus R`,
  title: 'The curve of Minority Collapse',
  statement:
    'For K = 10, K_A = 5, E_H = 5, E_W = 1 the cosine between minority classifiers rises from −1/9 to 1 as the ratio grows, with loss, norms and the other cosines as tabulated.',
  formula: 'R=10^{0.1i},\\ i=0,\\dots,40',
  // Half of the last tabulated digit, and what descent leaves open in the angles.
  tolerance: 6e-5,
  errorMeaning: 'largest deviation (relative above 1) of 24 tabulated numbers from the exact curve and from descent',
  test: () => measureCurve(),
};
