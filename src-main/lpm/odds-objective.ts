/**
 * Weighted cross-entropies whose log-odds are linear in a vector of unknowns: Σ_g m_g log(1 + Σ_t μ_t exp(a_tᵀy)), the form
 * that symmetry gives every program of this folder with more than four scalars. Value and derivatives; nothing is solved.
 */
import type { SmoothFunction } from '../numerics/path-following.ts';

/** μ exp(aᵀy), a sparse. */
export interface OddsTerm {
  readonly multiplicity: number;
  readonly entries: readonly (readonly [index: number, coefficient: number])[];
}

/** One group: mass K_g c_g and the odds of the other classes against the own one. */
export interface OddsGroup {
  readonly mass: number;
  readonly terms: readonly OddsTerm[];
}

/** μ_t exp(a_tᵀy) of one group, and their sum. */
export function odds(group: OddsGroup, y: Float64Array): { readonly values: readonly number[]; readonly sum: number } {
  let sum = 0;
  const values = group.terms.map(({ multiplicity, entries }) => {
    let exponent = 0;
    for (const [index, coefficient] of entries) exponent += coefficient * y[index]!;
    const value = multiplicity * Math.exp(exponent);
    sum += value;
    return value;
  });
  return { values, sum };
}

export function oddsObjective(groups: readonly OddsGroup[]): SmoothFunction {
  return {
    value: (y) => groups.reduce((total, group) => total + group.mass * Math.log1p(odds(group, y).sum), 0),
    derivatives(y) {
      const n = y.length;
      const gradient = new Float64Array(n);
      const hessian = new Float64Array(n * n);
      for (const group of groups) {
        const { values, sum } = odds(group, y);
        const mean = new Map<number, number>();
        group.terms.forEach(({ entries }, t) => {
          const p = values[t]! / (1 + sum);
          for (const [i, a] of entries) {
            mean.set(i, (mean.get(i) ?? 0) + p * a);
            for (const [j, b] of entries) hessian[i * n + j] = hessian[i * n + j]! + group.mass * p * a * b;
          }
        });
        for (const [i, a] of mean) {
          gradient[i] = gradient[i]! + group.mass * a;
          for (const [j, b] of mean) hessian[i * n + j] = hessian[i * n + j]! - group.mass * a * b;
        }
      }
      return { gradient, hessian };
    },
  };
}
