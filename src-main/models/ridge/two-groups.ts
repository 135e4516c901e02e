/**
 * Ridge cross-entropy with one or two distinct counts, in closed form up to one scalar root (derivation: docs/ridge.md).
 *
 * The optimality conditions fix the gradient, hence the softmax probabilities, before any logit is known. In a column of
 * group g (K_g classes, r_g, c_g; K′ classes in the other group; m = K_g − 1, μ = 1 − 1/K_g, κ = √(K/K′)/K_g) let p, p1, p2
 * be the probability of the own class, of all its siblings, of all of the other group. With the between-group part of
 * Y = u (r_A x, −r_B y), u = (√(K_B/K), −√(K_A/K)), at angle φ, (r_A x, r_B y) = τ (cos φ, sin φ):
 *     κ p2 K_g c_g = l r_g cos φ  (sin φ for B),   p1 + μ p2 = m l r_g/(K_g c_g)   if c_g/r_g > l, else s_g = 0, p1 = m p
 *     s_g = log(m p/p1),   κ x + μ s_g (± the bias difference δ = b_A − b_B) = log(K′ p/p2)
 * Without a bias φ is the root of  log(r_B y/r_A x) = log tan φ, whose left side falls. With a bias the features' mean is
 * zero, so that tan φ = r_A √K_A/(r_B √K_B) is known and nothing is left to solve. Where τ ≤ 0 the groups do not separate
 * (τ = 0), and each group's contrast is a scalar root of its own.
 */
import { findRoot } from '../../numerics/roots.ts';
import type { ReducedRidge, RidgePoint } from './types.ts';

/** Constants of one group and its column. */
interface Side {
  readonly size: number;
  readonly others: number;
  /** K_g c_g. */
  readonly mass: number;
  readonly length: number;
  readonly mu: number;
  readonly kappa: number;
  /** c_g/r_g > l: the group's classifiers differ. */
  readonly spread: boolean;
  /** m l r_g/(K_g c_g), what p1 + μ p2 must be where spread. */
  readonly level: number;
}

/** Largest |log tan φ|; beyond it one group's part is below the smallest double. */
const LARGEST_ANGLE = 340;

function sideOf({ sizes, shares, lengths, decay }: ReducedRidge, g: number): Side {
  const size = sizes[g]!;
  const others = sizes[1 - g]!;
  return {
    size,
    others,
    mass: size * shares[g]!,
    length: lengths[g]!,
    mu: 1 - 1 / size,
    kappa: Math.sqrt((size + others) / others) / size,
    spread: size > 1 && shares[g]! > decay * lengths[g]!,
    level: ((size - 1) * decay * lengths[g]!) / (size * shares[g]!),
  };
}

/** A column with total probability p2 of the other group: its contrast, and what it leads the other group by, less μ s. */
function column(side: Side, p2: number): { readonly contrast: number; readonly lead: number } {
  const { size, others, mu, spread, level } = side;
  if (!spread) return { contrast: 0, lead: p2 < 1 ? Math.log((others * (1 - p2)) / (size * p2)) : -Infinity };
  const p1 = level - mu * p2;
  const p = 1 - level - p2 / size;
  if (!(p1 > 0 && p > 0)) return { contrast: Infinity, lead: -Infinity };
  const contrast = Math.log(((size - 1) * p) / p1);
  return { contrast, lead: Math.log((others * p) / p2) - mu * contrast };
}

/** One distinct count: Z = s(I − J/K). */
export function solveOneGroup({ sizes, shares, lengths, decay }: ReducedRidge): RidgePoint {
  const [K, c, r] = [sizes[0]!, shares[0]!, lengths[0]!];
  const level = ((K - 1) * decay * r) / (K * c);
  const s = c > decay * r ? Math.log(((K - 1) * (1 - level)) / level) : 0;
  const none = new Float64Array(0);
  return {
    contrasts: Float64Array.of(Math.max(0, s) * r),
    rank: 0,
    left: none,
    singularValues: none,
    right: none,
    bias: new Float64Array(1),
  };
}

/** Two distinct counts. Exact to rounding; whoever calls certifies it. */
export function solveTwoGroups(problem: ReducedRidge): RidgePoint {
  const A = sideOf(problem, 0);
  const B = sideOf(problem, 1);
  return problem.bias ? withBias(problem, A, B) : withoutBias(problem, A, B);
}

