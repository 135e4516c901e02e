/** Claim: with equal counts the global optimum is the self-dual simplex ETF. */
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import { rowCosine, rowNorm } from '../reference/projected-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, stepShares, worst } from './step-setting.ts';

/** Losses at K = 10, E_W = 1, computed twice independently beforehand. */
const CHECKED: readonly [EH: number, loss: number][] = [
  [5, 0.559782],
  [10, 0.237515],
];

/** log(1 + (K−1) e^{−√(E_H E_W) K/(K−1)}). */
export function etfLoss(K: number, EH: number, EW: number): number {
  return Math.log1p((K - 1) * Math.exp((-Math.sqrt(EH * EW) * K) / (K - 1)));
}

/** Descent over free W and H from random starts, against the loss, the angles and the duality of the ETF. */
export function measureBalancedEtf(loss: (K: number, EH: number, EW: number) => number = etfLoss): Evidence {
  const errors: number[] = [];
  const numbers = CHECKED.map(([EH, expected]) => {
    const [K, EW] = [10, 1];
    const runs = [1, 2, 3].map((seed) => {
      const setting = { dimension: K, featureBudget: EH, classifierBudget: EW };
      return plainDescent(plainProblem(stepShares({ KA: K, KB: 0, R: 1 }), setting), { seed, steps: 2000 });
    });
    for (const { objective, classifiers, features } of runs) {
      errors.push(Math.abs(objective / loss(K, EH, EW) - 1), Math.abs(loss(K, EH, EW) - expected));
      for (let i = 0; i < K; i++) {
        errors.push(Math.abs(rowNorm(features, K, i) / Math.sqrt(EH) - 1));
        const ratio = Math.sqrt(EH / EW);
        for (let d = 0; d < K; d++) errors.push(Math.abs(features[i * K + d]! - ratio * classifiers[i * K + d]!));
        for (let j = 0; j < i; j++) errors.push(Math.abs(rowCosine(classifiers, K, i, j) + 1 / (K - 1)));
      }
    }
    return {
      label: `Loss by descent, K = 10, E_H = ${EH}`,
      value: runs[0]!.objective,
      expected: loss(K, EH, EW),
      format: 'loss' as const,
    };
  });
  return {
    error: worst(errors),
    numbers,
    run: { kind: 'lpm-solve', parameters: { counts: '100x10', weights: '', eh: 5, ew: 1, p: null } },
    remark: 'Three random starts per setting, K = p = 10; descent knows neither the theorem nor the relaxation.',
  };
}

export const balancedEtf: Claim = {
  id: 'lpm-balanced-etf',
  paper: 'layer-peeled',
  source: `${SOURCE}, the balanced theorem`,
  title: 'Balanced classes: a simplex ETF',
  statement:
    'With p ≥ K and as many samples in every class, all global optima are neural collapse: classifiers and features form the same simplex equiangular tight frame, up to their lengths.',
  formula:
    'h_{k,i}=\\sqrt{E_H/E_W}\\,w_k,\\quad \\cos(w_j,w_k)=-\\tfrac1{K-1},\\quad L=\\log\\bigl(1+(K-1)e^{-\\sqrt{E_HE_W}\\,K/(K-1)}\\bigr)',
  // The published digits end at 5e-7; descent stops with angles good to about 1e-6.
  tolerance: 5e-6,
  errorMeaning: 'largest deviation of loss (relative), norms, cosines and entries of h − √(E_H/E_W) w over 6 descents',
  test: () => measureBalancedEtf(),
};
