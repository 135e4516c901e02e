/** Claims: at which rates the flow leaves its saddles. */
import { momentGrid } from '../../models/flow/integrate.ts';
import { parts, type FlowProblem, type FlowState } from '../../models/flow/problem.ts';
import { saddleMode } from '../../models/flow/saddle.ts';
import { flowStart } from '../../models/flow/start.ts';
import { flowTrajectory } from '../../models/flow/trajectory.ts';
import { addScaled, dot, norm } from '../../numerics/vector.ts';
import { gaussRule } from '../../numerics/gauss-quadrature.ts';
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, sizes, worst } from './flows.ts';

/** Size of the move off the saddle, relative to ‖x‖. */
const MOVE = 1e-6;

/** ‖C W + C S/√n‖, C = I − J/K, S the sums of the features by class: the part of a small state that grows. */
function growing(problem: FlowProblem, x: FlowState): number {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { W, H } = parts(problem, x);
  const sum = new Float64Array(K * p);
  for (let k = 0; k < K; k++)
    for (let l = 0; l < p; l++) {
      let s = W[k * p + l]!;
      for (let i = 0; i < n; i++) s += H[(k * n + i) * p + l]! / Math.sqrt(n);
      sum[k * p + l] = s;
    }
  for (let l = 0; l < p; l++) {
    let mean = 0;
    for (let k = 0; k < K; k++) mean += sum[k * p + l]! / K;
    for (let k = 0; k < K; k++) sum[k * p + l] = sum[k * p + l]! - mean;
  }
  return norm(sum);
}

/** Amount of the growing part at the times asked for, from zero or from coinciding pairs. */
function amounts(problem: FlowProblem, from: 'zero' | 'pairs', times: readonly number[]): number[] {
  const moments = times.map(Math.log1p);
  if (from === 'zero') {
    const x = flowStart(problem, { kind: 'random', scale: MOVE, perturbation: 0, seed: 1 });
    return flowTrajectory(problem, x, { moments, tolerance: 1e-10 }).moments.map(({ state }) =>
      growing(problem, state),
    );
  }
  const x = flowStart(problem, { kind: 'pairs', scale: 1, perturbation: 0, seed: 1 });
  const { direction } = saddleMode(problem, x);
  addScaled(x, MOVE * norm(x), direction!);
  return flowTrajectory(problem, x, { moments, tolerance: 1e-10 }).moments.map(({ state }) => dot(state, direction!));
}

/** @param rate of the exponential: √n in the claim */
export function measureExponential(rate: (n: number) => number): Evidence {
  const cases = [
    { problem: sizes(4, 1, 4), from: 'zero' as const },
    { problem: sizes(10, 4, 10), from: 'zero' as const },
    { problem: sizes(4, 1, 4), from: 'pairs' as const },
    { problem: sizes(6, 9, 5), from: 'pairs' as const },
  ];
  const found = cases.map(({ problem, from }) => {
    const root = Math.sqrt(problem.perClass);
    const times = Array.from({ length: 33 }, (_, i) => (1 + i / 2) / root);
    const amount = amounts(problem, from, times);
    // Up to a thousandth of the size that ends the linear regime.
    const last = times.findIndex((t) => t * root >= 6);
    const slope = Math.log(amount[last]! / amount[0]!) / (times[last]! - times[0]!);
    return {
      name: `from ${from}, ${nameOf(problem)}`,
      times: times.map((t) => t * root),
      amount,
      slope,
      expected: rate(problem.perClass),
    };
  });
  return {
    error: worst(found.map(({ slope, expected }) => Math.abs(slope / expected - 1))),
    numbers: found.map(({ name, slope, expected }) => ({
      label: `rate ${name}`,
      value: slope,
      expected,
      format: 'ratio' as const,
    })),
    chart: {
      x: { label: '√n t' },
      y: { label: 'Part that grows', logarithmic: true },
      series: found.map(({ name, times, amount }, i) => ({
        name,
        role: 'overlay' as const,
        overlay: i,
        x: times,
        y: amount,
      })),
    },
    run: { kind: 'ulpm-flow', parameters: { k: 4, n: 1, p: 4, start: 'pairs' } },
    remark: `Started ${MOVE} away; the rate is read while the part is still small. It leaves around √n t = log(1/${MOVE}) = 14.`,
  };
}

