/** Claim: between the zero bound and the largest slope the larger root exists and is not the minimiser. */
import {
  logLargerRoot,
  minimiseScalar,
  rootCeiling,
  scalarObjective,
  zeroBound,
} from '../../models/deep-linear/scalar.ts';
import type { Claim, Evidence } from '../claim.ts';
import { plainMinimum } from './plain-scalar.ts';

const DEPTHS = [2, 3, 4, 6];

/** The minimal φ by brute force: n/2N = 1/2 and N λ_H = 1 make F(s) half of φ(x) with x = s². */
function bruteForce(b: number, M: number): number {
  return 2 * plainMinimum({ n: 1, N: 1, M, decay: b / M, featureDecay: 1 }).value;
}

/** @param choose value of φ that a rule picks at price b */
export function measureTrap(choose = (b: number, M: number) => minimiseScalar(b, M).value): Evidence {
  let error = 0;
  const numbers = DEPTHS.flatMap((M) => {
    const [bound, ceiling] = [zeroBound(M), rootCeiling(M)];
    for (let i = 0; i <= 20; i++) {
      // From well below the bound to beyond the ceiling.
      const b = 0.6 * bound + (i / 20) * (1.2 * ceiling - 0.6 * bound);
      error = Math.max(error, Math.abs(choose(b, M) - bruteForce(b, M)));
    }
    const b = (bound + ceiling) / 2;
    const root = scalarObjective(Math.exp(logLargerRoot(b, M)!), b, M);
    return [
      {
        label: `φ at the minimiser, M = ${M}, b = ${b.toFixed(4)}`,
        value: bruteForce(b, M),
        expected: choose(b, M),
        format: 'loss' as const,
      },
      { label: `φ at the larger root, M = ${M}`, value: root, format: 'loss' as const },
    ];
  });
  const M = 3;
  const b = (zeroBound(M) + rootCeiling(M)) / 2;
  const x = Array.from({ length: 121 }, (_, i) => i / 50);
  const root = Math.exp(logLargerRoot(b, M)!);
  return {
    error,
    numbers,
    chart: {
      title: `φ(x) = 1/(1 + x³) + b x at b = ${b.toFixed(4)}`,
      x: { label: 'x' },
      y: { label: 'φ(x)' },
      series: [{ name: 'φ', role: 'majority', x, y: x.map((at) => scalarObjective(at, b, M)) }],
      dots: [
        { x: 0, y: 1, role: 'majority' },
        { x: root, y: scalarObjective(root, b, M), role: 'minority' },
      ],
    },
    run: { kind: 'deep-linear-sweep', parameters: { variable: 'decay', range: '1e-4:1e-2:121', depth: 3 } },
    remark: 'Code that takes the largest real root of the stationarity condition is wrong between the two prices.',
  };
}

/** What the rule "the larger root, where there is one" picks. */
export function largerRootRule(b: number, M: number): number {
  const root = logLargerRoot(b, M);
  return root === null ? 1 : scalarObjective(Math.exp(root), b, M);
}

export const largestRoot: Claim = {
  id: 'deep-linear-largest-root',
  paper: 'deep-linear',
  source: 'Derived in docs/deep-linear.md',
  title: 'The largest root is not always the minimiser',
  statement:
    'For depth 2 and more there are prices at which the stationarity condition has a positive root and zero is nevertheless the only global minimiser.',
  formula:
    '\\beta_M\\le b<\\max_x\\frac{Mx^{M-1}}{(1+x^M)^2}\\ \\Longrightarrow\\ \\arg\\min_{x\\ge0}\\Bigl[\\tfrac1{1+x^M}+bx\\Bigr]=0',
  // Golden section reaches rounding of φ.
  tolerance: 1e-12,
  errorMeaning: 'largest difference of the minimal φ to brute force over 84 prices at depths 2, 3, 4 and 6',
  test: () => measureTrap(),
};
