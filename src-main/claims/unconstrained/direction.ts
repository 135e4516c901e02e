/** Claim: the direction of the flow tends to neural collapse, and only like 1/log t. */
import type { FlowMeasurement } from '../../models/flow/measure.ts';
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, powersBetween, randomFlow, sizes, slopeInLogTime, worst } from './flows.ts';

const FLOWS = [
  { problem: sizes(3, 1, 3), seed: 1 },
  { problem: sizes(3, 2, 3), seed: 1 },
  { problem: sizes(4, 3, 4), seed: 1 },
  { problem: sizes(4, 2, 6), seed: 2 },
  { problem: sizes(5, 1, 5), seed: 3 },
];

const DISTANCES: Readonly<Record<string, (m: FlowMeasurement) => number>> = {
  'centred classifiers to ETF': (m) => m.nc2EtfWCentred!,
  'class means to ETF': (m) => m.nc2EtfH!,
  'squared dual distance': (m) => m.nc3Dual! ** 2,
  'within over between variability': (m) => m.nc1Quot!,
};

/** @param slope of the logarithm of a distance against log log t: −1 in the claim */
export async function measureDirection(slope: number, breathe: () => Promise<void>): Promise<Evidence> {
  const powers = powersBetween(2, 1000, 28);
  const half = powers.findIndex((power) => power >= 500);
  const slopes: { readonly label: string; readonly value: number }[] = [];
  const curves: { readonly name: string; readonly y: number[] }[] = [];
  const ends: number[] = [];
  for (const { problem, seed } of FLOWS) {
    const { measurements } = randomFlow(problem, seed, powers, 1e-8);
    await breathe();
    const [early, late] = [measurements[half]!, measurements.at(-1)!];
    for (const [name, of] of Object.entries(DISTANCES)) {
      if (problem.perClass === 1 && name.startsWith('within')) continue;
      const value = slopeInLogTime([early.tau, late.tau], [of(early), of(late)]);
      slopes.push({ label: `slope, ${name}, ${nameOf(problem)}`, value });
    }
    ends.push(late.nc2EtfWCentred!, late.nc2EtfH!);
    curves.push({ name: `K = ${problem.classes}, n = ${problem.perClass}`, y: measurements.map((m) => m.nc2EtfH!) });
  }
  const rates = slopes.map(({ value }) => Math.abs(value - slope));
  return {
    // Both: the rate, and that the distance has become small.
    error: worst([...rates, ...ends]),
    numbers: [
      ...slopes.map((one) => ({ ...one, expected: -1, format: 'ratio' as const })),
      { label: 'largest distance to the ETF at t = 10^1000', value: worst(ends), expected: 0, format: 'gap' as const },
    ],
    chart: {
      x: { label: 'log₁₀ t', logarithmic: true },
      y: { label: 'Distance of the class means to the ETF', logarithmic: true },
      series: curves.map(({ name, y }, i) => ({ name, role: 'overlay' as const, overlay: i, x: powers, y })),
    },
    run: { kind: 'ulpm-flow', parameters: { k: 4, n: 3, p: 4, power: 300 } },
    remark:
      'Numerical, from random starts, p ≥ K − 1. Integrated in rescaled time, so that 10^1000 is within reach; the rate is reached late: flows pass slowly by other directions first. The conserved mean of the classifiers is taken off; with it, WWᵀ nears the ETF like 1/√log t. Where all that is conserved is zero, the flow is far quicker: a power of t (docs/flow.md).',
  };
}

export const direction: Claim = {
  id: 'ulpm-direction',
  paper: 'unconstrained',
  source: `${JI}, convergence in direction`,
  title: 'The direction tends to neural collapse like 1/log t',
  statement:
    'From random starts with p ≥ K − 1 the classifiers and class means become a simplex ETF in direction, the features collapse to their means and align with the classifiers; squared distances fall like 1/log t.',
  formula: '\\left\\|\\tfrac{WW^\\top}{\\|WW^\\top\\|}-\\tfrac{I-J/K}{\\sqrt{K-1}}\\right\\| = O(1/\\log t)',
  // Between 10^500 and 10^1000 the corrections of relative order log log t / log t are still 0.4 %.
  tolerance: 0.02,
  errorMeaning: 'largest |slope + 1| of log distance against log log t from 10^500 to 10^1000, or distance left there',
  test: (breathe) => measureDirection(-1, breathe),
};