/** @param exponent d log δ/d log ρ from growth σ and multiplier μ: σ/μ in the claim */
export function measurePower(exponent: (sigma: number, mu: number) => number): Evidence {
  const cases = [sizes(10, 1, 10), sizes(6, 2, 4), sizes(8, 1, 3)];
  // Nodes of Gauss's rule for the uniform measure on 0…1, by a fine discrete one.
  const grid = Float64Array.from({ length: 400 }, (_, i) => (i + 0.5) / 400);
  const { nodes, weights } = gaussRule(grid, new Float64Array(400).fill(1 / 400), 12);
  const found = cases.map((problem) => {
    const exact = flowStart(problem, { kind: 'polygon', scale: 1.5, perturbation: 0, seed: 1 });
    const size = norm(exact);
    const { direction } = saddleMode(problem, exact);
    const x = exact.slice();
    addScaled(x, 1e-9 * size, direction!);
    const { moments } = flowTrajectory(problem, x, { moments: momentGrid(1, 4, 2), tolerance: 1e-11 });
    const [first, last] = moments.map(({ state }) => ({ log: Math.log(norm(state)), amount: dot(state, direction!) }));
    const width = last!.log - first!.log;
    let integral = 0;
    nodes.forEach((node, i) => {
      const rho = Math.exp(first!.log + width * node);
      const { growth, multiplier } = saddleMode(
        problem,
        exact.map((v) => (v * rho) / size),
      );
      integral += weights[i]! * width * exponent(growth, multiplier);
    });
    return { name: nameOf(problem), measured: Math.log(last!.amount / first!.amount), integral, width };
  });
  return {
    error: worst(found.map(({ measured, integral }) => Math.abs(measured / integral - 1))),
    numbers: found.flatMap(({ name, measured, integral, width }) => [
      {
        label: `log growth of the move, t = 10 to 1e4, ${name}`,
        value: measured,
        expected: integral,
        format: 'ratio' as const,
      },
      { label: `mean exponent in the norm, ${name}`, value: measured / width, format: 'ratio' as const },
    ]),
    run: { kind: 'ulpm-flow', parameters: { k: 10, n: 1, p: 10, start: 'polygon', scale: 1.5, power: 30 } },
    remark:
      'A separable saddle is left only as a power of the norm, that is of √log t: with few classes, whose exponent is near 2, a small move stays small for all practical time.',
  };
}

export const escapeExponential: Claim = {
  id: 'ulpm-escape-exponential',
  paper: 'unconstrained',
  source: `${JI}, saddles; the rate is derived in docs/flow.md`,
  title: 'Zero and coinciding classes are left at the rate √n',
  statement:
    'A small move off the zero state, or off classes that coincide in pairs, grows like exp(√n t), whatever the number of classes and the size of the state.',
  formula: '\\delta(t) \\simeq \\delta(0)\\, e^{\\sqrt n\\, t}',
  tolerance: 1e-4,
  errorMeaning: 'largest relative error of the measured rate over four flows',
  test: () => measureExponential(Math.sqrt),
};

export const escapePower: Claim = {
  id: 'ulpm-escape-power',
  paper: 'unconstrained',
  source: 'derived in docs/flow.md',
  title: 'Separable saddles are left as a power of the norm',
  statement:
    'Near a critical direction that separates all classes a small move δ out of its span grows with the norm ρ at the exponent σ/μ: the spectral norm of the softmax residual over the multiplier.',
  formula: '\\frac{d\\log\\delta}{d\\log\\rho} = \\frac{\\sigma}{\\mu}',
  tolerance: 1e-4,
  errorMeaning:
    'largest relative error of log δ between t = 10 and 1e4 against the integral of σ/μ over log ρ, three polygons',
  test: () => measurePower((sigma, mu) => sigma / mu),
};