function withoutBias(problem: ReducedRidge, A: Side, B: Side): RidgePoint {
  const l = problem.decay;
  const alone = [aloneContrast(A), aloneContrast(B)] as const;
  const pull = Math.hypot(betweenPull(A, alone[0]), betweenPull(B, alone[1]));
  if (pull <= l) return pointOf(problem, A, B, alone, 0, 1, 0, 0);
  const at = (t: number) => {
    const [cos, sin] = [1 / Math.hypot(1, Math.exp(t)), 1 / Math.hypot(1, Math.exp(-t))];
    const a = column(A, (l * A.length * cos) / (A.kappa * A.mass));
    const b = column(B, (l * B.length * sin) / (B.kappa * B.mass));
    return { cos, sin, a, b, x: (A.length * a.lead) / A.kappa, y: (B.length * b.lead) / B.kappa };
  };
  /** log(r_B y) − log(r_A x) − log tan φ, falling; where one of them is not positive the sign is known. */
  const excess = (t: number): number => {
    const { x, y } = at(t);
    if (!(x > 0)) return LARGEST_ANGLE;
    return y > 0 ? Math.log(y / x) - t : -LARGEST_ANGLE;
  };
  let bound = 4;
  while (bound < LARGEST_ANGLE && !(excess(-bound) > 0 && excess(bound) < 0)) bound *= 2;
  const { cos, sin, a, b, x, y } = at(findRoot(excess, -bound, bound, { tolerance: 1e-15 }));
  return pointOf(problem, A, B, [a.contrast, b.contrast], Math.hypot(x, y), cos, sin, 0);
}

function withBias(problem: ReducedRidge, A: Side, B: Side): RidgePoint {
  const l = problem.decay;
  const [ta, tb] = [B.length * Math.sqrt(B.size), A.length * Math.sqrt(A.size)];
  const [cos, sin] = [ta / Math.hypot(ta, tb), tb / Math.hypot(ta, tb)];
  const a = column(A, (l * A.length * cos) / (A.kappa * A.mass));
  const b = column(B, (l * B.length * sin) / (B.kappa * B.mass));
  const tau = (a.lead + b.lead) / ((A.kappa * cos) / A.length + (B.kappa * sin) / B.length);
  if (tau > 0) {
    const delta = a.lead - (A.kappa * tau * cos) / A.length;
    return pointOf(problem, A, B, [a.contrast, b.contrast], tau, cos, sin, delta);
  }
  // τ = 0: the bias alone balances the flow w of probability between the groups, w = K_A c_A p2_A = K_B c_B p2_B.
  const limit = ({ mass, spread, level, mu }: Side): number => Math.log(mass * (spread ? level / mu : 1));
  const most = Math.min(limit(A), limit(B));
  const columns = (u: number) => [column(A, Math.exp(u) / A.mass), column(B, Math.exp(u) / B.mass)] as const;
  const sum = (u: number): number => {
    const [first, second] = columns(u);
    return Math.max(-1e6, first.lead + second.lead);
  };
  const [first, second] = columns(findRoot(sum, most - 700, most, { tolerance: 1e-15 }));
  return pointOf(problem, A, B, [first.contrast, second.contrast], 0, 1, 0, first.lead);
}

/** The contrast of a group that does not separate from the other: p1 + μ p2 = level at v = μ s. */
function aloneContrast({ size, others, mu, spread, level }: Side): number {
  if (!spread) return 0;
  const excess = (s: number): number => {
    const own = (size - 1) * Math.exp(-s);
    const other = others * Math.exp(-mu * s);
    return own + mu * other - level * (1 + own + other);
  };
  return findRoot(excess, 0, Math.log((size + others) / level) / mu + 1, { tolerance: 1e-15 });
}

/** |∂f/∂x|/r_g at x = 0. */
function betweenPull({ size, others, mu, kappa, mass, length }: Side, s: number): number {
  const other = others * Math.exp(-mu * s);
  return (mass * kappa * other) / (1 + (size - 1) * Math.exp(-s) + other) / length;
}

function pointOf(
  { sizes, lengths, count }: ReducedRidge,
  A: Side,
  B: Side,
  contrasts: readonly [number, number],
  tau: number,
  cos: number,
  sin: number,
  delta: number,
): RidgePoint {
  const K = A.size + B.size;
  const on = tau > 0;
  return {
    contrasts: Float64Array.from({ length: count }, (_, g) => (sizes[g]! > 1 ? contrasts[g]! * lengths[g]! : 0)),
    rank: on ? 1 : 0,
    left: Float64Array.from(on ? [Math.sqrt(B.size / K), -Math.sqrt(A.size / K)] : []),
    singularValues: Float64Array.from(on ? [tau] : []),
    right: Float64Array.from(on ? [cos, -sin] : []),
    bias: delta === 0 ? new Float64Array(2) : Float64Array.of((delta * B.size) / K, (-delta * A.size) / K),
  };
}
