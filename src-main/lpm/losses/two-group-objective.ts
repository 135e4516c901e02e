/**
 * The two-group reduction for a softmax-type loss: value and derivatives in the four scalars of docs/lpm.md, and its
 * certificate. A class of group g leads its siblings by s and the other group by v = κ x + μ s, so
 *
 *     f = Σ_g K_g c_g φ((K_g − 1) g(−s) + K' g(−v)),   ‖Z‖_* = (K_A−1) α + (K_B−1) β + √(x² + y²).
 *
 * Unknowns in the order z = (α, β, x, y). No step is taken here.
 */
import type { GroupTerm } from '../two-group-loss.ts';
import type { ChosenLoss } from './softmax-type.ts';

export interface TwoTerms {
  readonly A: GroupTerm;
  readonly B: GroupTerm;
  readonly chosen: ChosenLoss;
}

/** f, its gradient (4) and its Hessian (4×4, row-major). */
export interface TwoGroupJet {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export function twoGroupJet(terms: TwoTerms, z: ArrayLike<number>): TwoGroupJet {
  const gradient = new Float64Array(4);
  const hessian = new Float64Array(16);
  let value = 0;
  for (const [term, i, j] of [
    [terms.A, 0, 2],
    [terms.B, 1, 3],
  ] as const) {
    const { u, us, ux, uss, usx, uxx } = oddsJet(terms.chosen, term, z[i]!, z[j]!);
    const phi = terms.chosen.loss.phi(u, terms.chosen.shape);
    const { mass } = term;
    value += mass * phi.value;
    gradient[i] = mass * phi.first * us;
    gradient[j] = mass * phi.first * ux;
    hessian[5 * i] = mass * (phi.first * uss + phi.second * us * us);
    hessian[5 * j] = mass * (phi.first * uxx + phi.second * ux * ux);
    hessian[4 * i + j] = hessian[4 * j + i] = mass * (phi.first * usx + phi.second * us * ux);
  }
  return { value, gradient, hessian };
}

/** u and its derivatives in the contrast s and the coordinate x of one group. */
function oddsJet({ loss, shape }: ChosenLoss, term: GroupTerm, s: number, x: number) {
  const { multiplicity: m, others, mu, kappa } = term;
  const own = loss.g(-s, shape);
  const other = loss.g(-kappa * x - mu * s, shape);
  return {
    u: m * own.value + others * other.value,
    us: -(m * own.first + mu * others * other.first),
    ux: -kappa * others * other.first,
    uss: m * own.second + mu * mu * others * other.second,
    usx: mu * kappa * others * other.second,
    uxx: kappa * kappa * others * other.second,
  };
}

/** Loss of one sample of a group, in the units of the loss. */
export function groupLoss(chosen: ChosenLoss, term: GroupTerm, s: number, x: number): number {
  return chosen.loss.phi(oddsJet(chosen, term, s, x).u, chosen.shape).value;
}

export interface TwoGroupCertificate {
  readonly objective: number;
  /** ⟨∇f, Z⟩ + ρ‖∇f‖₂ ≥ f(Z) − f*, never below what rounding can hide. */
  readonly gap: number;
  /** λ = −⟨∇f, Z⟩/ρ. */
  readonly multiplier: number;
  /** Singular values of ∇f: within the majority, within the minority (0 for a single class), between. */
  readonly singularValues: readonly [number, number, number];
}

/** Valid for any z with ‖Z‖_* ≤ ρ. */
export function certifyTwoGroups(terms: TwoTerms, radius: number, z: ArrayLike<number>): TwoGroupCertificate {
  const { value, gradient } = twoGroupJet(terms, z);
  let inner = 0;
  for (let i = 0; i < 4; i++) inner += gradient[i]! * z[i]!;
  const within = (term: GroupTerm, slope: number): number => (term.multiplicity > 0 ? -slope / term.multiplicity : 0);
  const singularValues = [
    within(terms.A, gradient[0]!),
    within(terms.B, gradient[1]!),
    Math.hypot(gradient[2]!, gradient[3]!),
  ] as const;
  const largest = Math.max(...singularValues);
  const rounding = Number.EPSILON * (radius * largest + value);
  return {
    objective: value,
    gap: Math.max(inner + radius * largest, rounding),
    multiplier: -inner / radius,
    singularValues,
  };
}
