/** Claim: once the loss is below log 2, the direction tends to a KKT point of the max-margin problem. */
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, powersBetween, randomFlow, sizes, slopeInLogTime, worst } from './flows.ts';

/** Also dimensions in which no simplex ETF exists: the statement is about any KKT point. */
const FLOWS = [
  { problem: sizes(2, 1, 2), seed: 1 },
  { problem: sizes(4, 3, 4), seed: 1 },
  { problem: sizes(4, 1, 2), seed: 1 },
  { problem: sizes(6, 1, 3), seed: 1 },
];

/** @param slope of the stationarity residual against log t: −½ in the claim */
export async function measureKkt(slope: number, breathe: () => Promise<void>): Promise<Evidence> {
  const powers = powersBetween(2, 1000, 28);
  const half = powers.findIndex((power) => power >= 500);
  const found: {
    readonly name: string;
    readonly curve: number[];
    readonly slope: number;
    readonly complementarity: number;
  }[] = [];
  for (const { problem, seed } of FLOWS) {
    const { measurements } = randomFlow(problem, seed, powers, 1e-8);
    await breathe();
    const [early, late] = [measurements[half]!, measurements.at(-1)!];
    found.push({
      name: nameOf(problem),
      curve: measurements.map((m) => m.stationarity!),
      slope: slopeInLogTime([early.tau, late.tau], [early.stationarity!, late.stationarity!]),
      complementarity: late.complementarity!,
    });
  }
  // On a line three classes cannot be separated: the condition is never met.
  const line = randomFlow(sizes(3, 1, 1), 1, [4, 8], 1e-7).measurements;
  const excess = line.at(-1)!.loss / Math.LN2 - 1;
  return {
    error: worst([
      ...found.map((one) => Math.abs(one.slope - slope)),
      ...found.map(({ complementarity }) => complementarity),
      excess > 0 ? 0 : Infinity,
    ]),
    numbers: [
      ...found.map((one) => ({
        label: `slope of stationarity, ${one.name}`,
        value: one.slope,
        expected: -0.5,
        format: 'ratio' as const,
      })),
      ...found.map((one) => ({
        label: `stationarity at t = 10^1000, ${one.name}`,
        value: one.curve.at(-1)!,
        format: 'gap' as const,
      })),
      ...found.map((one) => ({
        label: `complementarity there, ${one.name}`,
        value: one.complementarity,
        expected: 0,
        format: 'gap' as const,
      })),
      { label: 'L/log 2 − 1 at t = 1e8 on a line, K = 3', value: excess, format: 'gap' as const },
    ],
    chart: {
      x: { label: 'log₁₀ t', logarithmic: true },
      y: { label: '‖x/‖x‖ + ∇L/‖∇L‖‖', logarithmic: true },
      series: found.map(({ name, curve }, i) => ({ name, role: 'overlay' as const, overlay: i, x: powers, y: curve })),
    },
    run: { kind: 'ulpm-flow', parameters: { k: 4, n: 1, p: 2, power: 300 } },
    remark:
      'Numerical. The multipliers are the softmax weights, so a small residual proves closeness to a KKT point. The rate −½ is derived: what the flow conserves stays while ‖x‖ grows like √log t.',
  };
}

export const kktDirection: Claim = {
  id: 'ulpm-kkt-direction',
  paper: 'unconstrained',
  source: `${JI}, convergence to the max-margin problem`,
  title: 'Below log 2 the direction tends to a KKT point',
  statement:
    'Once L < log 2 the normalised flow tends to a point that satisfies the conditions of min ½(‖W‖² + ‖H‖²) under margins of at least 1. Where the classes cannot be separated, L stays above log 2.',
  formula:
    '\\frac{x}{\\|x\\|} \\to -\\frac{\\nabla L}{\\|\\nabla L\\|}, \\qquad \\lambda_{ij}\\,(q_{ij}-q_{\\min}) \\to 0',
  tolerance: 0.02,
  errorMeaning:
    'largest |slope + ½| of log stationarity against log log t, or complementarity residual, at 10^500 to 10^1000',
  test: (breathe) => measureKkt(-0.5, breathe),
};
