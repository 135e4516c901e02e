/**
 * The exact two-group solver: decides the pattern of the optimum by its dual inequalities, then runs Newton on it.
 *
 * With c_A ≥ c_B the optimum is one of (docs/lpm.md):
 *   vanished   β = 0, τ = 0   iff at α = ρ/(K_A − 1): σ_M ≤ λ and c_B ≤ λ     (second threshold R1)
 *   collapsed  β = 0, τ > 0   iff c_B ≤ λ at the optimum over β = 0             (first threshold R0)
 *   spread     β > 0, τ > 0   otherwise
 * The within-minority singular value of the gradient at β = 0 is exactly c_B, whatever y.
 */
import { certify, newton, type TwoGroupPoint } from './two-group-newton.ts';
import { groupTerm, type GroupTerm } from './two-group-loss.ts';
import type { SymmetricLogits } from './types.ts';

export type TwoGroupPattern = 'spread' | 'collapsed' | 'vanished';

export interface TwoGroupInstance {
  /** K_A and K_B with c_A ≥ c_B. */
  readonly majorityClasses: number;
  readonly minorityClasses: number;
  readonly majorityShare: number;
  readonly minorityShare: number;
  /** ρ. */
  readonly radius: number;
}

export interface TwoGroupSolution extends TwoGroupPoint {
  pattern: TwoGroupPattern;
}

/** A fresh record for solveTwoGroups to fill; pass it again to warm-start a nearby problem. */
export function createTwoGroupSolution(): TwoGroupSolution {
  return { alpha: 0, beta: 0, x: 0, y: 0, objective: 0, gap: 0, multiplier: 0, iterations: 0, pattern: 'spread' };
}

/**
 * Solves the instance into `out`, starting from what `out` holds if that is a usable point (x or y non-zero).
 * The gap it reports is the full certificate; it is at rounding level (relative 1e-13 or below) on all but extreme input.
 */
export function solveTwoGroups(instance: TwoGroupInstance, out: TwoGroupSolution): TwoGroupSolution {
  const { majorityClasses: KA, minorityClasses: KB, minorityShare: cB, radius: rho } = instance;
  const A = groupTerm(KA, KB, instance.majorityShare);
  const B = groupTerm(KB, KA, cB);
  if (KA === 1 && cB === 0) return onlyOneClassHasSamples(A, B, rho, out);
  if (tryVanished(A, B, rho, cB, out)) return out;
  const warm = out.pattern !== 'vanished' && Number.isFinite(out.objective) && out.x > 0 && (out.y > 0 || cB === 0);
  let iterations = 0;
  if (!(warm && out.pattern === 'spread' && out.beta > 0)) {
    if (!warm) start(KA, KB, rho, out);
    const settled = newton(A, B, rho, out, false);
    iterations = out.iterations;
    if (settled && (B.multiplicity === 0 || cB <= out.multiplier)) {
      out.pattern = B.multiplicity > 0 ? 'collapsed' : 'spread';
      return out;
    }
    if (settled) out.beta = Math.min(rho / (KA + KB - 1), (1e-3 * rho) / B.multiplicity);
    else start(KA, KB, rho, out);
  }
  if (!newton(A, B, rho, out, true)) {
    iterations += out.iterations;
    start(KA, KB, rho, out);
    newton(A, B, rho, out, true);
  }
  out.iterations += iterations;
  out.pattern = 'spread';
  if (B.multiplicity > 0 && isCollapsing(out, rho)) trySwitchToCollapsed(A, B, rho, cB, out);
  return out;
}

/** A warm start from the spread side may run into β = 0. */
function isCollapsing(z: TwoGroupSolution, rho: number): boolean {
  return z.beta < 1e-6 * rho;
}

function trySwitchToCollapsed(A: GroupTerm, B: GroupTerm, rho: number, cB: number, out: TwoGroupSolution): void {
  const spread = { ...out };
  const settled = newton(A, B, rho, out, false);
  if (settled && cB <= out.multiplier) out.pattern = 'collapsed';
  else Object.assign(out, spread);
}

/** Takes the point α = ρ/(K_A − 1), all else 0, if neither β nor τ wants to leave 0 there. */
function tryVanished(A: GroupTerm, B: GroupTerm, rho: number, cB: number, out: TwoGroupSolution): boolean {
  if (A.multiplicity === 0) return false;
  const alone: TwoGroupPoint = { ...createTwoGroupSolution(), alpha: rho / A.multiplicity };
  const between = certify(A, B, rho, alone);
  if (cB > alone.multiplier || between > alone.multiplier) return false;
  Object.assign(out, alone);
  out.pattern = 'vanished';
  return true;
}

/** K_A = 1 at R = ∞: the whole budget separates the one class; no equation is left. */
function onlyOneClassHasSamples(A: GroupTerm, B: GroupTerm, rho: number, out: TwoGroupSolution): TwoGroupSolution {
  Object.assign(out, createTwoGroupSolution(), { x: rho, pattern: B.multiplicity > 0 ? 'collapsed' : 'spread' });
  certify(A, B, rho, out);
  return out;
}

/** The balanced optimum s(I − J/K): exact at R = 1 and inside the feasible set everywhere. */
function start(KA: number, KB: number, rho: number, out: TwoGroupSolution): void {
  const K = KA + KB;
  const s = rho / (K - 1);
  out.alpha = s;
  out.beta = s;
  out.x = s * Math.sqrt(KB / K);
  out.y = s * Math.sqrt(KA / K);
}

/** The point as a symmetric matrix, groups in the order (A, B) or, if `swapped`, (B, A). */
export function twoGroupLogits(instance: TwoGroupInstance, z: TwoGroupPoint, swapped: boolean): SymmetricLogits {
  const { majorityClasses: KA, minorityClasses: KB } = instance;
  const K = KA + KB;
  const tau = Math.hypot(z.x, z.y);
  const order = <T>(a: T, b: T): [T, T] => (swapped ? [b, a] : [a, b]);
  const contrastA = KA > 1 ? z.alpha : 0;
  const contrastB = KB > 1 ? z.beta : 0;
  return {
    sizes: order(KA, KB),
    contrasts: Float64Array.from(order(contrastA, contrastB)),
    rank: tau > 0 ? 1 : 0,
    left: Float64Array.from(tau > 0 ? order(Math.sqrt(KB / K), -Math.sqrt(KA / K)) : []),
    singularValues: Float64Array.from(tau > 0 ? [tau] : []),
    right: Float64Array.from(tau > 0 ? order(z.x / tau, -z.y / tau) : []),
  };
}
