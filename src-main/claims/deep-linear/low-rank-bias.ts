/** Claim: with cross-entropy, depth makes frames of lower rank better than the simplex ETF. */
import {
  etfObjective,
  etfOptimum,
  pairsBeatEtf,
  pairsObjective,
} from '../../models/deep-linear/balanced-cross-entropy.ts';
import { factorProblem } from '../../models/deep-linear/factors.ts';
import type { Claim, Evidence } from '../claim.ts';
import { DECAY, setting } from './minimise.ts';

const SETTINGS = [
  { K: 4, M: 3, n: 100 },
  { K: 6, M: 2, n: 50 },
  { K: 10, M: 2, n: 50 },
  { K: 10, M: 4, n: 50 },
];

/**
 * The objective of explicit balanced factors for K/2 antipodal pairs of logit τ: layer 1 … M − 1 and the features carry one unit
 * vector per pair, W_M the signs. Written out here, so that the formula is not tested against itself.
 */
function pairFactors(K: number, M: number, n: number, tau: number): number {
  const r = K / 2;
  const problem = setting(new Array<number>(K).fill(n), M, { loss: 'ce' });
  const target = factorProblem(problem, new Array<number>(M).fill(r));
  const x = new Float64Array(target.length);
  const { weights, features } = target.views(x);
  // Ẑ has the singular value 2√n τ on each pair; equal decays give every factor its (M+1)-th root.
  const s = (2 * Math.sqrt(n) * tau) ** (1 / (M + 1));
  weights.slice(0, -1).forEach((w) => {
    for (let i = 0; i < r; i++) w[i * r + i] = s;
  });
  for (let k = 0; k < K; k++) {
    const sign = (k % 2 === 0 ? s : -s) / Math.SQRT2;
    weights.at(-1)![k * r + (k >> 1)] = sign;
    features[k * r + (k >> 1)] = sign;
  }
  return target.evaluate(x, new Float64Array(target.length));
}

/** @param factor multiplies the pairs' objective: 1 is the claim */
export function measureLowRank(factor = 1): Evidence {
  let error = 0;
  const numbers = SETTINGS.flatMap(({ K, M, n }) => {
    const problem = setting(new Array<number>(K).fill(n), M, { loss: 'ce' });
    const etf = etfOptimum(problem, K, n);
    if (!pairsBeatEtf(K, M)) error = Infinity;
    // At the ETF's own best scale, and at scales around it.
    for (const share of [0.25, 0.5, 1, 2, 4]) {
      const tau = share * etf.scale;
      const pairs = factor * pairFactors(K, M, n, tau);
      error = Math.max(error, Math.abs(pairs / pairsObjective(problem, K, n, tau) - 1));
      error = Math.max(error, pairs / etfObjective(problem, K, n, tau) - 1);
    }
    const name = `K = ${K}, M = ${M}`;
    return [
      { label: `Best simplex ETF, ${name}`, value: etf.objective, format: 'loss' as const },
      {
        label: `Antipodal pairs at the same scale, ${name}`,
        value: pairFactors(K, M, n, etf.scale),
        format: 'loss' as const,
      },
    ];
  });
  const [K, M, n] = [4, 3, 100];
  const problem = setting(new Array<number>(K).fill(n), M, { loss: 'ce' });
  const x = Array.from({ length: 100 }, (_, i) => 0.15 * (i + 1));
  return {
    error,
    numbers,
    chart: {
      title: `Objective against the scale of the logits, K = ${K}, M = ${M}, all decays ${DECAY}`,
      x: { label: 'Scale of the logits τ' },
      y: { label: 'Objective', logarithmic: true },
      series: [
        { name: 'simplex ETF', role: 'reference', x, y: x.map((tau) => etfObjective(problem, K, n, tau)) },
        { name: 'antipodal pairs', role: 'majority', x, y: x.map((tau) => pairsObjective(problem, K, n, tau)) },
      ],
    },
    run: {
      kind: 'deep-linear',
      parameters: { counts: '100x4', loss: 'ce', depth: 3, decay: '5e-4', featureDecay: 5e-4 },
    },
    remark:
      'So the balanced theorem for cross-entropy cannot be carried over to these depths: the simplex ETF is a stationary point there, not the global optimum. It says nothing about which frame is.',
  };
}

export const lowRankBias: Claim = {
  id: 'deep-linear-low-rank-bias',
  paper: 'deep-linear',
  source:
    'Derived in docs/deep-linear.md; Garrod, Keating 2024 (arXiv 2410.23169) on the low-rank bias with cross-entropy',
  title: 'Deep cross-entropy: antipodal pairs beat the ETF',
  statement:
    'With cross-entropy, equal counts and even K, K/2 orthogonal pairs of opposite vectors have a lower objective than the simplex ETF at every scale once the network is deep enough: M ≥ 3 for K = 4, M ≥ 2 from K = 6 on.',
  formula:
    '2^{2/(M+1)}\\le 2-\\tfrac2K\\ \\Longrightarrow\\ f_{\\text{pairs}}(\\tau)<f_{\\text{ETF}}(\\tau)\\quad\\text{for all }\\tau>0',
  // Above 0 only by rounding: the statement is an inequality.
  tolerance: 1e-12,
  errorMeaning:
    'largest relative excess of explicit pairs over the ETF, and difference from their formula, over 20 scales',
  test: () => measureLowRank(),
};
