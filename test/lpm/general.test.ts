/** The general solver against the checked values of the model, and its edges. */
import { describe, expect, it } from 'vitest';
import { solveGeneral } from '../../src-main/lpm/general/solve.ts';
import { fullLogits, lossAndGradient, product, singularValues, transpose } from './full-matrix.ts';
import { group, problem, verify } from './general-problems.ts';

const step = (K_A: number, K_B: number, R: number, featureBudget = 5) =>
  problem([group(100 * R, K_A), group(100, K_B)], featureBudget);

/** Cosine of classifiers j and k: W Wᵀ ∝ (Z Zᵀ)^{1/2}. */
function classifierCosines(result: ReturnType<typeof solveGeneral>) {
  const { sizes, contrasts, rank, left, singularValues: sigma } = result.logits;
  const gram = (g: number, h: number, same: boolean): number => {
    let between = 0;
    for (let i = 0; i < rank; i++) between += left[g * rank + i]! * sigma[i]! * left[h * rank + i]!;
    return (
      between / Math.sqrt(sizes[g]! * sizes[h]!) + (g === h ? contrasts[g]! * ((same ? 1 : 0) - 1 / sizes[g]!) : 0)
    );
  };
  const cos = (g: number, h: number): number => gram(g, h, false) / Math.sqrt(gram(g, g, true) * gram(h, h, true));
  return { BB: cos(1, 1), AA: cos(0, 0), AB: cos(0, 1), ratio: Math.sqrt(gram(0, 0, true) / gram(1, 1, true)) };
}

describe('checked values', () => {
  it('balanced: the simplex ETF', () => {
    for (const [E_H, loss] of [
      [5, 0.559782],
      [10, 0.237515],
    ] as const) {
      const posed = problem([group(100, 10)], E_H);
      const result = solveGeneral(posed);
      verify(posed, result, 1e-12);
      expect(result.objective).toBeCloseTo(loss, 6);
      const Z = fullLogits(result.logits);
      expect(Z[0]![0]! - Z[1]![0]!).toBeCloseTo((Math.sqrt(E_H) * 10) / 9, 12);
    }
  });

  it.each([
    [1, 0.559782, -0.1111, -0.1111, -0.1111, 1],
    [5, 0.376706, 0.0725, -0.1576, -0.1381, 1.8681],
    [10, 0.261677, 0.5175, -0.1675, -0.2013, 3.0499],
    [100, 0.091299, 1, -0.2283, -0.1318, 7.5868],
  ])('K=10, K_A=5, E_H=5, R=%d', (R, loss, BB, AA, AB, ratio) => {
    const result = solveGeneral(step(5, 5, R));
    verify(step(5, 5, R), result, 1e-9);
    expect(result.objective).toBeCloseTo(loss, 6);
    const cosines = R === 1 ? null : classifierCosines(result);
    if (cosines === null) return;
    expect(cosines.BB).toBeCloseTo(BB, 4);
    expect(cosines.AA).toBeCloseTo(AA, 4);
    expect(cosines.AB).toBeCloseTo(AB, 4);
    expect(cosines.ratio).toBeCloseTo(ratio, 4);
  });

  it.each([
    [2, 0.543341, 0.069878],
    [3, 0.490693, 0.673534],
    [3.3, 0.47626, 0.924628],
    [3.6, 0.462807, 1],
  ])('K=4, K_A=2, E_H=1, R=%d', (R, loss, BB) => {
    const result = solveGeneral(step(2, 2, R, 1));
    verify(step(2, 2, R, 1), result, 1e-9);
    expect(result.objective).toBeCloseTo(loss, 6);
    expect(classifierCosines(result).BB).toBeCloseTo(BB, 6);
  });

  it.each([
    [3, 1, 4.135908],
    [5, 1, 1.735416],
    [7, 1, 1.36953],
    [3, 5, 245.4969],
    [5, 5, 12.192447],
    [7, 5, 4.000467],
  ])('Minority Collapse is exact on both sides of R0: K_A=%d, E_H=%d', (K_A, E_H, R0) => {
    expect(solveGeneral(step(K_A, 10 - K_A, R0 * 1.0005, E_H)).logits.contrasts[1]).toBe(0);
    expect(solveGeneral(step(K_A, 10 - K_A, R0 * 0.9995, E_H)).logits.contrasts[1]).toBeGreaterThan(0);
  });

  it('minority classes vanish beyond R1 = 5.7053 for K_A = 7, never for K_A = 5', () => {
    expect(solveGeneral(step(7, 3, 5.72)).logits.rank).toBe(0);
    expect(solveGeneral(step(7, 3, 5.69)).logits.rank).toBe(1);
    expect(solveGeneral(step(5, 5, 1e6)).logits.rank).toBe(1);
  });
});

