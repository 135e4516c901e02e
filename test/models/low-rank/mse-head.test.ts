/** The closed forms of rank-r heads under squared error, against checked values and against descent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveMseHead, type MseHeadProblem } from '../../../src-main/models/low-rank/mse-head.ts';
import { logitLoss } from '../../../src-main/models/low-rank/logit-loss.ts';
import { peeledObjective, type PeeledProblem } from '../../../src-main/models/low-rank/peeled-objective.ts';
import { minimiseLbfgs } from '../../../src-main/numerics/lbfgs.ts';
import { differences, farthest, randomMatrix, squares } from './plain.ts';

const head = (counts: number[], rank: number, decayOn: MseHeadProblem['decayOn'], decays = [5e-4, 5e-4]) =>
  solveMseHead({ counts, rank, decayOn, classifierDecay: decays[0]!, featureDecay: decays[1]! });

describe('closed forms', () => {
  it('checked values of deep linear networks: M = 1 is decay on the product, M = 2 decay on the factors', () => {
    const plain = head([200, 100, 50, 50], 4, 'product');
    expect(plain.objective).toBeCloseTo(0.01894214, 8);
    [13.942136, 9.8, 6.871068, 6.871068].forEach((value, k) =>
      expect(plain.classifierNorms[k]! ** 2).toBeCloseTo(value, 6),
    );
    expect(head([100, 100, 100, 100], 4, 'product').objective).toBeCloseTo(0.0198, 10);
    const deep = head([100, 100, 100, 100], 4, 'factors');
    expect(deep.objective).toBeCloseTo(0.01388154, 8);
    for (const norm of deep.classifierNorms) expect(norm ** 2).toBeCloseTo(21.277263, 6);
  });

  it('rank r keeps the r largest classes; ties are said', () => {
    const { values, unique, survivors } = head([50, 200, 100, 50], 2, 'product');
    expect([...values].map((x) => x > 0)).toEqual([false, true, true, false]);
    expect({ unique, survivors }).toEqual({ unique: true, survivors: 2 });
    expect(head([50, 200, 100, 50], 3, 'factors').unique).toBe(false);
    expect(head([50, 200, 100, 50], 4, 'factors').unique).toBe(true);
  });

  it('thresholds: a class vanishes at n_k ≤ N²λ_Wλ_H, or where b_k ≥ 1/2 with decay on the factors', () => {
    const [N, n] = [200, 100];
    for (const [factor, kept] of [
      [0.999, 2],
      [1.001, 0],
    ] as const) {
      const product = (factor * n) / N ** 2;
      expect(head([n, n], 2, 'product', [product, 1]).survivors).toBe(kept);
      // b_k = M N (N λ_W^M λ_H)^{1/M}/n_k = ½ with M = 2, λ_W = 1.
      const lambdaH = ((factor * n) / (4 * N)) ** 2 / N;
      expect(head([n, n], 2, 'factors', [1, lambdaH]).survivors).toBe(kept);
    }
  });

  it('the scalar problem agrees with a fine grid', () => {
    for (const decayOn of ['product', 'factors'] as const) {
      const [n, lambdaW, lambdaH] = [30, 2e-3, 5e-3];
      const { objective } = head([n], 1, decayOn, [lambdaW, lambdaH]);
      let best = Infinity;
      for (let w = 0; w < 20; w += 1e-3) {
        // h minimises ½(wh − 1)² + λ_H n h²/2; ‖U‖² + ‖V‖² is 2|w| at its least.
        const h = w / (w * w + n * lambdaH);
        const decay = decayOn === 'product' ? (lambdaW * w * w) / 2 : lambdaW * w;
        best = Math.min(best, (w * h - 1) ** 2 / 2 + decay + (n * lambdaH * h * h) / 2);
      }
      expect(objective).toBeLessThanOrEqual(best);
      expect(objective).toBeCloseTo(best, 5);
    }
  });
});

describe('against descent', () => {
  const problem = (overrides: Partial<PeeledProblem>): PeeledProblem => ({
    loss: 'mse',
    counts: [12, 8, 5, 5],
    dimension: 6,
    decayOn: 'product',
    classifierDecay: 4e-3,
    featureDecay: 6e-3,
    ...overrides,
  });

  it.each(['cross-entropy', 'mse'] as const)('%s: gradients by finite differences', (loss) => {
    const [K, p, r] = [4, 6, 2];
    for (const decayOn of ['product', 'factors'] as const) {
      const objective = peeledObjective(problem({ loss, decayOn }));
      const x = randomMatrix(1, (K + p) * r + p * K, 5);
      const gradient = new Float64Array(x.length);
      objective.factorised(r, x, gradient);
      const scratch = new Float64Array(x.length);
      const numeric = differences((at) => objective.factorised(r, at, scratch).objective, x);
      expect(farthest(gradient, numeric)).toBeLessThan(1e-8);
      const y = randomMatrix(1, 2 * K * p, 6);
      const dense = new Float64Array(y.length);
      objective.dense(y, dense);
      expect(
        farthest(
          dense,
          differences((at) => objective.dense(at, new Float64Array(y.length)).objective, y),
        ),
      ).toBeLessThan(1e-8);
    }
  });

  it('losses by their definitions', () => {
    const Z = randomMatrix(3, 3, 1);
    const shares = Float64Array.of(0.5, 0.3, 0.2);
    let [ce, mse] = [0, 0];
    for (let k = 0; k < 3; k++) {
      const column = [0, 1, 2].map((j) => Z[j * 3 + k]!);
      ce += shares[k]! * (Math.log(column.reduce((sum, z) => sum + Math.exp(z), 0)) - column[k]!);
      mse += (shares[k]! / 2) * squares(column.map((z, j) => z - (j === k ? 1 : 0)));
    }
    expect(logitLoss('cross-entropy', Z, shares, new Float64Array(9))).toBeCloseTo(ce, 13);
    expect(logitLoss('mse', Z, shares, new Float64Array(9))).toBeCloseTo(mse, 13);
    // Far out: own logit above and below by 800, where exp underflows.
    const far = Float64Array.of(800, 0, 0, 0);
    expect(logitLoss('cross-entropy', far, Float64Array.of(1, 0), new Float64Array(4))).toBe(0);
    expect(
      logitLoss(
        'cross-entropy',
        far.map((z) => -z),
        Float64Array.of(1, 0),
        new Float64Array(4),
      ),
    ).toBe(800);
  });

  it('never below the closed form from random starts, and it is reached', () => {
    for (const decayOn of ['product', 'factors'] as const)
      for (const rank of [1, 2, 3, 4]) {
        const posed = problem({ decayOn });
        const exact = solveMseHead({ ...posed, rank }).objective;
        const objective = peeledObjective(posed);
        let best = Infinity;
        for (let seed = 1; seed <= 6; seed++) {
          const start = randomMatrix(1, (4 + 6) * rank + 24, seed);
          const run = minimiseLbfgs((x, g) => objective.factorised(rank, x, g).objective, start);
          expect(run.value).toBeGreaterThan(exact - 1e-12);
          best = Math.min(best, run.value);
        }
        expect(best).toBeCloseTo(exact, 10);
      }
  });

  it('the optimum itself has the objective it claims', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 6 }),
        fc.constantFrom('product' as const, 'factors' as const),
        fc.integer({ min: 1, max: 6 }),
        (counts, decayOn, rank) => {
          const K = counts.length;
          const posed = problem({ counts, decayOn, dimension: K, classifierDecay: 1e-3, featureDecay: 2e-3 });
          const solved = solveMseHead({ ...posed, rank });
          const x = new Float64Array(3 * K * K);
          solved.classifierNorms.forEach((w, k) => {
            // Balanced factors of W = diag(‖w_k‖).
            x[k * K + k] = Math.sqrt(w);
            x[K * K + k * K + k] = Math.sqrt(w);
            x[2 * K * K + k * K + k] = solved.featureNorms[k]! * Math.sqrt(counts[k]!);
          });
          const { objective } = peeledObjective(posed).factorised(K, x, new Float64Array(x.length));
          expect(objective / solved.objective).toBeCloseTo(1, 11);
        },
      ),
      { numRuns: 40 },
    );
  });
});
