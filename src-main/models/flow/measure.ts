/**
 * Everything that is recorded of one moment of the flow but the curvature: loss and its rate, margins against their bound,
 * distance from the conditions of the max-margin problem and from neural collapse, norms, and the conserved quantity.
 */
import { multiplyLeftTransposed } from '../../numerics/matrix-product.ts';
import { dot, norm } from '../../numerics/vector.ts';
import { collapseDistances, type CollapseDistances } from './collapse.ts';
import type { Moment } from './integrate.ts';
import { kktResidual, type KktResidual } from './kkt.ts';
import { flowLoss } from './loss.ts';
import { parts, type FlowProblem, type FlowState } from './problem.ts';

export interface FlowMeasurement extends CollapseDistances, KktResidual {
  /** τ = log(1 + t). */
  readonly tau: number;
  /** log L, finite where L underflows. */
  readonly logLoss: number;
  readonly loss: number;
  /** d log L / d log t = −t ‖∇L‖²/L; −1 is the rate of neural collapse, up to 1/log t. */
  readonly exponent: number;
  /** L t log t; null for t ≤ 1. Its limit at neural collapse is √n (K − 1)/2. */
  readonly rate: number | null;
  /** q_min = min over samples of w_k·h_{k,i} − max_{j≠k} w_j·h_{k,i}. */
  readonly margin: number;
  /** Largest margin of a sample. */
  readonly largestMargin: number;
  /** (‖W‖² + ‖H‖²)/(2 (K − 1) √n) ≥ q_min. */
  readonly bound: number;
  /** q_min over the bound; 1 exactly at neural collapse. Null at x = 0. */
  readonly marginRatio: number | null;
  readonly normW: number;
  readonly normH: number;
  /** ‖D(t) − D(0)‖_F/(‖W‖² + ‖H‖²) of D = WᵀW − HHᵀ, which the exact flow conserves. */
  readonly drift: number;
}

/** WᵀW − HHᵀ, p×p (H with features as columns). */
export function conserved(problem: FlowProblem, x: FlowState): Float64Array {
  const { classes: K, perClass: n, dimension: p } = problem;
  const { W, H } = parts(problem, x);
  const D = multiplyLeftTransposed(W, W, K, p, p);
  multiplyLeftTransposed(H, H, K * n, p, p).forEach((value, i) => (D[i] = D[i]! - value));
  return D;
}

/** (‖W‖² + ‖H‖²)/(2 (K − 1) √n): the largest q_min that any x of this length can have (Ji et al. 2022; docs/flow.md). */
export function marginBound(problem: FlowProblem, x: FlowState): number {
  return dot(x, x) / (2 * (problem.classes - 1) * Math.sqrt(problem.perClass));
}

/** A function that measures moments of the trajectory from `start`. */
export function flowMeter(problem: FlowProblem, start: FlowState): (moment: Moment) => FlowMeasurement {
  const loss = flowLoss(problem);
  const gradient = new Float64Array(start.length);
  const D0 = conserved(problem, start);
  return ({ tau, state }) => {
    const logLoss = loss.evaluate(state, gradient);
    // log t from log(1 + t) without loss for small t.
    const logTime = tau + Math.log(-Math.expm1(-tau));
    const square = dot(state, state);
    const { W, H } = parts(problem, state);
    const D = conserved(problem, state).map((value, i) => value - D0[i]!);
    const margin = loss.margins.reduce((a, b) => Math.min(a, b), Infinity);
    const bound = marginBound(problem, state);
    return {
      tau,
      logLoss,
      loss: Math.exp(logLoss),
      exponent: -Math.exp(logTime + logLoss) * dot(gradient, gradient),
      rate: logTime > 0 ? Math.exp(logLoss + logTime) * logTime : null,
      margin,
      largestMargin: loss.margins.reduce((a, b) => Math.max(a, b), -Infinity),
      bound,
      marginRatio: bound > 0 ? margin / bound : null,
      normW: norm(W),
      normH: norm(H),
      drift: square > 0 ? norm(D) / square : 0,
      ...kktResidual(problem, state, gradient, margin),
      ...collapseDistances(problem, state),
    };
  };
}
