/** Claim: the balanced theorem holds for every loss of softmax type. */
import { chooseLoss, sampleLoss, softmaxTypeLosses, type LossId } from '../../lpm/losses/softmax-type.ts';
import { plainDescent, plainProblem } from '../reference/plain-descent.ts';
import { rowCosine } from '../reference/projected-descent.ts';
import type { Claim, Evidence } from '../claim.ts';
import { SOURCE, stepShares, worst } from './step-setting.ts';

const [K, EH] = [5, 0.6];

/** φ((K−1) g(−ρ/(K−1))). */
export function balancedOptimum(id: LossId): number {
  const { loss, shape } = chooseLoss(id);
  return loss.phi((K - 1) * loss.g((-K * Math.sqrt(EH)) / (K - 1), shape).value, shape).value;
}

/** Descent over W and H for every loss that is registered. */
export function measureSoftmaxType(optimum: (id: LossId) => number = balancedOptimum): Evidence {
  const found = softmaxTypeLosses.map(({ id, name }) => {
    const chosen = chooseLoss(id);
    const problem = plainProblem(stepShares({ KA: K, KB: 0, R: 1 }), {
      dimension: K,
      featureBudget: EH,
      classifierBudget: 1,
      loss: (z, k) => sampleLoss(chosen, z, k),
    });
    const runs = [1, 2].map((seed) => plainDescent(problem, { seed, steps: 3000 }));
    const { objective, classifiers } = runs.reduce((a, b) => (b.objective < a.objective ? b : a));
    const errors = [Math.abs(objective / optimum(id) - 1)];
    for (let i = 0; i < K; i++)
      for (let j = 0; j < i; j++) errors.push(Math.abs(rowCosine(classifiers, K, i, j) + 1 / (K - 1)));
    return { id, name, objective, error: worst(errors) };
  });
  return {
    error: worst(found.map(({ error }) => error)),
    numbers: found.map(({ id, name, objective }) => ({
      label: `${name}: loss by descent`,
      value: objective,
      expected: optimum(id),
      format: 'loss',
    })),
    run: {
      kind: 'lpm-loss',
      parameters: { loss: 'exponential', counts: '100x5', shape: null, temperature: 1, eh: EH, ew: 1 },
    },
    remark: `K = p = ${K}, E_H = ${EH}, small enough that the squared hinge does not reach zero. The proof is in docs/lpm-losses.md.`,
  };
}

export const softmaxTypeEtf: Claim = {
  id: 'lpm-softmax-type-etf',
  paper: 'layer-peeled',
  source: `${SOURCE}, the balanced theorem for softmax-type losses`,
  title: 'General softmax-type losses: the same simplex ETF',
  statement:
    'Cross-entropy may be replaced by any convex loss of the form φ(Σ g(z_j − z_k)) with φ and g increasing: the balanced optimum is the same simplex ETF.',
  formula:
    'L(z,k)=\\varphi\\Bigl(\\sum_{j\\ne k}g(z_j-z_k)\\Bigr),\\qquad \\min f=\\varphi\\bigl((K-1)\\,g(-\\tfrac{\\rho}{K-1})\\bigr)',
  // Angles of a descent are good to about the square root of its loss's accuracy.
  tolerance: 1e-5,
  errorMeaning: 'largest deviation of cosines and loss (relative) over 6 losses',
  test: () => measureSoftmaxType(),
};
