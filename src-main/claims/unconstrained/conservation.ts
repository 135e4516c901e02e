/** Claim: the gradient flow conserves WᵀW − HHᵀ, and the sum of the classifiers. */
import { parts, type FlowProblem, type FlowState } from '../../models/flow/problem.ts';
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, powersBetween, randomFlow, sizes, worst } from './flows.ts';

const PROBLEMS = [sizes(2, 1, 1), sizes(4, 3, 2), sizes(5, 2, 7), sizes(10, 1, 10)];

/** WᵀW + sign·HHᵀ by its definition, p×p. */
function combination(problem: FlowProblem, x: FlowState, sign: number): number[] {
  const p = problem.dimension;
  const { W, H } = parts(problem, x);
  const gram = (rows: Float64Array, l: number, m: number): number => {
    let sum = 0;
    for (let at = 0; at < rows.length; at += p) sum += rows[at + l]! * rows[at + m]!;
    return sum;
  };
  return Array.from({ length: p * p }, (_, i) => {
    const [l, m] = [Math.floor(i / p), i % p];
    return gram(W, l, m) + sign * gram(H, l, m);
  });
}

/** Σ_k w_k. */
function total(problem: FlowProblem, x: FlowState): number[] {
  const { W } = parts(problem, x);
  return Array.from({ length: problem.dimension }, (_, l) => {
    let sum = 0;
    for (let k = 0; k < problem.classes; k++) sum += W[k * problem.dimension + l]!;
    return sum;
  });
}

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((v, i) => v - b[i]!));

/** @param sign −1 in the claim */
export function measureConservation(sign = -1): Evidence {
  const powers = [-3, ...powersBetween(0.01, 12, 12)];
  const found = PROBLEMS.map((problem, seed) => {
    const { moments } = randomFlow(problem, seed + 1, powers, 1e-10);
    const first = moments[0]!.state;
    const drifts = moments.map(({ state }) => {
      const size = state.reduce((sum, v) => sum + v * v, 0);
      const change = distance(combination(problem, state, sign), combination(problem, first, sign)) / size;
      return Math.max(change, distance(total(problem, state), total(problem, first)) / Math.sqrt(size));
    });
    return { problem, drift: worst(drifts) };
  });
  return {
    error: worst(found.map(({ drift }) => drift)),
    numbers: found.map(({ problem, drift }) => ({
      label: `relative drift to t = 1e12, ${nameOf(problem)}`,
      value: drift,
      expected: 0,
      format: 'gap' as const,
    })),
    run: { kind: 'ulpm-flow', parameters: { k: 10, n: 1, p: 10 } },
    remark:
      'Compared with t = 0.001. The conservation of the sum of the classifiers is derived: the softmax less the label sums to zero over the classes.',
  };
}

export const conservation: Claim = {
  id: 'ulpm-conservation',
  paper: 'unconstrained',
  source: `${JI}, gradient flow of the unconstrained model`,
  title: 'The flow conserves WᵀW − HHᵀ',
  statement: 'Along the gradient flow WᵀW − HHᵀ does not change, and neither does the sum of the classifiers.',
  formula: '\\tfrac{d}{dt}\\,(W^\\top W - HH^\\top) = 0, \\qquad \\tfrac{d}{dt}\\textstyle\\sum_k w_k = 0',
  // A tolerance of 1e-10 a step over some 400 steps.
  tolerance: 1e-8,
  errorMeaning: 'largest change over ‖W‖² + ‖H‖² (of the sum: over its root) up to t = 1e12, from random starts',
  test: () => measureConservation(),
};
