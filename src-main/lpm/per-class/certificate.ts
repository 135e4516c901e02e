/**
 * The lower bound for budgets by class: valid for any point and any multipliers, repaired by a shift so that it is a proof.
 *
 * If μ, ν ≥ 0 (one per class) make S = [[diag μ, G], [Gᵀ, diag ν]] ⪰ 0 for the gradient G at Z, then ⟨S, X⟩ ≥ 0 for every
 * feasible X with logits Y, that is ⟨G, Y⟩ ≥ −½ (Σ μ_k X_ww,kk + Σ ν_k X_hh,kk) ≥ −½ r Σ (μ_k + ν_k), and by convexity
 *     f(Y) ≥ f(Z) + ⟨G, Y − Z⟩ ≥ f(Z) − gap,   gap = ⟨G, Z⟩ + ½ r Σ_k (μ_k + ν_k).
 * The multipliers come from the diagonal of S X = 0 at the optimum: μ_k = −(G Zᵀ)_kk/X_ww,kk, ν_k = −(Gᵀ Z)_kk/X_hh,kk.
 */
import { NEGLIGIBLE } from '../../numerics/path-following.ts';
import { slackOf } from '../../numerics/semidefinite-barrier.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { odds } from '../odds-objective.ts';
import { readPoint, type PerClassProgram } from './program.ts';

export interface PerClassCertificate {
  readonly objective: number;
  readonly gap: number;
  /** gap over objective. */
  readonly relativeGap: number;
  /** By group, of one class: price of its classifier's and of its feature's budget (μ_k, ν_k), the shift included. */
  readonly classifierMultipliers: Float64Array;
  readonly featureMultipliers: Float64Array;
  /** What had to be added to every multiplier. */
  readonly shift: number;
}

export function certifyPerClass(program: PerClassProgram, y: Float64Array): PerClassCertificate {
  const { reduced, budget, groups, slacks } = program;
  const { count: G, sizes, shares } = reduced;
  const n = 2 * G;
  const { contrasts, between } = readPoint(program, y);
  const S = new Float64Array(n * n);
  const within = new Float64Array(G);
  /** Σ_j G_kj Z_kj of one class of a group: by rows (classifiers), by columns (features). */
  const byRow = new Float64Array(G);
  const byColumn = new Float64Array(G);
  // G over f: a loss of 1e-100 keeps its digits.
  const all = groups.map((group) => odds(group, y));
  const objective = groups.reduce((total, group, g) => total + group.mass * Math.log1p(all[g]!.sum), 0);
  if (objective <= NEGLIGIBLE)
    return {
      objective,
      gap: objective,
      relativeGap: 0,
      shift: 0,
      classifierMultipliers: new Float64Array(G),
      featureMultipliers: new Float64Array(G),
    };
  let inner = 0;
  all.forEach(({ values, sum }, g) => {
    const size = sizes[g]!;
    const scale = shares[g]! / (1 + sum) / objective;
    const siblings = values[g]!;
    values.forEach((value, h) => {
      // 1 − p_own is the sum of the other probabilities: no cancellation.
      const entry = h === g ? -scale * (sum - siblings) : scale * value * Math.sqrt(size / sizes[h]!);
      S[h * n + G + g] = S[(G + g) * n + h] = entry;
      const product = entry * between[h * n + G + g]!;
      inner += product;
      byRow[h] = byRow[h]! + product / sizes[h]!;
      byColumn[g] = byColumn[g]! + product / size;
    });
    if (size === 1) return;
    within[g] = -scale * (sum + siblings / (size - 1));
    const product = within[g]! * contrasts[g]!;
    inner += (size - 1) * product;
    byRow[g] = byRow[g]! + product * (1 - 1 / size);
    byColumn[g] = byColumn[g]! + product * (1 - 1 / size);
  });
  const multipliers = Float64Array.from({ length: n }, (_, i) => {
    const product = i < G ? byRow[i]! : byColumn[i - G]!;
    return Math.max(0, -product / (budget - slackOf(slacks[i]!, y)));
  });
  for (let i = 0; i < n; i++) S[i * n + i] = multipliers[i]!;
  let least = Math.min(0, symmetricEigen(S, n, false).values[n - 1]!);
  for (let g = 0; g < G; g++) {
    if (sizes[g] === 1) continue;
    const [mu, nu] = [multipliers[g]!, multipliers[G + g]!];
    least = Math.min(least, (mu + nu) / 2 - Math.hypot((mu - nu) / 2, within[g]!));
  }
  const shifted = multipliers.map((value) => value - least);
  const price = shifted.reduce((sum, value, i) => sum + value * sizes[i % G]!, 0);
  const relativeGap = Math.max(inner + (budget * price) / 2, Number.EPSILON * (1 + budget * price));
  return {
    objective,
    gap: relativeGap * objective,
    relativeGap,
    classifierMultipliers: shifted.slice(0, G).map((value) => value * objective),
    featureMultipliers: shifted.slice(G).map((value) => value * objective),
    shift: -least * objective,
  };
}
