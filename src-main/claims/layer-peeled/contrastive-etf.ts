/** Claim: the balanced theorem holds for the supervised contrastive loss. */
import { minimiseContrastive } from '../../lpm/losses/contrastive.ts';
import { contrastiveDescent } from '../reference/contrastive-descent.ts';
import { rowCosine, rowNorm } from '../reference/projected-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, worst } from './step-setting.ts';

const SETTINGS = [
  { K: 4, n: 2, EH: 1, temperature: 1 },
  { K: 4, n: 3, EH: 2, temperature: 0.5 },
  { K: 6, n: 2, EH: 0.8, temperature: 0.4 },
];

/** Descent over one free feature per sample, against the ETF and the certified optimum; @param imbalance extra samples of class 0 */
export function measureContrastive(imbalance = 0): Evidence {
  const found = SETTINGS.map(({ K, n, EH, temperature }) => {
    const labels = Array.from({ length: K * n + imbalance }, (_, i) => (i < K * n ? i % K : 0));
    const problem = { labels, dimension: K, featureBudget: EH, temperature };
    const runs = [1, 2].map((seed) => contrastiveDescent(problem, { seed, steps: 4000 }));
    const { objective, features } = runs.reduce((a, b) => (b.objective < a.objective ? b : a));
    const certified = minimiseContrastive({ groups: [{ samples: n, classes: K }], featureBudget: EH, temperature });
    const errors = [Math.abs(objective / certified.objective - 1)];
    labels.forEach((k, i) => {
      errors.push(Math.abs(rowNorm(features, K, i) / Math.sqrt(EH) - 1));
      for (let j = 0; j < i; j++)
        errors.push(Math.abs(rowCosine(features, K, i, j) - (labels[j] === k ? 1 : -1 / (K - 1))));
    });
    return { K, n, EH, temperature, objective, expected: certified.objective, error: worst(errors) };
  });
  return {
    error: worst(found.map(({ error }) => error)),
    numbers: found.map(({ K, n, EH, temperature, objective, expected }) => ({
      label: `Loss by descent, K = ${K}, n = ${n}, E_H = ${EH}, τ = ${temperature}`,
      value: objective,
      expected,
      format: 'loss',
    })),
    run: {
      kind: 'lpm-loss',
      parameters: { loss: 'contrastive', counts: '3x4', shape: null, temperature: 0.5, eh: 2, ew: 1 },
    },
    remark: 'Expected: the optimum of the convex program over class means, certified by its duality gap.',
  };
}

export const contrastiveEtf: Claim = {
  id: 'lpm-contrastive-etf',
  paper: 'layer-peeled',
  source: `${SOURCE}, the balanced theorem for the contrastive loss`,
  title: 'Contrastive loss: the same simplex ETF',
  statement:
    'With as many samples in every class, the optimal features under the supervised contrastive loss collapse to their class means, which form a simplex ETF.',
  formula:
    "-\\tfrac1n\\sum_j\\log\\frac{e^{h_{k,i}\\cdot h_{k,j}/\\tau}}{\\sum_{k',l}e^{h_{k,i}\\cdot h_{k',l}/\\tau}}:\\qquad \\cos(h_j,h_k)=-\\tfrac1{K-1}",
  // Angles of a descent are good to about the square root of its loss's accuracy.
  tolerance: 1e-5,
  errorMeaning: 'largest deviation of cosines, norms (relative) and loss (relative) over 3 settings',
  test: () => measureContrastive(),
};
