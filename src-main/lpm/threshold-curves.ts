/**
 * Both thresholds as curves in the plane of the radius ρ and the ratio R, for whole or real K_A, K_B; thresholds.ts puts
 * them in a user's terms. Everything is in logarithms of R: nothing under- or overflows, whatever the radius.
 *
 * R0 (derived in docs/lpm.md): with c_B = λ the optimality conditions over β = 0 leave y as one free parameter,
 *     ε = (K_B/K)(e^{κ_B y} − 1),  r = √(1 + (K/K_B)(2ε + ε²)),  κ_B = √(K/K_A)/K_B
 *     τ = y √(K/K_A) (1 + ε),  x = y √(K_B/K_A) r,  α = y √(K/K_A) r − K_A log(1 + δ),  δ = −(K/K_B)(2ε + ε²)/(r (1 + ε + r))
 *     ρ = (K_A − 1) α + τ,     1/R0 = 1 − p_own + p_other = (K/K_B) ((1 + ε)/r) p_B,
 *     p_B the minority's total probability in a majority column; ρ and R0 both increase with y.
 * R1: α = ρ/(K_A − 1), σ = 1 − p_own + p_other, q the minority's total probability: R1² = (K_A/K)/(σ² − (K/K_B) q²).
 */
import { findRoot } from '../numerics/roots.ts';
import { logSumExp } from '../numerics/log-sum-exp.ts';

/** κ_B y above which e^{2 κ_B y} would overflow; ρ > 1e140 there, which no budget of use comes near. */
const LARGEST_EXPONENT = 345;
const ROOT = { tolerance: 1e-15 };

interface CurvePoint {
  readonly radius: number;
  readonly logRatio: number;
}

/** The point of the R0 curve with minority coordinate y > 0. */
function collapsePoint(KA: number, KB: number, y: number): CurvePoint {
  const K = KA + KB;
  const root = Math.sqrt(K / KA);
  const epsilon = (KB / K) * Math.expm1((root / KB) * y);
  const g = (K / KB) * (2 + epsilon) * epsilon;
  const r = Math.sqrt(1 + g);
  const lead = y * root * r;
  const alpha = KA > 1 ? lead - KA * Math.log1p(-g / (r * (1 + epsilon + r))) : 0;
  const own = KA > 1 ? Math.log(KA - 1) - alpha : -Infinity;
  const other = Math.log(KB) - lead / KA - (1 - 1 / KA) * alpha;
  return {
    radius: (KA - 1) * alpha + y * root * (1 + epsilon),
    logRatio: Math.max(0, logSumExp([0, own, other]) - other - Math.log(((K / KB) * (1 + epsilon)) / r)),
  };
}

/** The point where `of` (increasing in y) takes the value `target`. */
function collapsePointWhere(KA: number, KB: number, of: (point: CurvePoint) => number, target: number): CurvePoint {
  const excess = (t: number): number => of(collapsePoint(KA, KB, Math.exp(t))) - target;
  const limit = Math.log(LARGEST_EXPONENT * KB * Math.sqrt(KA / (KA + KB)));
  let high = Math.min(0, limit);
  while (high < limit && excess(high) < 0) high = Math.min(high + 1, limit);
  let low = high - 1;
  while (low > -745 && excess(low) > 0) low -= 2 * (high - low);
  return collapsePoint(KA, KB, Math.exp(findRoot(excess, low, high, ROOT)));
}

/** log R0 at radius ρ; null for K_B = 1, where nothing can coincide. */
export function collapseLogRatio(KA: number, KB: number, radius: number): number | null {
  if (KB === 1) return null;
  return collapsePointWhere(KA, KB, (point) => Math.log(point.radius), Math.log(radius)).logRatio;
}

/** ρ at which R0 = e^logRatio: the minority is collapsed from there down. Null where it never is (R ≤ 1, K_B = 1). */
export function collapseRadius(KA: number, KB: number, logRatio: number): number | null {
  if (KB === 1 || !(logRatio > 0)) return null;
  return collapsePointWhere(KA, KB, (point) => point.logRatio, logRatio).radius;
}

function vanishLogRatioAt(KA: number, KB: number, alpha: number): number | null {
  const K = KA + KB;
  // Part of the minority in σ; the bracket is σ² (1 − (K/K_B) part²).
  const part = Math.sqrt(K / KB) / (1 + (KA / KB) * Math.exp(-alpha / KA));
  if (!(part < 1)) return null;
  const own = Math.log(KA) - alpha;
  const other = Math.log(KB) - alpha * (1 - 1 / KA);
  const logSigma = logSumExp([own, other]) - logSumExp([0, Math.log(KA - 1) - alpha, other]);
  return Math.max(0, 0.5 * (Math.log(KA / K) - Math.log((1 - part) * (1 + part))) - logSigma);
}

/** log R1 at radius ρ; null if the minority does not vanish even at R = ∞. */
export function vanishLogRatio(KA: number, KB: number, radius: number): number | null {
  return KA === 1 ? null : vanishLogRatioAt(KA, KB, radius / (KA - 1));
}

/** ρ at which R1 = e^logRatio: the minority has vanished from there down. Null where it never has (R ≤ 1, K_A = 1). */
export function vanishRadius(KA: number, KB: number, logRatio: number): number | null {
  if (KA === 1 || !(logRatio > 0)) return null;
  const share = Math.sqrt(KB / (KA + KB));
  // The bracket falls through zero here: R1 grows without bound towards it.
  const end = KA * Math.log((share * KA) / (KB * (1 - share)));
  const excess = (alpha: number): number => (vanishLogRatioAt(KA, KB, alpha) ?? Infinity) - logRatio;
  let high = end * (1 - 1e-15);
  if (excess(high) <= 0) return (KA - 1) * end;
  while (excess(high) === Infinity) high -= 1e-15 * end;
  return (KA - 1) * findRoot(excess, 0, high, ROOT);
}
