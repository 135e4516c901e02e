/**
 * log L and its derivatives. Everything is computed from log-odds d_{ij} = (w_j − w_k)·h_i (i a sample of class k), so that
 * a loss of 1e-300, or one below the smallest double, keeps its relative digits:
 *
 *     CE_i = log(1 + Σ_{j≠k} e^{d_ij})      1 − p_own = Σ_{j≠k} p_j      G = P − Y, ∇_W L = G H, ∇_{h_i} L = Wᵀ g_i
 *
 * The gradient returned is ∇ log L = ∇L/L, of the size of ‖x‖ however small L is. No step is taken here.
 */
import { parts, type FlowProblem, type FlowState } from './problem.ts';
import { logSumExp } from '../../numerics/log-sum-exp.ts';

export interface FlowLoss {
  /** log L at x; writes ∇ log L into `gradient` (length of x), and fills `weights` and `margins`. */
  evaluate(x: FlowState, gradient: Float64Array): number;
  /** N×K after evaluate: p_ij/L for j ≠ k, −(1 − p_own)/L for j = k. */
  readonly weights: Float64Array;
  /** N after evaluate: q_i = w_k·h_i − max_{j≠k} w_j·h_i. */
  readonly margins: Float64Array;
  /** N after evaluate: log CE_i. */
  readonly logLosses: Float64Array;
  /** After evaluate at x: writes (∇²L / L) u into `out`. x must be the point that was evaluated last. */
  hessianTimes(x: FlowState, u: Float64Array, out: Float64Array): void;
}

export function flowLoss(problem: FlowProblem): FlowLoss {
  const { classes: K, perClass: n, dimension: p } = problem;
  const N = K * n;
  const weights = new Float64Array(N * K);
  const margins = new Float64Array(N);
  const logLosses = new Float64Array(N);
  /** log(1 − p_own) − top log-odds, per sample. */
  const shifts = new Float64Array(N);
  const logits = new Float64Array(K);
  /** L of the last evaluation; 0 once it underflows, which the second derivatives do not notice. */
  let L = 0;

  function sample(W: Float64Array, H: Float64Array, i: number): void {
    const own = Math.floor(i / n);
    const row = i * K;
    const at = i * p;
    for (let j = 0; j < K; j++) {
      let z = 0;
      for (let l = 0, w = j * p; l < p; l++, w++) z += W[w]! * H[at + l]!;
      logits[j] = z;
    }
    const mine = logits[own]!;
    let top = -Infinity;
    for (let j = 0; j < K; j++) {
      const d = logits[j]! - mine;
      logits[j] = d;
      if (j !== own && d > top) top = d;
    }
    let odds = 0;
    for (let j = 0; j < K; j++) {
      if (j === own) continue;
      const e = Math.exp(logits[j]! - top);
      weights[row + j] = e;
      odds += e;
    }
    weights[row + own] = -odds;
    margins[i] = -top;
    // s = log Σ_{j≠k} e^{d_j} is the log-odds against the own class: CE = log(1 + e^s).
    const s = top + Math.log(odds);
    const ce = s > 0 ? s + Math.log1p(Math.exp(-s)) : Math.log1p(Math.exp(s));
    // Below e^{-37} the loss is its odds to the last digit, and soon the odds underflow.
    logLosses[i] = s < -37 ? s : Math.log(ce);
    shifts[i] = top - ce;
  }

  function evaluate(x: FlowState, gradient: Float64Array): number {
    const { W, H } = parts(problem, x);
    for (let i = 0; i < N; i++) sample(W, H, i);
    const logLoss = logSumExp(logLosses);
    L = Math.exp(logLoss);
    gradient.fill(0);
    const toW = gradient.subarray(0, K * p);
    const toH = gradient.subarray(K * p);
    for (let i = 0; i < N; i++) {
      const factor = Math.exp(shifts[i]! - logLoss);
      const at = i * p;
      for (let j = 0; j < K; j++) {
        const g = weights[i * K + j]! * factor;
        weights[i * K + j] = g;
        for (let l = 0, w = j * p; l < p; l++, w++) {
          toH[at + l] = toH[at + l]! + g * W[w]!;
          toW[w] = toW[w]! + g * H[at + l]!;
        }
      }
    }
    return logLoss;
  }

  function hessianTimes(x: FlowState, u: Float64Array, out: Float64Array): void {
    const { W, H } = parts(problem, x);
    const U = parts(problem, u);
    const to = parts(problem, out);
    out.fill(0);
    for (let i = 0; i < N; i++) {
      const own = Math.floor(i / n);
      const row = i * K;
      const at = i * p;
      let mine = 0;
      for (let j = 0; j < K; j++) {
        let dz = 0;
        for (let l = 0, w = j * p; l < p; l++, w++) dz += U.W[w]! * H[at + l]! + W[w]! * U.H[at + l]!;
        logits[j] = dz;
        if (j === own) mine = dz;
      }
      // (diag p − p pᵀ) dz with dz measured from the own logit: no cancellation as p_own → 1. weights hold p_j/L.
      const ownProbability = 1 + weights[row + own]! * L;
      let mean = 0;
      for (let j = 0; j < K; j++) if (j !== own) mean += weights[row + j]! * (logits[j]! - mine);
      for (let j = 0; j < K; j++) {
        const change = j === own ? -ownProbability * mean : weights[row + j]! * (logits[j]! - mine - L * mean);
        const g = weights[row + j]!;
        for (let l = 0, w = j * p; l < p; l++, w++) {
          to.W[w] = to.W[w]! + change * H[at + l]! + g * U.H[at + l]!;
          to.H[at + l] = to.H[at + l]! + change * W[w]! + g * U.W[w]!;
        }
      }
    }
  }

  return { evaluate, weights, margins, logLosses, hessianTimes };
}
