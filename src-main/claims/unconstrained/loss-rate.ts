/** Claim: the loss falls like 1/(t log t). */
import { alignedPoint } from '../../models/flow/aligned.ts';
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, powersBetween, randomFlow, sizes, worst } from './flows.ts';

const FLOWS = [
  { problem: sizes(2, 1, 2), seed: 1 },
  { problem: sizes(3, 4, 2), seed: 5 },
  { problem: sizes(4, 3, 4), seed: 1 },
  { problem: sizes(5, 1, 5), seed: 3 },
];

/** @param limit of L t log t: √n (K − 1)/2 in the claim */
export async function measureLossRate(
  limit: (K: number, n: number) => number,
  breathe: () => Promise<void>,
): Promise<Evidence> {
  const powers = powersBetween(2, 1000, 28);
  const found: { readonly name: string; readonly ratios: number[]; readonly exact: number }[] = [];
  for (const { problem, seed } of FLOWS) {
    const { measurements } = randomFlow(problem, seed, powers, 1e-8);
    await breathe();
    const { classes, perClass } = problem;
    const target = limit(classes, perClass);
    const logTime = 1000 * Math.LN10;
    const { logLoss } = alignedPoint({ classes, perClass, scale: 1 }, logTime);
    found.push({
      name: nameOf(problem),
      ratios: measurements.map((m) => m.rate! / target),
      exact: (Math.exp(logLoss + logTime) * logTime) / target,
    });
  }
  const all = found.flatMap(({ ratios }) => ratios);
  return {
    error: worst(found.flatMap(({ ratios, exact }) => [Math.abs(ratios.at(-1)! - 1), Math.abs(exact - 1)])),
    numbers: [
      ...found.map(({ name, ratios }) => ({
        label: `L t log t over its limit at t = 10^1000, ${name}`,
        value: ratios.at(-1)!,
        expected: 1,
        format: 'ratio' as const,
      })),
      ...found.map(({ name, exact }) => ({
        label: `the exact aligned flow there, ${name}`,
        value: exact,
        expected: 1,
        format: 'ratio' as const,
      })),
      { label: 'smallest ratio from 10^2 to 10^1000', value: Math.min(...all), format: 'ratio' as const },
      { label: 'largest ratio from 10^2 to 10^1000', value: Math.max(...all), format: 'ratio' as const },
    ],
    chart: {
      x: { label: 'log₁₀ t', logarithmic: true },
      y: { label: 'L t log t over √n (K−1)/2', min: 0 },
      series: found.map(({ name, ratios }, i) => ({
        name,
        role: 'overlay' as const,
        overlay: i,
        x: powers,
        y: ratios,
      })),
    },
    run: { kind: 'ulpm-flow', parameters: { k: 4, n: 3, p: 4, power: 300 } },
    remark:
      'The constant √n (K−1)/2 is derived (docs/flow.md) for flows that tend to neural collapse; L is the sum over all samples. The approach is as slow as log log t / log t.',
  };
}

export const lossRate: Claim = {
  id: 'ulpm-loss-rate',
  paper: 'unconstrained',
  source: `${JI}, rate of the loss; the constant is derived in docs/flow.md`,
  title: 'The loss falls like 1/(t log t)',
  statement: 'Along the flow L is Θ(1/(t log t)); where it tends to neural collapse, L t log t tends to √n (K−1)/2.',
  formula: 'L = \\Theta\\!\\left(\\frac1{t\\log t}\\right), \\qquad L\\,t\\log t \\to \\tfrac12\\sqrt n\\,(K-1)',
  // log log t / log t is 0.0034 at 10^1000.
  tolerance: 0.01,
  errorMeaning:
    'largest relative distance of L t log t from its limit at t = 10^1000, four random flows and the exact ones',
  test: (breathe) => measureLossRate((K, n) => (Math.sqrt(n) * (K - 1)) / 2, breathe),
};
