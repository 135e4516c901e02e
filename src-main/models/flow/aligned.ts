/**
 * The flow from an aligned start, exactly: w_k = r m_k, h_{k,i} = w_k/√n with m_k a simplex ETF stays of this form, and its
 * logit gap g = r² K/((K−1)√n) solves
 *
 *     ġ = 2√n K/(K−1) · g (1 − p_own) = 2√n K g/(e^g + K − 1)
 *     t = (K−1)/(2√n K) ∫_{g0}^{g} (1 + e^u/(K−1)) du/u     (derived; docs/flow.md)
 *
 * The integral is log(g/g0) K/(K−1) plus a series of positive terms, so t(g) is known to rounding, and g(t) is a root.
 * It is the theory beside every trajectory, and the independent check of the integrator.
 */
import { logSumExp } from '../../numerics/log-sum-exp.ts';
import { findRoot } from '../../numerics/roots.ts';

export interface AlignedFlow {
  readonly classes: number;
  readonly perClass: number;
  /** r at t = 0: the common length of the classifiers, > 0. */
  readonly scale: number;
}

export interface AlignedPoint {
  /** Logit gap = margin of every sample. */
  readonly gap: number;
  /** log L, L the sum over all samples. */
  readonly logLoss: number;
  /** ‖W‖_F = ‖H‖_F. */
  readonly norm: number;
}

/** log Σ_{m≥1} x^m/(m m!) = log ∫_0^x (e^u − 1)/u du, for x > 0. */
function logEntireIntegral(x: number): number {
  const terms: number[] = [];
  let logPower = 0;
  for (let m = 1; ; m++) {
    logPower += Math.log(x / m);
    terms.push(logPower - Math.log(m));
    // Past m = x the terms fall faster than geometrically.
    if (m > x && terms.at(-1)! < Math.max(terms[0]!, terms[Math.floor(x)] ?? terms[0]!) - 40) return logSumExp(terms);
  }
}

/** log t at which the gap is g > g0. */
function logTimeOfGap({ classes: K, perClass: n }: AlignedFlow, g0: number, gap: number): number {
  const series = logEntireIntegral(gap);
  const start = logEntireIntegral(g0);
  // log(e^series − e^start), both parts of the bracket then added in logarithms.
  const grown = series + Math.log(-Math.expm1(start - series)) - Math.log(K - 1);
  const logarithm = Math.log((Math.log(gap / g0) * K) / (K - 1));
  return Math.log((K - 1) / (2 * Math.sqrt(n) * K)) + logSumExp([grown, logarithm]);
}

/** Where the aligned flow is at time t. @param logTime log t, any size. */
export function alignedPoint(flow: AlignedFlow, logTime: number): AlignedPoint {
  const { classes: K, perClass: n, scale } = flow;
  const perSquare = K / ((K - 1) * Math.sqrt(n));
  const g0 = scale * scale * perSquare;
  // d e^{g/2}/dt ≤ √n K g e^{−g/2} ≤ √n K, so g ≤ 2 log(e^{g0/2} + √n K t).
  const least = Math.log(g0);
  const most = Math.log(Math.max(g0, 2 * (logTime + Math.log(Math.sqrt(n) * K))) + 2 * Math.LN2);
  const f = (logGap: number): number =>
    logGap <= least ? -1e300 : Math.max(-1e300, logTimeOfGap(flow, g0, Math.exp(logGap)) - logTime);
  const logGap = findRoot(f, least, most, { tolerance: 1e-15 });
  const gap = Math.exp(logGap);
  const logOdds = Math.log(K - 1) - gap;
  const logCe = logOdds < -37 ? logOdds : Math.log(Math.log1p(Math.exp(logOdds)));
  return { gap, logLoss: Math.log(K * n) + logCe, norm: Math.sqrt((K * gap) / perSquare) };
}
