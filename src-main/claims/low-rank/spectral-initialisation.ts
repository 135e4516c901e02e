/** Claim: the spectral initialisation is the closest rank-r matrix, in balanced factors. */
import { imbalance } from '../../models/low-rank/decay.ts';
import { denseInitialisation, product, spectralFactors } from '../../models/low-rank/initialisation.ts';
import { minimiseLbfgs } from '../../numerics/lbfgs.ts';
import { multiply, multiplyTransposed, transpose } from '../../numerics/matrix-product.ts';
import { randomSource } from '../../numerics/random.ts';
import { dot } from '../../numerics/vector.ts';
import type { Claim, Evidence } from '../claim.ts';
import { worst } from '../layer-peeled/step-setting.ts';
import { SOURCE } from './factorisations.ts';

const [M, N] = [6, 8];

/** ‖W − X Yᵀ‖_F² at its least over rank r, by descent from a random start. */
function leastDistance(W: Float64Array, r: number, seed: number): number {
  const { normal } = randomSource(seed);
  return minimiseLbfgs(
    (x, gradient) => {
      const [X, Y] = [x.subarray(0, M * r), x.subarray(M * r)];
      const rest = multiplyTransposed(X, Y, M, r, N).map((value, i) => value - W[i]!);
      gradient.set(multiply(rest, Y, M, N, r).map((value) => 2 * value));
      gradient.set(
        multiply(transpose(rest, M, N), X, N, M, r).map((value) => 2 * value),
        M * r,
      );
      return dot(rest, rest);
    },
    Float64Array.from({ length: (M + N) * r }, normal),
  ).value;
}

/** @param factorise the initialisation under test. */
export function measureSpectral(factorise: typeof spectralFactors = spectralFactors): Evidence {
  const errors: number[] = [];
  const numbers = [1, 2, 3, 4].map((r) => {
    const W = denseInitialisation(M, N, 0.5, r);
    const factors = factorise(W, M, N, r);
    const rest = product(factors).map((value, i) => value - W[i]!);
    const distance = dot(rest, rest);
    const found = Math.min(...[1, 2, 3].map((seed) => leastDistance(W, r, seed)));
    errors.push(Math.abs(distance - found) / dot(W, W), imbalance(factors));
    return { label: `‖W − UVᵀ‖², r = ${r}`, value: distance, expected: found, format: 'loss' as const };
  });
  return {
    error: worst(errors),
    numbers,
    run: { kind: 'low-rank-descent', parameters: { decay: 'factors' } },
    remark: `Random W of ${M}×${N}; the expected values are least distances found by descent from random factors.`,
  };
}

export const spectralInitialisation: Claim = {
  id: 'low-rank-spectral-initialisation',
  paper: 'low-rank',
  source: `${SOURCE}, spectral initialisation`,
  title: 'Spectral initialisation: closest and balanced',
  statement:
    'The factors A_r S_r^{1/2} and B_r S_r^{1/2} of a dense initialisation A S Bᵀ give the rank-r matrix nearest to it, and are balanced.',
  formula:
    'U=A_rS_r^{1/2},\\ V=B_rS_r^{1/2}:\\quad UV^\\top=\\arg\\min_{\\operatorname{rank}\\le r}\\|W-X\\|_F,\\quad U^\\top U=V^\\top V',
  tolerance: 1e-10,
  errorMeaning: 'largest difference of squared distances over ‖W‖², or imbalance, at four ranks',
  test: () => measureSpectral(),
};
