/** The central path and its barrier against closed forms and finite differences; Cholesky against its definition. */
import { describe, expect, it } from 'vitest';
import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../../src-main/numerics/cholesky.ts';
import { multiply, multiplyTransposed, multiplyVector } from '../../src-main/numerics/matrix-product.ts';
import { centralPath } from '../../src-main/numerics/path-following.ts';
import { randomSource } from '../../src-main/numerics/random.ts';
import { barrierDegree, semidefiniteBarrier, triangleBlock } from '../../src-main/numerics/semidefinite-barrier.ts';
import { symmetricEigen } from '../../src-main/numerics/symmetric-eigen.ts';

function randomMatrix(rows: number, columns: number, seed: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: rows * columns }, random.normal);
}

describe('cholesky', () => {
  it.each([1, 2, 7, 20])('factors, solves, inverts and takes determinants at n = %d', (n) => {
    const b = randomMatrix(n, n + 3, n);
    const a = multiplyTransposed(b, b, n, n + 3, n);
    const l = cholesky(a, n)!;
    multiplyTransposed(l, l, n, n, n).forEach((value, i) => expect(value).toBeCloseTo(a[i]!, 10));
    const x = randomMatrix(n, 1, 5);
    choleskySolve(l, multiplyVector(a, x, n, n), n).forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 8));
    multiply(a, choleskyInverse(l, n), n, n, n).forEach((value, e) =>
      expect(value).toBeCloseTo(Math.floor(e / n) === e % n ? 1 : 0, 8),
    );
    const eigenvalues = symmetricEigen(a, n, false).values;
    expect(logDeterminant(l, n)).toBeCloseTo(
      eigenvalues.reduce((sum, value) => sum + Math.log(value), 0),
      9,
    );
  });

  it('answers null where the matrix is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
    expect(cholesky(Float64Array.of(NaN), 1)).toBeNull();
  });
});

describe('semidefinite barrier', () => {
  const blocks = [triangleBlock(3, 1), { size: 1, index: [0] }];
  const slacks = [
    {
      bound: 9,
      entries: [
        [0, 1],
        [1, 2],
        [3, 0.5],
      ] as const,
    },
  ];
  const barrier = semidefiniteBarrier(blocks, slacks);
  const y = Float64Array.of(0.7, 2, 0.3, 1.5, -0.4, 0.2, 1.1);

  it('has the derivatives of its finite differences', () => {
    const { gradient, hessian } = barrier.derivatives(y);
    const n = y.length;
    const moved = (i: number, by: number): Float64Array => y.map((value, j) => (i === j ? value + by : value));
    for (let i = 0; i < n; i++) {
      const [up, down] = [moved(i, 1e-5), moved(i, -1e-5)];
      expect((barrier.value(up) - barrier.value(down)) / 2e-5).toBeCloseTo(gradient[i]!, 7);
      const [above, below] = [barrier.derivatives(up).gradient, barrier.derivatives(down).gradient];
      for (let j = 0; j < n; j++) expect((above[j]! - below[j]!) / 2e-5).toBeCloseTo(hessian[i * n + j]!, 6);
    }
  });

  it('is infinite outside', () => {
    expect(barrier.value(y.map((value, i) => (i === 0 ? -1 : value)))).toBe(Infinity);
    expect(barrier.value(y.map((value, i) => (i === 0 ? 20 : value)))).toBe(Infinity);
    expect(barrier.value(y.map((value, i) => (i === 2 ? 5 : value)))).toBe(Infinity);
  });

  it('leads to the least eigenvalue: min ⟨C, X⟩ over X ⪰ 0 of trace at most 1', () => {
    const n = 4;
    const half = randomMatrix(n, n, 3);
    const C = half.map((value, e) => value + half[(e % n) * n + Math.floor(e / n)]!);
    const block = triangleBlock(n, 0);
    const unknowns = (n * (n + 1)) / 2;
    // ⟨C, X⟩ + 10: positive, as a relative tolerance needs.
    const cost = new Float64Array(unknowns);
    C.forEach((value, e) => (cost[block.index[e]!] = cost[block.index[e]!]! + value));
    const diagonal = [0, 1, 2, 3].map((i) => block.index[i * n + i]!);
    const slack = { bound: 1, entries: diagonal.map((i) => [i, 1] as const) };
    const start = new Float64Array(unknowns);
    for (const i of diagonal) start[i] = 0.1;
    const found = centralPath({
      objective: {
        value: (x) => 10 + x.reduce((sum, value, i) => sum + value * cost[i]!, 0),
        derivatives: () => ({ gradient: cost, hessian: new Float64Array(unknowns * unknowns) }),
      },
      barrier: semidefiniteBarrier([block], [slack]),
      degree: barrierDegree([block], [slack]),
      start,
      tolerance: 1e-11,
    });
    const least = symmetricEigen(C, n, false).values[n - 1]!;
    const value = found.point.reduce((sum, x, i) => sum + x * cost[i]!, 0);
    expect(found.status).toBe('solved');
    expect(value).toBeCloseTo(least, 8);
    expect(value).toBeGreaterThanOrEqual(least);
  });
});