describe('edges', () => {
  it('R = ∞: a class without samples has an empty column', () => {
    const posed = problem([group(50, 3), group(20, 2), group(0, 4)]);
    const result = solveGeneral(posed);
    verify(posed, result);
    const Z = fullLogits(result.logits);
    for (const row of Z) for (const value of row.slice(5)) expect(Math.abs(value)).toBeLessThan(1e-14);
  });

  it('losses far below rounding keep relative accuracy', () => {
    const posed = problem([group(500, 3), group(100, 4), group(20, 3)], 1e4);
    const result = solveGeneral(posed);
    expect(result.objective).toBeLessThan(1e-40);
    verify(posed, result, 1e-9);
    expect(solveGeneral(problem(posed.groups, 1e7)).status).toBe('solved');
  });

  it('a tiny ball: the loss stays near log K', () => {
    const posed = problem([group(500, 3), group(100, 4), group(20, 3)], 1e-8);
    const result = solveGeneral(posed);
    verify(posed, result, 1e-9);
    expect(result.objective).toBeCloseTo(Math.log(10), 3);
  });

  it('one class per group, three counts in geometric steps, one class in all', () => {
    for (const groups of [
      Array.from({ length: 8 }, (_, k) => group(1000 - 110 * k, 1)),
      [group(1e9, 3), group(1e5, 3), group(10, 3)],
      [group(3, 1), group(2, 1)],
    ])
      verify(problem(groups), solveGeneral(problem(groups)));
    expect(solveGeneral(problem([group(5, 1)]))).toMatchObject({ status: 'solved', objective: 0, gap: 0 });
  });

  it('is a stationary point: σ_i (λ − u_iᵀ(−∇f)v_i) = 0 and ‖∇f‖₂ = λ', () => {
    const posed = problem([group(900, 2), group(300, 3), group(90, 2), group(20, 3)]);
    const result = solveGeneral(posed);
    const Z = fullLogits(result.logits);
    const { gradient } = lossAndGradient(posed, Z);
    expect(singularValues(gradient)[0]! / result.multiplier).toBeCloseTo(1, 8);
    // −∇f Zᵀ = λ (Z Zᵀ)^{1/2} is symmetric with the eigenvalues λσ_i.
    const polar = product(gradient, transpose(Z)).map((row) => row.map((value) => -value / result.multiplier));
    polar.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(polar[j]![i]!, 6)));
    const trace = polar.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(trace).toBeCloseTo(10 * Math.sqrt(5), 7);
  });

  it('reports the iterations it is not given, cancels when told, and refuses malformed problems', () => {
    const posed = problem([group(900, 2), group(300, 3), group(90, 2)]);
    const short = solveGeneral(posed, { maxIterations: 2 });
    expect(short.status).toBe('max-iterations');
    expect(short.gap / short.objective).toBeGreaterThan(1e-7);
    const seen: number[] = [];
    const cancelled = solveGeneral(posed, { onProgress: ({ iteration }) => seen.push(iteration) < 3 });
    expect(cancelled.status).toBe('cancelled');
    expect(seen).toEqual([0, 1, 2]);
    expect(() => solveGeneral(problem([group(0, 3)]))).toThrow('total weighted samples must be positive: 0');
    expect(() => solveGeneral(problem([group(1, 3)], 0))).toThrow('feature budget must be positive: 0');
    expect(() => solveGeneral(problem([group(1, 0)]))).toThrow('classes must be at least 1: 0');
  });

  it('honours a warm start: fewer iterations, the same answer', () => {
    const groups = [group(900, 2), group(300, 3), group(90, 2), group(300, 2), group(20, 3)];
    const cold = solveGeneral(problem(groups));
    const posed = problem([group(905, 2), ...groups.slice(1)]);
    const warm = solveGeneral(posed, { warmStart: cold.logits });
    verify(posed, warm);
    expect(warm.iterations).toBeLessThan(solveGeneral(posed).iterations);
    // A start whose rank is too low must not trap the solver.
    const low = solveGeneral(problem(groups, 0.2));
    const back = solveGeneral(problem(groups), { warmStart: low.logits });
    expect(back.status).toBe('solved');
    expect(back.objective).toBeCloseTo(cold.objective, 8);
  });
});
