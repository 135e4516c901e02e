/**
 * The unconstrained Layer-Peeled Model and how its state is stored; no computation here beyond checking.
 *
 * Notation (Ji, Lu, Zhang, Deng, Su, ICLR 2022, arXiv 2110.02796; docs/flow.md): K classes, n samples of each, N = K n;
 * classifiers w_k, the rows of W (K×p); features h_{k,i} ∈ R^p. The program min L(W, H) = Σ_{k,i} CE(W h_{k,i}, k) has no
 * constraint and no decay; its gradient flow is (Ẇ, Ḣ) = −∇L.
 */
import { InvalidInput, type FieldIssue } from '../../parameters/specification.ts';

export interface FlowProblem {
  /** K ≥ 2. */
  readonly classes: number;
  /** n ≥ 1. */
  readonly perClass: number;
  /** p ≥ 1. */
  readonly dimension: number;
}

/**
 * State x = (W, H), length (K + N) p: the K rows of W, then the features as rows, those of class k together.
 * Feature i of class k is row K + k n + i.
 */
export type FlowState = Float64Array;

/** Above this many unknowns a flow would take minutes and more; refused at the door. */
export const LARGEST_STATE = 200_000;

export function stateLength({ classes, perClass, dimension }: FlowProblem): number {
  return (classes + classes * perClass) * dimension;
}

/** W and H (N×p, features as rows) as views of the state. */
export function parts(problem: FlowProblem, x: FlowState): { readonly W: Float64Array; readonly H: Float64Array } {
  const cut = problem.classes * problem.dimension;
  return { W: x.subarray(0, cut), H: x.subarray(cut) };
}

/** @throws InvalidInput naming k, n or p. */
export function validateFlow(problem: FlowProblem): FlowProblem {
  const issues: FieldIssue[] = [];
  const whole = (field: string, value: number, least: number): void => {
    if (!Number.isSafeInteger(value) || value < least)
      issues.push({ field, value, message: `must be a whole number of at least ${least}, got ${value}` });
  };
  whole('k', problem.classes, 2);
  whole('n', problem.perClass, 1);
  whole('p', problem.dimension, 1);
  if (issues.length === 0 && stateLength(problem) > LARGEST_STATE) {
    const size = stateLength(problem);
    const message = `makes (K + K n) p = ${size} unknowns; at most ${LARGEST_STATE} are accepted`;
    issues.push({ field: 'p', value: problem.dimension, message });
  }
  if (issues.length > 0) throw new InvalidInput(issues);
  return problem;
}
