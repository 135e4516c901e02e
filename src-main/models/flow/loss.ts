/**
 * log L and its derivatives. Everything is computed from log-odds d_{ij} = (w_j − w_k)·h_i (i a sample of class k), so that
 * a loss of 1e-300, or one below the smallest double, keeps its relative digits:
 *
 *     CE_i = log(1 + Σ_{j≠k} e^{d_ij})      1 − p_own = Σ_{j≠k} p_j      G = P − Y, ∇_W L = Gᵀ H, ∇_H L = G W
 *
 * (H and G with a row for each sample). The gradient returned is ∇ log L = ∇L/L, of the size of ‖x‖ however small L is. No
 * step is taken here.
 */
import { logSumExp } from '../../numerics/log-sum-exp.ts';
import { multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { parts, type FlowProblem, type FlowState } from './problem.ts';

export interface FlowLoss {
  /** log L at x; writes ∇ log L into `gradient` (length of x), and fills `weights` and `margins`. */
  evaluate(x: FlowState, gradient: Float64Array): number;
  /** N×K after evaluate, G/L: p_ij/L for j ≠ k, −(1 − p_own)/L for j = k. */
  readonly weights: Float64Array;
  /** N after evaluate: q_i = w_k·h_i − max_{j≠k} w_j·h_i. */
  readonly margins: Float64Array;
  /** After evaluate at x: writes (∇²L / L) u into `out`. x must be the point that was evaluated last. */
  hessianTimes(x: FlowState, u: Float64Array, out: Float64Array): void;
}

export function flowLoss(problem: FlowProblem): FlowLoss {
  const { classes: K, perClass: n, dimension: p } = problem;
  const N = K * n;
  const weights = new Float64Array(N * K);
  const margins = new Float64Array(N);
  const logLosses = new Float64Array(N);
  /** log of p_ij over the odds stored in weights, per sample. */
  const shifts = new Float64Array(N);
  const logits = new Float64Array(N * K);
  const work = new Float64Array(N * K);
  const [weightsT, HT, WT] = [new Float64Array(N * K), new Float64Array(N * p), new Float64Array(K * p)];
  /** L of the last evaluation; 0 once it underflows, which the second derivatives do not notice. */
  let L = 0;

  /** From the logits of sample i: its margin and log CE, and its odds relative to the largest, in `weights`. */
  function sample(i: number): void {
    const own = i * K + Math.floor(i / n);
    const mine = logits[own]!;
    let top = -Infinity;
    for (let at = i * K; at < i * K + K; at++) if (at !== own && logits[at]! > top) top = logits[at]!;
    let odds = 0;
    for (let at = i * K; at < i * K + K; at++) {
      if (at === own) continue;
      const e = Math.exp(logits[at]! - top);
      weights[at] = e;
      odds += e;
    }
    weights[own] = -odds;
    margins[i] = mine - top;
    // s = log Σ_{j≠k} e^{d_j} is the log-odds against the own class: CE = log(1 + e^s).
    const s = top - mine + Math.log(odds);
    const ce = s > 0 ? s + Math.log1p(Math.exp(-s)) : Math.log1p(Math.exp(s));
    // Below e^{-37} the loss is its odds to the last digit, and soon the odds underflow.
    logLosses[i] = s < -37 ? s : Math.log(ce);
    shifts[i] = top - mine - ce;
  }

  /** out = (Cᵀ H, C W): the gradient of Σ C_ij z_ij. */
  function pullBack(C: Float64Array, W: Float64Array, H: Float64Array, out: Float64Array): void {
    const to = parts(problem, out);
    multiplyTransposed(transpose(C, N, K, weightsT), transpose(H, N, p, HT), K, N, p, to.W);
    multiplyTransposed(C, transpose(W, K, p, WT), N, K, p, to.H);
  }

  function evaluate(x: FlowState, gradient: Float64Array): number {
    const { W, H } = parts(problem, x);
    multiplyTransposed(H, W, N, p, K, logits);
    for (let i = 0; i < N; i++) sample(i);
    const logLoss = logSumExp(logLosses);
    L = Math.exp(logLoss);
    for (let i = 0; i < N; i++) {
      const factor = Math.exp(shifts[i]! - logLoss);
      for (let at = i * K; at < i * K + K; at++) weights[at] = weights[at]! * factor;
    }
    pullBack(weights, W, H, gradient);
    return logLoss;
  }

  /** With ż = U h + W v the change of the logits: ∇²L u = pull-back of (diag p − p pᵀ) ż, plus G pulled back at u. */
  function hessianTimes(x: FlowState, u: Float64Array, out: Float64Array): void {
    const { W, H } = parts(problem, x);
    const U = parts(problem, u);
    multiplyTransposed(H, U.W, N, p, K, logits);
    multiplyTransposed(U.H, W, N, p, K, work);
    for (let i = 0; i < N; i++) {
      const own = i * K + Math.floor(i / n);
      const mine = logits[own]! + work[own]!;
      // From the own logit on, so that nothing cancels as p_own → 1. weights hold p_j/L, and −(1 − p_own)/L.
      let mean = 0;
      for (let at = i * K; at < i * K + K; at++) {
        work[at] = logits[at]! + work[at]! - mine;
        if (at !== own) mean += weights[at]! * work[at]!;
      }
      for (let at = i * K; at < i * K + K; at++) work[at] = weights[at]! * (work[at]! - L * mean);
      work[own] = -(1 + weights[own]! * L) * mean;
    }
    pullBack(work, W, H, out);
    const second = new Float64Array(out.length);
    pullBack(weights, U.W, U.H, second);
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + second[i]!;
  }

  return { evaluate, weights, margins, hessianTimes };
}
