/** Claims: the margin bound of the unconstrained model, and that neural collapse is the global max-margin solution. */
import { flowStart, type StartKind } from '../../models/flow/start.ts';
import { parts, type FlowProblem, type FlowState } from '../../models/flow/problem.ts';
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import type { Claim, Evidence } from '../claim.ts';
import { JI, nameOf, sizes, worst } from './flows.ts';

/** q_min by its definition. */
function smallestMargin({ classes, perClass, dimension: p }: FlowProblem, W: Float64Array, H: Float64Array): number {
  let smallest = Infinity;
  for (let i = 0; i < classes * perClass; i++) {
    const logit = (k: number): number => {
      let z = 0;
      for (let l = 0; l < p; l++) z += W[k * p + l]! * H[i * p + l]!;
      return z;
    };
    const own = Math.floor(i / perClass);
    for (let k = 0; k < classes; k++) if (k !== own) smallest = Math.min(smallest, logit(own) - logit(k));
  }
  return smallest;
}

const square = (x: FlowState): number => x.reduce((sum, v) => sum + v * v, 0);

/** q_min/(‖W‖² + ‖H‖²) of a start. */
function normalised(problem: FlowProblem, kind: StartKind, seed: number): number {
  const x = flowStart(problem, { kind, scale: 1, perturbation: 0, seed });
  const { W, H } = parts(problem, x);
  return smallestMargin(problem, W, H) / square(x);
}

const PROBLEMS = [sizes(2, 1, 2), sizes(3, 4, 2), sizes(4, 2, 6), sizes(10, 1, 10), sizes(10, 10, 9)];

/** @param bound of q_min over the squared norm: 1/(2(K−1)√n) in the claim */
export function measureMarginBound(bound: (K: number, n: number) => number): Evidence {
  const found = PROBLEMS.map((problem) => {
    const { classes: K, perClass: n } = problem;
    const limit = bound(K, n);
    let largest = -Infinity;
    for (let seed = 1; seed <= 40; seed++)
      for (const kind of ['random', 'balanced'] as const) largest = Math.max(largest, normalised(problem, kind, seed));
    // Small moves away from neural collapse come closest to the bound.
    const x = flowStart(problem, { kind: 'aligned', scale: 1, perturbation: 1e-3, seed: 1 });
    const { W, H } = parts(problem, x);
    largest = Math.max(largest, smallestMargin(problem, W, H) / square(x));
    return { problem, limit, largest: largest / limit, met: normalised(problem, 'aligned', 1) / limit };
  });
  return {
    error: worst(found.map(({ largest, met }) => Math.max(Math.abs(met - 1), largest - 1, 0))),
    numbers: [
      { label: 'coefficient, K = 10, n = 1', value: bound(10, 1), expected: 0.0555556, format: 'ratio' as const },
      ...found.flatMap(({ problem, largest, met }) => [
        {
          label: `neural collapse over the bound, ${nameOf(problem)}`,
          value: met,
          expected: 1,
          format: 'ratio' as const,
        },
        { label: `largest of 81 other points, ${nameOf(problem)}`, value: largest, format: 'ratio' as const },
      ]),
    ],
    run: { kind: 'ulpm-flow', parameters: { k: 10, n: 1, p: 10 } },
    remark: 'Random points cannot prove a bound; the next claim’s certificate does.',
  };
}

/**
 * Weak duality: for margins ≥ 1, ½(‖W‖² + ‖H‖²) ≥ ‖Z‖_* ≥ ⟨Λ, Z⟩ = Σ λ_ij q_ij ≥ Σ λ_ij for every λ ≥ 0 whose matrix
 * Λ = Σ λ_ij (e_k − e_j) e_iᵀ (K×N) has spectral norm at most 1.
 * @param weight the pattern of λ, scaled to be feasible: constant in the claim
 */
export function measureCertificate(weight: (own: number, other: number) => number): Evidence {
  const found = PROBLEMS.map((problem) => {
    const { classes: K, perClass: n } = problem;
    const x = flowStart(problem, { kind: 'aligned', scale: 1, perturbation: 0, seed: 1 });
    const { W, H } = parts(problem, x);
    const primal = square(x) / 2 / smallestMargin(problem, W, H);
    const N = K * n;
    const dual = new Float64Array(K * N);
    let sum = 0;
    for (let i = 0; i < N; i++) {
      const own = Math.floor(i / n);
      for (let j = 0; j < K; j++) {
        if (j === own) continue;
        const lambda = weight(own, j);
        sum += lambda;
        dual[own * N + i] = dual[own * N + i]! + lambda;
        dual[j * N + i] = dual[j * N + i]! - lambda;
      }
    }
    const bound = sum / singularValueDecomposition(dual, K, N).values[0]!;
    return { problem, primal, bound, gap: primal / bound - 1 };
  });
  return {
    error: worst(found.map(({ gap }) => Math.abs(gap))),
    numbers: found.flatMap(({ problem, primal, bound }) => [
      {
        label: `½(‖W‖² + ‖H‖²) at neural collapse, ${nameOf(problem)}`,
        value: primal,
        expected: bound,
        format: 'ratio' as const,
      },
    ]),
    run: { kind: 'ulpm-flow', parameters: { k: 4, n: 3, p: 4 } },
    remark:
      'A proof but for rounding: the expected value is a lower bound for every W and H with margins of at least 1, by duality of the nuclear norm; no search is involved.',
  };
}

export const marginBound: Claim = {
  id: 'ulpm-margin-bound',
  paper: 'unconstrained',
  source: `${JI}, margin bound`,
  title: 'The margin is bounded, with equality at neural collapse',
  statement:
    'No classifiers and features of a given total size have a larger smallest margin than neural collapse: q_min is at most (‖W‖² + ‖H‖²)/(2(K−1)√n).',
  formula: 'q_{\\min} \\le \\frac{\\|W\\|_F^2+\\|H\\|_F^2}{2(K-1)\\sqrt n}',
  tolerance: 1e-12,
  errorMeaning:
    'largest relative excess over the bound among 81 points each of 5 problems, and distance from it at neural collapse',
  test: () => measureMarginBound((K, n) => 1 / (2 * (K - 1) * Math.sqrt(n))),
};

export const maxMarginSolution: Claim = {
  id: 'ulpm-max-margin-solution',
  paper: 'unconstrained',
  source: `${JI}, max-margin problem; certificate derived in docs/flow.md`,
  title: 'Neural collapse solves the max-margin problem',
  statement:
    'Neural collapse attains the global minimum of ½(‖W‖² + ‖H‖²) under margins of at least 1, which is √n (K−1): a dual certificate meets it.',
  formula: '\\min_{W,H}\\ \\tfrac12(\\|W\\|_F^2+\\|H\\|_F^2)\\ \\text{ s.t. } q_{k,i}\\ge 1 \\;=\\; \\sqrt n\\,(K-1)',
  tolerance: 1e-12,
  errorMeaning: 'largest relative gap between neural collapse and the dual bound over 5 problems',
  test: () => measureCertificate(() => 1),
};
