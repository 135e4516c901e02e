/** The rank-constrained solver: feasible, stationary, bounded by the relaxation, and right where the answer is known. */
import { describe, expect, it } from 'vitest';
import { solveGeneral, solveRankConstrained } from '../../src-main/lpm/general/solve.ts';
import { fullLogits, inner, lossAndGradient, product, singularValues, transpose } from './full-matrix.ts';
import { group, problem } from './general-problems.ts';

const posed = problem([group(500, 3), group(100, 3)]);
const rho = 6 * Math.sqrt(5);

describe('rank-constrained model', () => {
  it.each([1, 2, 3, 4])('p = %d: rank, norm, stationarity and bound', (p) => {
    const result = solveRankConstrained(posed, p);
    expect(result.status).toBe('solved');
    expect(result.logits.sizes).toEqual([1, 1, 1, 1, 1, 1]);
    expect(result.logits.rank).toBeLessThanOrEqual(p);
    const Z = fullLogits(result.logits);
    const sigma = singularValues(Z);
    for (const value of sigma.slice(p)) expect(value).toBeLessThan(1e-12);
    expect(sigma.reduce((a, b) => a + b, 0) / rho).toBeCloseTo(1, 11);
    const { loss, gradient } = lossAndGradient(posed, Z);
    expect(loss).toBeCloseTo(result.objective, 12);
    const bound = solveGeneral(posed);
    expect(result.gap).toBeCloseTo(loss - (bound.objective - bound.gap), 12);
    expect(loss).toBeGreaterThan(bound.objective);
    // Stationary: −∇f Zᵀ and −Zᵀ∇f are λ times symmetric square roots of Z Zᵀ and ZᵀZ.
    const lambda = -inner(gradient, Z) / rho;
    for (const side of [product(gradient, transpose(Z)), product(transpose(Z), gradient)]) {
      const squared = product(side, side);
      side.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(side[j]![i]!, 6)));
      const trace = squared.reduce((sum, row, i) => sum + row[i]!, 0);
      expect(trace / lambda ** 2 / sigma.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6);
    }
  });

  it('more dimensions never cost loss, and p ≥ rank is the relaxation itself', () => {
    const losses = [1, 2, 3, 4, 5].map((p) => solveRankConstrained(posed, p).objective);
    losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThan(losses[i]! + 1e-9));
    expect(losses[4]).toBeCloseTo(solveGeneral(posed).objective, 10);
    expect(solveRankConstrained(posed, 9).gap / losses[4]!).toBeLessThan(1e-7);
  });

  it('balanced classes in the plane: the regular polygon', () => {
    const K = 4;
    const result = solveRankConstrained(problem([group(10, K)]), 2);
    const polygon = Array.from({ length: K }, (_, j) =>
      Array.from({ length: K }, (__, k) => Math.sqrt(5) * Math.cos((2 * Math.PI * (j - k)) / K)),
    );
    expect(result.objective).toBeCloseTo(lossAndGradient(problem([group(10, K)]), polygon).loss, 9);
  });

  it('is deterministic, leaves empty classes empty, cancels, and refuses p < 1', () => {
    const first = solveRankConstrained(posed, 2);
    expect(solveRankConstrained(posed, 2)).toEqual(first);
    const empty = solveRankConstrained(problem([group(5, 4), group(0, 2)]), 2);
    for (const row of fullLogits(empty.logits))
      for (const value of row.slice(4)) expect(Math.abs(value)).toBeLessThan(1e-12);
    expect(solveRankConstrained(posed, 2, { onProgress: ({ iteration }) => iteration < 30 }).status).toBe('cancelled');
    expect(() => solveRankConstrained(posed, 0)).toThrow(new RangeError('dimension must be a positive integer: 0'));
  });
});
