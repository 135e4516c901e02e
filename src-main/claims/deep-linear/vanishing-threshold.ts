/** Claim: a class is exactly zero iff its price reaches the zero bound, at every depth. */
import { vanishingWeight } from '../../models/deep-linear/thresholds.ts';
import type { Claim, Evidence } from '../claim.ts';
import { relative, SOURCE } from './minimise.ts';
import { plainMinimum } from './plain-scalar.ts';

const SETTINGS = [
  { M: 1, N: 400, decay: 5e-3 },
  { M: 2, N: 1000, decay: 1e-3 },
  { M: 3, N: 1000, decay: 5e-4 },
  { M: 6, N: 300, decay: 2e-3 },
];

/** n at which brute force first finds a minimiser away from zero, by bisection. */
function bisected(M: number, N: number, decay: number): number {
  let [dead, alive] = [0, N];
  for (let i = 0; i < 52; i++) {
    const n = (dead + alive) / 2;
    if (plainMinimum({ n, N, M, decay, featureDecay: decay }).s > 0) alive = n;
    else dead = n;
  }
  return alive;
}

/** @param threshold the stated count n*, at depth M */
export function measureVanishing(
  threshold = (M: number, N: number, decay: number) =>
    vanishingWeight({ decays: new Array<number>(M).fill(decay), featureDecay: decay }, N),
): Evidence {
  let error = 0;
  const numbers = SETTINGS.map(({ M, N, decay }) => {
    const expected = threshold(M, N, decay);
    const value = bisected(M, N, decay);
    error = Math.max(error, relative(value, expected));
    return { label: `Vanishing count, M = ${M}, N = ${N}, λ = ${decay}`, value, expected, format: 'ratio' as const };
  });
  const [M, N, decay] = [3, 1000, 5e-4];
  const stated = threshold(M, N, decay);
  const x = Array.from({ length: 101 }, (_, i) => stated * (0.5 + i / 50));
  return {
    error,
    numbers,
    chart: {
      title: `Singular value against the count, M = ${M}, N = ${N}`,
      x: { label: 'Samples of the class n' },
      y: { label: 'Singular value s', min: 0 },
      series: [
        {
          name: 'brute force',
          role: 'majority',
          x,
          y: x.map((n) => plainMinimum({ n, N, M, decay, featureDecay: decay }).s),
        },
      ],
      verticals: [{ x: stated, label: 'n*', kind: 'threshold' }],
    },
    run: { kind: 'deep-linear-sweep', parameters: { variable: 'ratio', range: '1:1000:121', depth: 3 } },
    remark: 'Thresholds by bisection over brute-force searches of the objective in s, with N held fixed.',
  };
}

export const vanishingThreshold: Claim = {
  id: 'deep-linear-vanishing',
  paper: 'deep-linear',
  source: `${SOURCE}, imbalanced squared loss; the zero bound as in docs/deep-linear.md`,
  title: 'Small classes vanish at a sharp count',
  statement:
    'A class is exactly zero in every layer iff its price b_k reaches a bound that depends on the depth alone; for depth 2 and more the singular value jumps there, for depth 1 it grows from zero.',
  formula: 's_k=0\\iff b_k\\ge\\beta_M=\\frac{(M-1)^{(M-1)/M}}{M}',
  // The gain over zero is written without cancellation: the bisection ends at rounding.
  tolerance: 1e-10,
  errorMeaning: 'largest relative difference between stated and bisected counts over four settings',
  test: () => measureVanishing(),
};
