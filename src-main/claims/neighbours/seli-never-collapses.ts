/** Claim: SELI's minority classifiers never coincide at a finite ratio; their distance to collapse falls like √(2/R) K. */
import type { Claim, Evidence } from '../claim.ts';
import { cosine, seliByDefinition, stepCounts } from './reference/seli.ts';

const RATIOS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
const K = 10;

/** @param stated 1 − cos as a function of R. */
export function measureSeliDistance(stated: (ratio: number) => number): Evidence {
  const found = RATIOS.map((R) => 1 - cosine(seliByDefinition(stepCounts(R, 5, 5)).classifier, K, 8, 9));
  return {
    error: Math.max(...found.map((value, i) => Math.abs(value / stated(RATIOS[i]!) - 1))),
    numbers: RATIOS.map((R, i) => ({
      label: `1 − cos at R = ${R}`,
      value: found[i]!,
      expected: stated(R),
      format: 'gap',
    })),
    chart: {
      x: { label: 'Imbalance ratio R', logarithmic: true },
      y: { label: '1 − cos of two minority classifiers', logarithmic: true },
      series: [
        { name: 'from C D C', role: 'minority', x: RATIOS, y: found },
        { name: 'closed form', role: 'theory', x: RATIOS, y: RATIOS.map(stated) },
      ],
    },
    run: { kind: 'frames', parameters: { counts: '1000000x5,1x5' } },
  };
}

export const seliNeverCollapses: Claim = {
  id: 'seli-never-collapses',
  paper: 'neighbours',
  source: 'Thrampoulidis et al. 2022 (arXiv 2208.05512), SELI geometry',
  title: 'SELI never collapses at a finite ratio',
  statement:
    'The cosine of SELI’s minority classifiers stays below 1 at every finite imbalance ratio and tends to 1 only as R → ∞: without decay there is no Minority Collapse threshold.',
  formula: "1-\\cos(w_B,w_{B'}) = \\frac{K}{(K-2)+\\sqrt{(R+1)/2}} > 0",
  tolerance: 1e-8,
  errorMeaning: 'largest relative difference of 1 − cos from the closed form, K = 10, R from 1 to 10⁶',
  test: () => measureSeliDistance((R) => K / (K - 2 + Math.sqrt((R + 1) / 2))),
};
