/** Claims on oversampling: w_r = R restores the ETF, and collapse is avoided exactly from R/R0 on. */
import { thresholds } from '../../lpm/thresholds.ts';
import { minimiseInBall } from '../reference/nuclear-ball.ts';
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import { rowCosine, rowNorm } from '../reference/projected-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, stepRadius, stepShares, worst } from './step-setting.ts';

const SETTINGS = [
  { KA: 5, KB: 5, R: 100, EH: 5 },
  { KA: 2, KB: 3, R: 30, EH: 1 },
];

/** Descent under minority weight w_r = factor · R; the ETF is expected at factor 1. */
export function measureRestoring(factor = 1): Evidence {
  const found = SETTINGS.map((setting) => {
    const K = setting.KA + setting.KB;
    const shares = stepShares({ ...setting, weight: factor * setting.R });
    const problem = plainProblem(shares, { dimension: K, featureBudget: setting.EH, classifierBudget: 1 });
    const { classifiers, features } = plainDescent(problem, { seed: 5, steps: 3000 });
    const errors: number[] = [];
    for (let i = 0; i < K; i++) {
      errors.push(
        Math.abs(rowNorm(classifiers, K, i) - 1),
        Math.abs(rowNorm(features, K, i) / Math.sqrt(setting.EH) - 1),
      );
      for (let j = 0; j < i; j++) errors.push(Math.abs(rowCosine(classifiers, K, i, j) + 1 / (K - 1)));
    }
    return { setting, K, errors, cosine: rowCosine(classifiers, K, K - 1, K - 2) };
  });
  return {
    error: worst(found.flatMap(({ errors }) => errors)),
    numbers: found.map(({ setting, K, cosine }) => ({
      label: `cos(w_B, w_B′) under w_r = ${factor * setting.R}, K = ${K}, R = ${setting.R}`,
      value: cosine,
      expected: -1 / (K - 1),
      format: 'cosine',
    })),
    run: {
      kind: 'lpm-advisor',
      parameters: { counts: '1000x5,10x5', atMost: null, eh: 5, ew: 1, safety: 1.1, points: 41 },
    },
  };
}

/** The slow program a little below and a little above the predicted weight. @param scale factor on the prediction */
export function measureAvoiding(scale = 1): Evidence {
  const found = SETTINGS.map((setting) => {
    const { KA, KB, R, EH } = setting;
    const { r0 } = thresholds({ majorityClasses: KA, minorityClasses: KB, featureBudget: EH, classifierBudget: 1 });
    const predicted = (scale * R) / r0!;
    const rank = (weight: number): number =>
      minimiseInBall(stepShares({ ...setting, weight }), stepRadius(setting), { steps: 6000, tolerance: 1e-11 }).rank;
    return { setting, predicted, below: rank(0.98 * predicted), above: rank(1.02 * predicted) };
  });
  return {
    error: worst(
      found.flatMap(({ setting: { KA, KB }, below, above }) => [Math.abs(below - KA), Math.abs(above - (KA + KB - 1))]),
    ),
    numbers: found.flatMap(({ setting: { KA, KB, R }, predicted, below, above }) => [
      { label: `R/R0, K_A = ${KA}, K_B = ${KB}, R = ${R}`, value: predicted, format: 'ratio' as const },
      { label: 'Rank of the logits at 0.98 of it: collapsed', value: below, expected: KA, format: 'count' as const },
      {
        label: 'Rank of the logits at 1.02 of it: spread',
        value: above,
        expected: KA + KB - 1,
        format: 'count' as const,
      },
    ]),
    run: {
      kind: 'lpm-advisor',
      parameters: { counts: '100x5,1x5', atMost: null, eh: 5, ew: 1, safety: 1.1, points: 41 },
    },
    remark: 'The ranks are those of a slow program over the full logits that knows neither groups nor thresholds.',
  };
}

export const oversamplingRestores: Claim = {
  id: 'lpm-oversampling-restores',
  paper: 'layer-peeled',
  source: `${SOURCE}, oversampling`,
  title: 'Oversampling by R restores the ETF',
  statement:
    'Repeating every minority sample R times, or weighting its loss by R, makes the optimum the simplex ETF of the balanced problem again.',
  formula: 'w_r=R\\ \\Rightarrow\\ c_A=c_B\\ \\Rightarrow\\ \\cos(w_j,w_k)=-\\tfrac1{K-1}',
  // Angles of a descent are good to about the square root of its loss's accuracy.
  tolerance: 1e-5,
  errorMeaning: 'largest deviation of norms (relative) and cosines from the ETF, by descent over W and H',
  test: () => measureRestoring(),
};

export const oversamplingAvoids: Claim = {
  id: 'lpm-oversampling-avoids',
  paper: 'layer-peeled',
  source: `${SOURCE}, oversampling; the rule is derived in docs/lpm.md`,
  title: 'The weight that avoids collapse',
  statement:
    'A minority weight w_r turns the ratio R into R/w_r, so Minority Collapse is avoided exactly by the weights above R/R0.',
  formula: '\\beta>0\\iff w_r>R/R_0',
  tolerance: 0,
  errorMeaning: 'largest difference of the rank from K_A just below the predicted weight, and from K − 1 just above',
  test: () => measureAvoiding(),
};
