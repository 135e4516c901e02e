/**
 * Which directions a factored point carries: those that complementarity puts at zero are dropped, those that the dual inequality
 * demands are added. Decides by the gradient alone; the caller re-optimises and re-certifies.
 */
import { singularValueDecomposition } from '../../numerics/singular-values.ts';
import type { RidgeFactors } from './factored.ts';
import type { Visit } from './newton.ts';
import type { ReducedRidge } from './types.ts';

/** Only directions below this share of the largest may be cut, and only if the dual slack exceeds MARGIN shares. */
const SMALL = 1e-2;
const MARGIN = 20;

/** The point without the columns that complementarity, σ (1 − uᵀ pull v) = 0, puts at zero; null if there are none. */
export function dropSlack({ count: G }: ReducedRidge, { factors, state }: Visit): RidgeFactors | null {
  const { rank: r, x, energies } = factors;
  const size = G * r;
  const largest = energies[0] ?? 0;
  const kept: number[] = [];
  for (let i = 0; i < r; i++) {
    let aligned = 0;
    for (let h = 0; h < G; h++)
      for (let g = 0; g < G; g++) aligned += x[h * r + i]! * state.pull[h * G + g]! * x[size + g * r + i]!;
    const share = energies[i]! / largest;
    if (share > SMALL || 1 - (2 * aligned) / energies[i]! <= MARGIN * share) kept.push(i);
  }
  if (kept.length === r) return null;
  const rank = kept.length;
  const out = new Float64Array(2 * G * rank + x.length - 2 * size);
  for (let row = 0; row < 2 * G; row++) kept.forEach((i, to) => (out[row * rank + to] = x[row * r + i]!));
  out.set(x.subarray(2 * size), 2 * G * rank);
  return { rank, x: out };
}

/** The point with a small new column along the largest violated dual inequality; null if none is violated. */
export function addViolated({ count: G }: ReducedRidge, { factors, state }: Visit): RidgeFactors | null {
  const { rank: r, x } = factors;
  const { left, values, right } = singularValueDecomposition(state.pull, G, G);
  if (!(values[0]! > 1 + 1e-12)) return null;
  const rank = r + 1;
  const size = 1e-2 * Math.max(1, Math.sqrt(factors.energies[0] ?? 1));
  const out = new Float64Array(2 * G * rank + x.length - 2 * G * r);
  for (let row = 0; row < 2 * G; row++) {
    for (let i = 0; i < r; i++) out[row * rank + i] = x[row * r + i]!;
    out[row * rank + r] = size * (row < G ? left[row * G]! : right[(row - G) * G]!);
  }
  out.set(x.subarray(2 * G * r), 2 * G * rank);
  return { rank, x: out };
}
